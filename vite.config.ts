import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

/** What the built page may load: itself. Pictures may also be made in the page (data:, blob:) for export. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Only in the build: the development server needs inline scripts, inline styles and a web socket. */
const contentSecurityPolicy: Plugin = {
  name: 'pagescope:content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

/**
 * What a chunk that comes later needs before it: its style. Vite's own helper also preloads scripts and knows of nonces, and is loaded
 * with the first picture.
 */
async function withStyles<T>(load: () => Promise<T>, styles: readonly string[] = [], from: string): Promise<T> {
  const link = async (path: string): Promise<unknown> => {
    const { href } = new URL(path, from);
    if ([...document.styleSheets].some((sheet) => sheet.href === href)) return undefined;
    const element = Object.assign(document.createElement('link'), { rel: 'stylesheet', crossOrigin: '', href });
    document.head.append(element);
    return await new Promise((done, failed) => Object.assign(element, { onload: done, onerror: failed }));
  };
  await Promise.all(styles.map(link));
  return load();
}

const chunkStyles: Plugin = {
  name: 'pagescope:chunk-styles',
  apply: 'build',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? `export const __vitePreload = ${withStyles.toString()}` : undefined,
};

/** All JSON files of a folder in one beside the scripts, fetched when it is wanted: `virtual:<name>-url` is its address. */
function filesAsOne(name: string, folder: string): Plugin {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  const id = `virtual:${name}-url`;
  return {
    name: `pagescope:${name}`,
    resolveId: (asked) => (asked === id ? `\0${id}` : undefined),
    load(asked) {
      if (asked !== `\0${id}`) return undefined;
      const names = readdirSync(path).filter((file) => file.endsWith('.json'));
      const read = (file: string): unknown => JSON.parse(readFileSync(`${path}/${file}`, 'utf8'));
      const source = JSON.stringify(Object.fromEntries(names.map((file) => [file.replace(/\.json$/, ''), read(file)])));
      if (this.environment.mode === 'build') {
        return `export default import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'asset', name: `${name}.json`, source })};`;
      }
      return `export default "data:application/json;base64,${Buffer.from(source).toString('base64')}";`;
    },
  };
}

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));
/** What the page loads of itself. */
const PAGE = ['main.tsx', 'app/hosts/details/index.ts', 'state/forecaster.ts', 'state/lit.ts'].map(source);
const WORKER = source('engine/worker.ts');

/**
 * `virtual:worker-url` is the address of the worker. It is built along with the page, not by itself as Vite would, so that what both
 * of them need is loaded once.
 */
const workerOfThePage: Plugin = {
  name: 'pagescope:worker',
  resolveId: (asked) => (asked === 'virtual:worker-url' ? `\0${asked}` : undefined),
  load(asked) {
    if (asked !== '\0virtual:worker-url') return undefined;
    if (this.environment.mode !== 'build') return `export { default } from ${JSON.stringify(`${WORKER}?worker&url`)};`;
    return `export default import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: 'chunk', id: WORKER, name: 'worker' })};`;
  },
};

/** The modules that these import, and those import in their turn; with `dynamic`, also what they may import later. */
function reached(from: readonly string[], dynamic: boolean, context: Rolldown.ChunkingContext): Set<string> {
  const all = new Set(from);
  for (const id of all) {
    const info = context.getModuleInfo(id);
    for (const next of [...(info?.importedIds ?? []), ...((dynamic && info?.dynamicallyImportedIds) || [])])
      all.add(next);
  }
  return all;
}

let ofPage: ReadonlySet<string> | undefined;
let ofWorker: ReadonlySet<string> | undefined;
let ofMachine: ReadonlySet<string> | undefined;

/** Neither the page nor the worker may import the other's chunk, for that would start it: what both need is in chunks of its own. */
function chunkOf(id: string, context: Rolldown.ChunkingContext): string | undefined {
  ofPage ??= reached(PAGE, false, context);
  ofWorker ??= reached([WORKER], true, context);
  ofMachine ??= reached([WORKER], false, context);
  if (!ofWorker.has(id)) return undefined;
  if (ofPage.has(id)) return 'shared';
  return id !== WORKER && ofMachine.has(id) ? 'machine' : undefined;
}

export default defineConfig({
  // Relative addresses: the built site works from any static host and any sub-path.
  base: './',
  plugins: [
    react(),
    contentSecurityPolicy,
    chunkStyles,
    workerOfThePage,
    filesAsOne('library', 'src/scenario/library'),
    filesAsOne('lessons', 'src/scenario/lesson/library'),
  ],
  build: {
    target: 'es2023',
    sourcemap: false,
    // The one chunk that comes later needs no preloading of its parts, and the helper for it is script too.
    modulePreload: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Two chunks, each with all that it imports, in place of a dozen small ones that both share: they compress better.
          groups: [
            { name: chunkOf, debugName: 'shared, machine', priority: 2, includeDependenciesRecursively: false },
            { name: 'index', test: /src\/main\.tsx$/, priority: 1 },
            { name: 'details', test: /src\/app\/hosts\/details\/index\.ts$/ },
          ],
        },
      },
    },
    // An inlined font or picture would be a data: address, which the policy above refuses.
    assetsInlineLimit: 0,
  },
  server: { host: '127.0.0.1', port: 5173 },
  preview: { host: '127.0.0.1', port: 5173 },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
    environment: 'node',
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
