/**
 * Keeps the layers. Tests (*.test.ts) and what only they use
 * (*.fixture.ts) are free of these rules, and nothing else may import them.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { factsOf, packageOf, type Import } from './architecture.fixture';

interface Layer {
  readonly imports: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types?: readonly string[];
  /** The only packages allowed; without it, any. */
  readonly packages?: readonly string[];
  /** No DOM, no clock, no chance, no waiting. */
  readonly pure?: true;
}

const LAYERS: Readonly<Record<string, Layer>> = {
  base: { imports: [], packages: [] },
  machine: { imports: ['base'], packages: [], pure: true },
  scenario: { imports: ['base', 'machine'], packages: ['valibot'], pure: true },
  timeline: { imports: ['base', 'machine', 'scenario'], packages: [], pure: true },
  engine: { imports: ['base', 'machine', 'scenario', 'timeline'] },
  state: { imports: ['base', 'machine', 'scenario', 'timeline', 'engine'] },
  draw: { imports: ['base'] },
  views: { imports: ['base', 'draw', 'machine'], types: ['scenario', 'timeline', 'engine'] },
  app: { imports: ['base', 'machine', 'scenario', 'timeline', 'engine', 'state', 'draw', 'views'] },
  cli: { imports: ['base', 'machine', 'scenario', 'timeline', 'engine', 'state'] },
  'main.tsx': { imports: ['app', 'state', 'engine', 'scenario'] },
};

const DOM = [
  ...['window', 'document', 'navigator', 'location', 'history', 'self', 'globalThis', 'localStorage', 'sessionStorage'],
  ...['indexedDB', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker', 'postMessage', 'HTMLElement', 'SVGElement'],
];
const CLOCK_AND_CHANCE = ['Date', 'performance', 'crypto', 'Math.random'];
const WAITING = ['Promise', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'];
const ASYNC_SYNTAX = ['async', 'await', 'import()'];
const IMPURE = [...DOM, ...CLOCK_AND_CHANCE, ...WAITING, ...ASYNC_SYNTAX];

/** What has one place. `uses` are names as `Facts.uses` has them. */
const ONE_PLACE: readonly { readonly uses: readonly string[]; readonly place: RegExp; readonly advice: string }[] = [
  {
    uses: ['Worker', 'SharedWorker', '?worker'],
    place: /^engine\/client\.ts$/,
    advice: 'talk to the worker through src/engine/client.ts',
  },
  {
    uses: ['location', 'history'],
    place: /^app\/url[^/]*\.tsx?$/,
    advice: 'read and write the address in src/app/url*.ts',
  },
  {
    uses: ['requestAnimationFrame', 'cancelAnimationFrame'],
    place: /^state\/clock\.ts$/,
    advice: 'follow the playhead, which src/state/clock.ts moves',
  },
  {
    uses: ['d3 zoom', 'd3 zoomIdentity', 'd3 zoomTransform', 'd3-zoom', 'd3 select', 'd3 selectAll', 'd3 transition'],
    place: /^draw\//,
    advice: 'use what src/draw offers: React owns the DOM',
  },
  { uses: ['d3 *'], place: /^$/, advice: 'import the names you need, so that the bundle holds no more' },
  { uses: ['zustand'], place: /^(state|app)\//, advice: 'take what you need as props' },
];

// ---- The rules; paths are from src, with forward slashes

const layerOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path);
const isForTests = (path: string): boolean => /\.(test|fixture)(\.tsx?)?$/.test(path);
const quoted = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'nothing');

function importFault(file: string, { from, typeOnly }: Import): string | undefined {
  const layerName = layerOf(file);
  const layer = LAYERS[layerName];
  if (!layer) return `src/${layerName} is no layer. Add it to LAYERS in src/architecture.test.ts, or move the file.`;
  const name = packageOf(from);
  if (name !== undefined) {
    if (!layer.packages || layer.packages.includes(name) || typeOnly) return undefined;
    return `${layerName} may import these packages: ${quoted(layer.packages)}. Do without ${name}.`;
  }
  const target = posix.join(posix.dirname(file), from.replace(/\?.*$/, ''));
  if (isForTests(target)) return `${from} is for tests. Move what you need out of it.`;
  const other = layerOf(target);
  if (layerName === 'views' && other === 'views') return siblingFault(file, target);
  if (other === layerName || !(other in LAYERS) || layer.imports.includes(other)) return undefined;
  const asTypes = layer.types ?? [];
  if (!asTypes.includes(other)) return `${layerName} may import ${quoted(layer.imports)}, not ${other} (${from}).`;
  return typeOnly ? undefined : `${layerName} may import only types from ${other}: write "import type" (${from}).`;
}

/** A view is a folder; files that lie in views itself, such as a view's contract, are common to all. */
function siblingFault(file: string, target: string): string | undefined {
  const viewOf = (path: string): string | undefined => /^views\/([^/]+)\//.exec(path)?.[1];
  const [view, other] = [viewOf(file), viewOf(target)];
  if (view === undefined || other === undefined || view === other) return undefined;
  return `the view ${view} may not import the view ${other}. Move what both need to src/draw or src/views.`;
}

function faultsOf(file: string, source: string): string[] {
  if (isForTests(file)) return [];
  const { imports, uses } = factsOf(file, source);
  const impure = LAYERS[layerOf(file)]?.pure ? IMPURE.filter((name) => uses.has(name)) : [];
  return [
    ...imports.map((one) => importFault(file, one)).filter((fault) => fault !== undefined),
    ...impure.map((name) => `${layerOf(file)} is pure: no ${name}. Take what it gives as an argument.`),
    ...ONE_PLACE.filter(({ place }) => !place.test(file)).flatMap(({ uses: names, advice }) =>
      names.filter((name) => uses.has(name)).map((name) => `${name} has another place: ${advice}.`),
    ),
  ].map((fault) => `src/${file}: ${fault}`);
}

/** The first circle found from each file that is on one, as a path that ends where it began. */
function circlesOf(sources: ReadonlyMap<string, string>): string[] {
  const edges = new Map([...sources].map(([file, source]) => [file, neighbours(file, source, sources)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].map((name) => `src/${name}`).join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of sources.keys()) visit(file, []);
  return circles.map((circle) => `${circle}: a circle of imports. Move what both need to a file of its own.`);
}

const ENDINGS = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

function neighbours(file: string, source: string, sources: ReadonlyMap<string, string>): string[] {
  const targets = factsOf(file, source).imports.map(({ from }) => posix.join(posix.dirname(file), from));
  return targets.flatMap((target) => ENDINGS.map((ending) => target + ending).filter((path) => sources.has(path)));
}

// ---- Do they hold here?

const SRC = dirname(fileURLToPath(import.meta.url));

function ownSources(): Map<string, string> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .filter((file) => file.includes('/') || file in LAYERS);
  return new Map(files.map((file) => [file, readFileSync(join(SRC, file), 'utf8')]));
}

describe('the architecture', () => {
  const sources = ownSources();

  test('there is something to look at', () => {
    expect(existsSync(join(SRC, 'main.tsx'))).toBe(true);
    expect(sources.size).toBeGreaterThan(0);
  });

  test('layers, purity and the one place of each thing hold', () => {
    expect([...sources].flatMap(([file, source]) => faultsOf(file, source))).toEqual([]);
  });

  test('no file imports itself by way of others', () => {
    expect(circlesOf(sources)).toEqual([]);
  });
});

describe('the rules can fail', () => {
  test.each([
    ['base/a.ts', `import { walk } from '../machine/walk';`, 'base may import nothing, not machine'],
    ['machine/a.ts', `export * from '../scenario/text';`, 'not scenario'],
    ['machine/ops/a.ts', `import type { Text } from '../../scenario/text';`, 'not scenario'],
    ['machine/a.ts', `import { readFileSync } from 'node:fs';`, 'Do without node:fs'],
    ['machine/a.ts', `const now = Date.now();`, 'no Date'],
    ['machine/a.ts', `const n = Math.random();`, 'no Math.random'],
    ['machine/a.ts', `export const f = async () => 1;`, 'no async'],
    ['machine/a.ts', `export type Later = Promise<number>;`, 'no Promise'],
    ['scenario/a.ts', `const a = { window };`, 'no window'],
    ['timeline/a.ts', `const m = import('./b');`, 'no import()'],
    ['timeline/a.ts', `setTimeout(() => 1, 1);`, 'no setTimeout'],
    ['draw/a.ts', `import { walk } from '../machine/walk';`, 'draw may import base'],
    ['views/a/a.tsx', `import { useView } from '../../state/view';`, 'not state'],
    ['views/a/a.tsx', `import { B } from '../b/b';`, 'the view a may not import the view b'],
    ['views/a/a.tsx', `import { seek } from '../../timeline/seek';`, 'write "import type"'],
    ['views/a/a.tsx', `import { create } from 'zustand';`, 'zustand has another place'],
    ['views/a/a.tsx', `import { zoom } from 'd3';`, 'd3 zoom has another place'],
    ['views/a/a.tsx', `import * as d3 from 'd3';`, 'd3 * has another place'],
    ['app/a.ts', `new Worker(new URL('./w.ts', import.meta.url));`, 'Worker has another place'],
    ['app/a.ts', `import W from './w?worker';`, '?worker has another place'],
    ['app/a.ts', `window.location.hash = '';`, 'location has another place'],
    ['app/a.ts', `history.pushState({}, '');`, 'history has another place'],
    ['state/a.ts', `requestAnimationFrame(() => 1);`, 'requestAnimationFrame has another place'],
    ['engine/a.ts', `import.meta.glob('../views/*/index.tsx');`, 'not views'],
    ['app/a.ts', `import { sample } from '../machine/sample.fixture';`, 'is for tests'],
    ['elsewhere/a.ts', `import { a } from './b';`, 'is no layer'],
  ])('%s: %s', (file, source, message) => {
    expect(faultsOf(file, source).join('\n')).toContain(message);
    expect(faultsOf(file, source)).toHaveLength(1);
  });

  test.each([
    ['machine/a.ts', `// new Date(), window\nexport const text = 'await fetch(location)'; /* Promise */`],
    ['machine/a.ts', `export const f = (history: number[], o: { Date: 1 }) => history.length + o.Date;`],
    ['machine/a.ts', `import { hex } from '../base/hex'; export interface Span { self: number; location: bigint }`],
    ['scenario/a.ts', `import * as v from 'valibot'; import { walk } from '../machine/walk';`],
    ['views/a/a.tsx', `import type { Reply } from '../../engine/protocol'; import { PTE } from '../../machine/entry';`],
    ['views/a/a.tsx', `import type { View } from '../view'; import { scaleLinear } from 'd3'; import './a.css';`],
    ['draw/zoom.ts', `import { zoom, select } from 'd3';`],
    ['engine/client.ts', `new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });`],
    ['app/url-sync.ts', `window.history.replaceState({}, '', location.hash);`],
    ['state/clock.ts', `requestAnimationFrame(() => 1);`],
    ['machine/a.test.ts', `await Promise.resolve(Date.now());`],
  ])('%s may say: %s', (file, source) => {
    expect(faultsOf(file, source)).toEqual([]);
  });

  test('a circle is found, and a diamond is none', () => {
    const circle = new Map([
      ['base/a.ts', `import { b } from './b';`],
      ['base/b.ts', `import type { C } from './c';`],
      ['base/c.ts', `import { a } from './a';`],
    ]);
    expect(circlesOf(circle).join()).toContain('src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts');
    expect(circlesOf(new Map([...circle, ['base/c.ts', '']]))).toEqual([]);
  });
});
