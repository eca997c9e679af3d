/** `npm start [-- --port N]`: builds the explorer, serves the build and prints its address. */
import { parseArgs } from 'node:util';
import { ROOT, ensureInstalled } from './install.mjs';

const port = readPort();

ensureInstalled();
const { build, preview } = await import('vite');

process.stderr.write('Building…\n');
await build({ root: ROOT, logLevel: 'warn' });

// A taken port makes Vite try the next one.
const server = await preview({
  root: ROOT,
  logLevel: 'warn',
  preview: { host: '127.0.0.1', port },
});
process.stdout.write(`Pagescope is at ${server.resolvedUrls.local[0]}\n`);

// npm may end without telling us; a server that nobody can stop any more is of no use.
const parent = process.ppid;
setInterval(() => process.ppid === parent || process.exit(), 1000).unref();

function readPort() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string', default: '5173' } } });
    const number = /^\d+$/.test(values.port) ? Number(values.port) : NaN;
    if (number > 0 && number < 65_536) return number;
    process.stderr.write(`--port is ${values.port}: must be a number from 1 to 65535\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\nusage: npm start [-- --port N]\n`);
  }
  return process.exit(2);
}
