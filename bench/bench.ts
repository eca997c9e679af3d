import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { WRITE } from '../src/machine/access';
import { Machine } from '../src/machine/machine';
import { changedFrames } from '../src/machine/memory';
import { HIT_L1, translate } from '../src/machine/mmu';
import { rangeList } from '../src/machine/ranges';
import { Walk, walk } from '../src/machine/walk';
import { Timeline } from '../src/timeline/timeline';
import { bestOfPairs, bytesInUse, cost, milliseconds, quantile, randomInts, rate, type Figure } from './measure';
import { print } from './print';
import { script } from './script';
import { FlatTlb, flatTables, lookUpFlat, mapFlat } from './peers';
import { access, LARGE, longScenario, map, runAll, runUntil, scattered, unmap } from './worlds';

const MILLION = 1_000_000;
const WINDOW_VPN = LARGE.window.vpn;

/** Prints every figure beside its limit. `--json`: one object a line. 0 only when every bar is met. */
export function main(argv: readonly string[]): number {
  const json = argv.includes('--json');
  const only = argv.filter((arg) => !arg.startsWith('--'));
  const groups: readonly (() => Figure[])[] = [
    mapLargest,
    mapScattered,
    walks,
    accesses,
    seeks,
    snapshotDiff,
    script,
    firstLoad,
  ];
  const unknown = only.filter((name) => !groups.some((group) => group.name === name));
  if (unknown.length > 0) {
    console.error(
      `bench: no group is called ${unknown.join(', ')}; there are ${groups.map(({ name }) => name).join(', ')}`,
    );
    return 2;
  }
  let missed = 0;
  for (const group of groups) {
    if (only.length > 0 && !only.includes(group.name)) continue;
    for (const figure of group()) {
      if (!figure.met) missed++;
      print(figure, json);
    }
  }
  return missed === 0 ? 0 : 1;
}

/** One range of 2^32 - 1 pages: map, translate three pages, unmap. */
function mapLargest(): Figure[] {
  const rounds = 40;
  const round = (i: number, pages: number) => [
    map(`m${i}`, [{ startMPN: 0x400_0000n, numPages: pages }]),
    access(`m${i}`, 0n, 'read'),
    access(`m${i}`, BigInt(Math.floor(pages / 2)) * 4096n, 'read'),
    access(`m${i}`, BigInt(pages - 1) * 4096n, 'read'),
    unmap(`m${i}`),
  ];
  const calls = ['map', 'translate first', 'translate middle', 'translate last', 'unmap'];
  const time = (pages: number): number[][] =>
    collect(new Machine(LARGE, Array.from({ length: rounds }, (_, i) => round(i, pages)).flat()), rounds, calls.length);
  const probe = new Machine(LARGE, round(0, 2 ** 32 - 1));
  const before = bytesInUse();
  const first = calls.map((_, i) => milliseconds(() => runUntil(probe, i)));
  const grown = bytesInUse() - before;
  const large = time(2 ** 32 - 1);
  const small = time(2 ** 20);
  const worst = Math.max(...large.map((list) => quantile(list, 0.5)));
  const mapRatio = Math.max(...[0, 4].map((call) => quantile(large[call], 0.5) / quantile(small[call], 0.5)));
  return [
    cost('map-largest', worst, 'ms', 2, rounds, 'slowest of map, 3 translations, unmap: median'),
    cost('map-largest-first', Math.max(...first), 'ms', 10, 1, 'the same, the very first time'),
    cost('map-largest-memory', grown / 2 ** 20, 'MiB', 1, 1, 'memory kept by map, 3 translations and unmap'),
    cost('map-largest-growth', mapRatio, 'x', 3, rounds, '2^32-1 pages against 2^20 pages, map and unmap'),
  ];
}

function collect(machine: Machine, rounds: number, calls: number): number[][] {
  const times: number[][] = Array.from({ length: calls }, () => []);
  for (let i = 0; i < rounds; i++) {
    for (let call = 0; call < calls; call++) times[call].push(milliseconds(() => runUntil(machine, i * calls + call)));
  }
  return times;
}

/**
 * A million ranges of one page, against a bare loop that walks and writes the same entries. Both find the ranges in typed arrays; the
 * machine reads a document into them once.
 */
function mapScattered(): Figure[] {
  const specs = scattered(MILLION);
  const { starts } = rangeList(specs);
  let heap = flatTables(2200);
  let machine = new Machine(LARGE, [map('s', specs)]);
  const times: number[] = [];
  const peers: number[] = [];
  for (let i = 0; i < 9; i++) {
    machine = new Machine(LARGE, [map('s', specs)]);
    heap = flatTables(2200);
    times.push(milliseconds(() => runUntil(machine, 0)));
    peers.push(milliseconds(() => mapFlat(heap, WINDOW_VPN, starts, 3, 0x8000_0000 | 0)));
  }
  const record = machine.state.records.get(0);
  if (record?.status !== 'VMK_OK') throw new Error('the scattered request failed');
  return [
    cost(
      'map-scattered',
      quantile(times, 0.5),
      'ms',
      quantile(peers, 0.5),
      9,
      'vmk_Map of 1,000,000 one-page ranges, against a bare loop',
      3,
    ),
  ];
}

/** The machine with a million scattered pages mapped, and the same tables flat. */
function scatteredWorld(): { machine: Machine; heap: ReturnType<typeof flatTables>; vpn: number } {
  const specs = scattered(MILLION);
  const machine = new Machine(LARGE, [map('s', specs)]);
  runAll(machine);
  const heap = flatTables(2200);
  mapFlat(heap, WINDOW_VPN, rangeList(specs).starts, 3, 0x8000_0000 | 0);
  return { machine, heap, vpn: machine.state.records.get(0)?.vpn ?? 0 };
}

function walks(): Figure[] {
  const { machine, heap, vpn } = scatteredWorld();
  const count = 2 * MILLION;
  const pages = randomInts(count, MILLION);
  const vaHi = Int32Array.from(pages, (page) => Math.floor((vpn + page) / 2 ** 20));
  const vaLo = Int32Array.from(pages, (page) => ((vpn + page) * 4096) | 0);
  const out = new Walk();
  const { control, directory } = machine.state;
  let faults = 0;
  const ours = (): void => {
    for (let i = 0; i < count; i++) {
      if (!walk(machine.memory, control, out.from(directory.root), vaHi[i], vaLo[i], i & WRITE, true)) faults++;
    }
  };
  let sum = 0;
  const times = bestOfPairs(9, ours, () => (sum += lookUpFlat(heap, vaHi, vaLo)));
  if (faults > 0 || sum === 0) throw new Error('a walk failed');
  return [
    rate(
      'walk',
      count / times.ours / 1000,
      'M/s',
      count / times.peer / 1000,
      9,
      'random walks with rights, A and D over 1,000,000 scattered pages, against bare look-ups',
      0.2,
    ),
  ];
}

/** Bursts of the `access` operation, and single look-ups as a burst makes them, against a TLB pair by hand. */
function accesses(): Figure[] {
  const { heap, vpn } = scatteredWorld();
  const burst = (name: string, stride: number, count: number, says: string): Figure => {
    const op = access('s', 0n, 'read', { count, stride: BigInt(stride) });
    const machine = new Machine(LARGE, [map('s', scattered(MILLION)), ...Array.from({ length: 9 }, () => op)]);
    runUntil(machine, 0);
    const peer = new FlatTlb(heap);
    let index = 0;
    const times = bestOfPairs(
      9,
      () => runUntil(machine, ++index),
      () => peer.burst(vpn * 4096, stride, count, false),
    );
    if (machine.state.records.get(index)?.access?.faults !== 0 || peer.misses === 0)
      throw new Error('an access failed');
    return rate(name, count / times.ours / 1000, 'M/s', count / times.peer / 1000, 9, says, 0.5);
  };
  return [
    burst('access-hit', 16, 4 * MILLION, 'a burst of which 255 of 256 hit, against a hand-tuned TLB'),
    burst('access-miss', 4096, MILLION, 'a burst of which all miss, against a hand-tuned TLB and walk'),
    lookups(heap, vpn),
  ];
}

/** Look-ups that all hit, round and round over 48 pages, each made by itself. */
function lookups(heap: ReturnType<typeof flatTables>, vpn: number): Figure {
  const rounds = 40_000;
  const pages = 48;
  const machine = new Machine(LARGE, [map('s', scattered(MILLION))]);
  runAll(machine);
  const peer = new FlatTlb(heap);
  const [tlb] = machine.tlbs;
  const unit = machine.paging;
  let hits = 0;
  const ours = (): void => {
    for (let round = 0; round < rounds; round++) {
      for (let page = 0; page < pages; page++) {
        const va = (vpn + page) * 4096;
        if (translate(unit, tlb, 0, Math.floor(va / 0x1_0000_0000), va | 0, 0) === HIT_L1) hits++;
      }
    }
  };
  const count = rounds * pages;
  const times = bestOfPairs(9, ours, () => {
    for (let round = 0; round < rounds; round++) peer.burst(vpn * 4096, 4096, pages, false);
  });
  if (hits < count) throw new Error('a look-up missed');
  return rate(
    'access-hit-each',
    count / times.ours / 1000,
    'M/s',
    count / times.peer / 1000,
    9,
    'look-ups over 48 pages, each made by itself',
    0.5,
  );
}

function seeks(): Figure[] {
  const scenario = longScenario(100_000);
  const before = bytesInUse();
  const timeline = new Timeline(scenario);
  timeline.play();
  const bytes = (bytesInUse() - before) / timeline.length;
  if (timeline.length < 100_000) throw new Error(`only ${timeline.length} steps`);
  const targets = randomInts(2000, timeline.length + 1);
  const times = Array.from(targets, (target) => milliseconds(() => timeline.seek(target)));
  return [
    cost('seek', quantile(times, 0.95), 'ms', 5, targets.length, `any of ${timeline.length} steps, p95`),
    cost('step-memory', bytes / 1024, 'KiB', 2, timeline.length, 'memory kept a step, average'),
  ];
}

function snapshotDiff(): Figure[] {
  const { machine, vpn } = scatteredWorld();
  const times: number[] = [];
  const out = new Walk();
  for (let i = 0; i < 200; i++) {
    const before = machine.snapshot().memory;
    const page = vpn + ((i * 7919) % MILLION);
    walk(
      machine.memory,
      machine.state.control,
      out.from(machine.state.directory.root),
      Math.floor(page / 2 ** 20),
      (page * 4096) | 0,
      WRITE,
      true,
    );
    const after = machine.snapshot().memory;
    let changed: readonly unknown[] = [];
    times.push(milliseconds(() => (changed = changedFrames(before, after))));
    if (changed.length === 0 || changed.length > 4) throw new Error(`${changed.length} frames changed`);
  }
  return [
    cost(
      'snapshot-diff',
      quantile(times, 0.5),
      'ms',
      0.1,
      times.length,
      'frames changed by one access over 1,000,000 mapped pages, median',
    ),
  ];
}

/** Gzipped bytes of the scripts that the built page loads to show itself: the entry, what it imports at once, and the worker. */
function firstLoad(): Figure[] {
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], {
    stdio: 'ignore',
  });
  const html = readFileSync('dist/index.html', 'utf8');
  const entries = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => join('dist', file));
  const workers = readdirSync('dist/assets').filter((name) => /^worker-.*\.js$/.test(name));
  const scripts = [...entries, ...workers.map((name) => join('dist/assets', name))];
  if (entries.length === 0 || workers.length === 0) throw new Error('the built page has no entry or no worker');
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  return [
    cost('first-load', bytes / 1000, 'kB', 130, scripts.length, 'gzipped scripts of the first load, worker included'),
  ];
}
