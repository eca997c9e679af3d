/**
 * `node src/cli/run.mjs NAME args…` runs the command-line door src/cli/NAME.ts (`bench/NAME` means bench/NAME.ts):
 * bundles it with Vite, since Node 20 reads no TypeScript, and exits with what its `main(args)` returns.
 *
 * The bundle's name holds a fingerprint of the sources, so an unchanged door starts without Vite.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CACHE, ROOT, ensureInstalled } from './install.mjs';

const KEPT_MS = 24 * 60 * 60 * 1000;

function entryOf(name) {
  const path = name.startsWith('bench/') ? `${name}.ts` : `src/cli/${name}.ts`;
  return /^(bench\/)?[\w-]+$/.test(name) && existsSync(join(ROOT, path)) ? path : undefined;
}

function doors() {
  const named = (folder, prefix) =>
    !existsSync(join(ROOT, folder))
      ? []
      : readdirSync(join(ROOT, folder))
          .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
          .map((file) => prefix + file.slice(0, -3));
  return [...named('src/cli', ''), ...named('bench', 'bench/')];
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const folder of ['src', 'bench']) {
    if (!existsSync(join(ROOT, folder))) continue;
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const path = join(file.parentPath, file.name);
      const { mtimeMs, size } = statSync(path);
      hash.update(`${path}\0${mtimeMs}\0${size}\n`);
    }
  }
  hash.update(String(statSync(join(ROOT, 'package-lock.json')).mtimeMs));
  return hash.digest('hex').slice(0, 16);
}

async function bundle(entry, folder) {
  const { build } = await import('vite');
  const { output } = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(ROOT, entry),
      outDir: folder,
      target: 'node20',
      minify: false,
      write: false,
      sourcemap: 'inline',
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  return output.find(({ type }) => type === 'chunk').code;
}

/** Old bundles go after a day; not at once, for another run may be about to import one. */
function sweep(folder) {
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    if (Date.now() - statSync(path).mtimeMs > KEPT_MS) rmSync(path, { force: true });
  }
}

async function bundled(name, entry) {
  const folder = join(CACHE, 'doors');
  const file = join(folder, `${name.replace('/', '-')}-${fingerprint()}.mjs`);
  if (existsSync(file)) return file;
  const code = await bundle(entry, folder);
  mkdirSync(folder, { recursive: true });
  sweep(folder);
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, code);
  renameSync(partial, file);
  return file;
}

async function runDoor(name, args) {
  const entry = entryOf(name);
  if (!entry) {
    process.stderr.write(`No such door: "${name}". There are: ${doors().join(', ')}.\n`);
    return 2;
  }
  const { main } = await import(pathToFileURL(await bundled(name, entry)).href);
  if (typeof main === 'function') return main(args);
  process.stderr.write(`${entry} exports no main(args).\n`);
  return 2;
}

ensureInstalled();
process.setSourceMapsEnabled(true);
// A reader that stops early, such as `head`, is no error.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const [name = '', ...args] = process.argv.slice(2);
try {
  // Not process.exit(): it would cut off what is still on its way into a pipe.
  process.exitCode = await runDoor(name, args);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
