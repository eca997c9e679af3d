/** `npm start [-- --port N]`: builds the explorer, serves the build and prints its address. */
import { parseArgs } from 'node:util';
import { ROOT, ensureInstalled } from './install.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '5173' } } });

ensureInstalled();
const { build, preview } = await import('vite');

process.stderr.write('Building…\n');
await build({ root: ROOT, logLevel: 'warn' });

// A taken port makes Vite try the next one.
const server = await preview({
  root: ROOT,
  logLevel: 'warn',
  preview: { host: '127.0.0.1', port: Number(values.port) },
});
process.stdout.write(`Pagescope is at ${server.resolvedUrls.local[0]}\n`);
