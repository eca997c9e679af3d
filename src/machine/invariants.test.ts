import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_POLICIES } from './config';
import type { HazardRule } from './hazards';
import { unfinished, violations } from './invariants';
import type { Machine } from './machine';
import { access, at, map, range, record, sync, unmap } from './machine.fixture';
import type { AccessOp, Op } from './op';
import { step } from './step';
import { EXECUTABLE, READWRITE } from './vmkapi';
import { ALL_KINDS, boot, start, worlds, type World } from './world.fixture';

/** Rules about something stale that was used, by the PCPU that used it. */
const STALE: ReadonlySet<HazardRule> = new Set([
  'stale-hit',
  'use-after-unmap',
  'foreign-write',
  'stale-structure',
] as const);
const uses = ({ hazards }: Machine['state'], pcpu: number): number =>
  hazards.reduce((sum, { rule, pcpu: where, times }) => (STALE.has(rule) && where === pcpu ? sum + times : sum), 0);

/** Steps a world to its end; the first thing that is wrong, with the step. */
function firstWrong(world: World): string[] {
  const m = start(world);
  for (let n = 0; n < 20_000; n++) {
    const before = m.state;
    const made = step(m);
    if (!made) return unfinished(m);
    const wrong = violations(m);
    const { pcpu } = made;
    const owed = before.deferred.length > 0 || before.shootdowns.some(({ owes }) => owes.includes(pcpu));
    if (!owed && uses(m.state, pcpu) > uses(before, pcpu))
      wrong.push(`PCPU ${pcpu} used something stale and owed no flush: ${m.state.hazards.at(-1)!.says}`);
    // A PCPU takes an interrupt when its micro-op ends; only the longer time-out is longer than any of those here.
    const silent = before.pcpus.filter(({ id, masked }) => !masked && timedOut(m.state, id) > timedOut(before, id));
    if (world.policies.ackTimeout > 3000 && silent.length > 0)
      wrong.push('a PCPU with interrupts on did not acknowledge in time');
    const late = m.state.hazards.find(({ rule }) => rule === 'freed-table-cached');
    if (late) wrong.push(late.says);
    const what = made.act.kind === 'micro' ? made.act.micro.do : `arrival of ${made.act.message.kind}`;
    if (wrong.length > 0) return [`step ${m.state.step}: ${what} of operation ${made.op}`, ...wrong];
  }
  return ['it does not end'];
}

const timedOut = ({ hazards }: Machine['state'], id: number): number =>
  hazards.filter(({ rule, pcpu }) => rule === 'missing-ack' && pcpu === id).length;

test('in random worlds every invariant holds at every step, stale use is only by who still owes a flush, and all ends', () => {
  fc.assert(
    fc.property(worlds(ALL_KINDS), (world) => {
      expect(firstWrong(world)).toEqual([]);
    }),
    { seed: 1, numRuns: 400 },
  );
});

const sizeOf = (ops: readonly Op[], name: string): number =>
  ops.reduce(
    (sum, op) => (op.op === 'map' && op.as === name ? op.ranges.reduce((all, { numPages }) => all + numPages, 0) : sum),
    0,
  );

/**
 * What drivers have to keep to: nobody uses a mapping while or after it is unmapped or changed, nobody reaches beyond its pages, and
 * interrupts are on.
 */
function polite({ hardware, policies, ops }: World): World {
  const gone = new Set<string>();
  const kept: Op[] = [];
  for (const op of ops) {
    const name = 'at' in op && op.at && 'mapping' in op.at ? op.at.mapping : undefined;
    if (name !== undefined && gone.has(name)) continue;
    if (op.op === 'unmap' || op.op === 'change') kept.push(sync, op, sync);
    else if (op.op === 'access' && 'mapping' in op.at) {
      const left = sizeOf(ops, op.at.mapping) - Number(op.at.offset >> 12n);
      if (left > 0) kept.push({ ...op, count: Math.min(op.count, left) });
    } else kept.push(op);
    if (op.op === 'unmap' && name !== undefined) gone.add(name);
  }
  return { hardware, policies: { ...policies, ackTimeout: 1_000_000 }, ops: kept };
}

/** What the requests so far promise for an access: the byte it reaches, or that it faults. The tables are not looked at. */
function promised(m: Machine, index: number): { readonly ma: number } | 'fault' {
  const op = m.ops[index] as AccessOp;
  if (!('mapping' in op.at)) throw new Error('accesses are to mappings');
  const { mapping: name, offset } = op.at;
  let attrs = 0n;
  let pages: number[] = [];
  m.ops.slice(0, index).forEach((earlier, i) => {
    if (record(m, i)?.status !== 'VMK_OK') return;
    if (earlier.op === 'map' && earlier.as === name) {
      ({ attrs } = earlier);
      pages = earlier.ranges.flatMap(({ startMPN, numPages }) =>
        Array.from({ length: numPages }, (_, n) => Number(startMPN) + n),
      );
    }
    if (earlier.op === 'change' && 'mapping' in earlier.at && earlier.at.mapping === name) ({ attrs } = earlier);
  });
  const { wp, nxe } = m.state.control;
  const page = pages[Number(offset) >> 12];
  if (page === undefined || op.privilege === 'user') return 'fault';
  if (op.kind === 'write' && wp && (attrs & READWRITE) === 0n) return 'fault';
  if (op.kind === 'execute' && nxe && (attrs & EXECUTABLE) === 0n) return 'fault';
  return { ma: page * 4096 + (Number(offset) % 4096) };
}

const POLITE_KINDS = ALL_KINDS.filter((kind) => kind !== 'mask' && kind !== 'unload');

test('when drivers are polite nothing stale is ever used, and each access reaches the byte that was asked for or faults', () => {
  let reached = 0;
  let faulted = 0;
  fc.assert(
    fc.property(worlds(POLITE_KINDS).map(polite), (world) => {
      const m = start(world);
      while (step(m));
      expect(unfinished(m)).toEqual([]);
      const bad = m.state.hazards.filter(
        ({ rule }) => STALE.has(rule) || rule === 'missing-ack' || rule === 'freed-table-cached',
      );
      expect(bad).toEqual([]);
      const wrong: string[] = [];
      m.ops.forEach((op, i) => {
        const got = record(m, i)!;
        if (op.op !== 'access' || got.skipped || op.count > 1) return;
        const wanted = promised(m, i);
        const right = wanted === 'fault' ? got.fault !== undefined : got.ma === wanted.ma;
        if (wanted === 'fault') faulted++;
        else reached++;
        if (!right) wrong.push(`operation ${i}: ${got.says} Promised: ${JSON.stringify(wanted)}`);
      });
      expect(wrong).toEqual([]);
    }),
    { seed: 2, numRuns: 400 },
  );
  expect(Math.min(reached, faulted)).toBeGreaterThan(50);
});

test('a word written through any mapping is the word read through every other mapping of the frame', () => {
  const kinds = fc.array(fc.tuple(fc.nat(1), fc.nat(2), fc.nat(1), fc.boolean(), fc.nat(3)), {
    minLength: 3,
    maxLength: 20,
  });
  fc.assert(
    fc.property(kinds, fc.nat(3), (list, hardware) => {
      const ops: Op[] = [
        map('m0', READWRITE, [range(16, 2)]),
        map('m1', READWRITE, [range(17, 1), range(16, 1)]),
        sync,
      ];
      for (const [which, pcpu, page, write, slot] of list) {
        const offset = BigInt(page * 4096 + slot * 8);
        ops.push(
          access(`m${which}`, write ? 'write' : 'read', {
            pcpu: pcpu % 2,
            at: at(`m${which}`, offset),
            value: BigInt(ops.length),
          }),
          sync,
        );
      }
      const m = boot(hardware, { ...DEFAULT_POLICIES }, ops);
      while (step(m));
      const words = new Map<number, bigint>();
      ops.forEach((op, i) => {
        if (op.op !== 'access') return;
        const { ma, value } = record(m, i)!;
        if (op.kind === 'write') words.set(ma!, op.value!);
        expect(value).toBe(words.get(ma!) ?? 0n);
      });
    }),
    { seed: 3, numRuns: 60 },
  );
});

test('a machine that is still running, or is stuck, is not finished', () => {
  const running = boot(0, DEFAULT_POLICIES, [map('a', READWRITE, [range(16, 1)])]);
  step(running);
  expect(unfinished(running)).toEqual(['the run has not ended']);
  const stuck = boot(0, DEFAULT_POLICIES, [unmap('later'), map('later', READWRITE, [range(16, 1)])]);
  while (step(stuck));
  expect(unfinished(stuck)).toEqual(['operation 0 (unmap) never ended', 'operation 1 (map) never ended']);
});

test('what breaks an invariant is named', () => {
  const made = (): Machine => {
    const m = boot(0, DEFAULT_POLICIES, [map('a', READWRITE, [range(16, 2)]), access('a')]);
    while (step(m));
    expect(violations(m)).toEqual([]);
    return m;
  };
  const vpn = (m: Machine): number => record(m, 0)!.vpn!;
  const entryOf = (m: Machine): number =>
    m.state.directory.tables[1].at(Math.floor(vpn(m) / 512))! * 4096 + (vpn(m) % 512) * 8;
  const breaks: readonly (readonly [RegExp, (m: Machine) => void])[] = [
    [/frames are owned and \d+ free/, (m) => m.update({ pool: m.state.pool.take(1)!.pool })],
    [
      /table of level 1 at MPN \d+ is free/,
      (m) =>
        m.update({
          pool: m.state.pool.give({ mpn: m.state.directory.tables[1].at(Math.floor(vpn(m) / 512))!, count: 1 }),
        }),
    ],
    [/mapping a at VPN \d+ is free/, (m) => m.update({ va: m.state.va.cut(vpn(m), vpn(m) + 1) })],
    [/only 2 have an owner/, (m) => m.update({ va: m.state.va.put(vpn(m) + 2, vpn(m) + 3, undefined) })],
    [/has entry .*not MPN 16/, (m) => m.memory.store(entryOf(m), m.memory.load(entryOf(m)) ^ (1n << 63n))],
    [/has entry .*not MPN 17/, (m) => m.memory.store(entryOf(m) + 8, m.memory.load(entryOf(m) + 8) + 4096n)],
    [/is not 0 and nobody's/, (m) => m.memory.store(entryOf(m) - 8, 0x1000n)],
    [/stale \(not-present\), and nobody owes/, (m) => m.memory.store(entryOf(m), 0n)],
    [/is not linked/, (m) => m.memory.store(m.state.directory.root * 4096 + 136 * 8, 0n)],
    [/holds the lock outside/, (m) => m.update({ lock: 1 })],
  ];
  for (const [says, breakIt] of breaks) {
    const m = made();
    breakIt(m);
    expect(violations(m).join('\n')).toMatch(says);
  }
});

test('accesses that are made at once in a burst end as the same accesses one by one', () => {
  const kinds = fc.constantFrom('read' as const, 'write' as const, 'execute' as const);
  fc.assert(
    fc.property(
      kinds,
      fc.integer({ min: 2, max: 90 }),
      fc.constantFrom(0n, 8n, 4096n, 2056n, 8192n),
      fc.nat(7),
      fc.boolean(),
      fc.boolean(),
      (kind, count, stride, hardware, fine, primed) => {
        const before = [
          map('m0', READWRITE, [range(16, 2)]),
          map('m1', READWRITE, [range(16, 1), range(17, 1)], { pcpu: 0 }),
          sync,
          // Both pages read before: their entries have D = 0.
          ...(primed ? [access('m0'), access('m0', 'read', { at: at('m0', 4096n) })] : []),
        ];
        const policies = { ...DEFAULT_POLICIES, granularity: fine ? ('fine' as const) : ('bulk' as const) };
        const burst = boot(hardware, policies, [...before, access('m0', kind, { count, stride })]);
        while (step(burst));
        const tally = record(burst, before.length)!.access!;
        const counters = { ...burst.tlbs[0].counters };
        const entries = entriesOf(burst);
        const singles = Array.from({ length: count }, (_, i) =>
          access('m0', kind, { at: at('m0', BigInt(i) * stride) }),
        );
        const one = boot(hardware, policies, [...before, ...singles]);
        while (step(one));
        const sum = { hits1: 0, hits2: 0, walks: 0, faults: 0, spurious: 0 };
        singles.forEach((_, i) => {
          const each = record(one, before.length + i)?.access;
          for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += each?.[name] ?? 0;
        });
        expect(tally).toEqual(sum);
        expect(counters).toEqual(one.tlbs[0].counters);
        expect(entries).toEqual(entriesOf(one));
      },
    ),
    { seed: 4, numRuns: 150 },
  );
});

/** What the TLBs of PCPU 0 hold and in which order they were used; not when. */
function entriesOf(m: Machine): string[] {
  const list: { readonly text: string; readonly used: number }[] = [];
  m.tlbs[0].forEach(({ vpn, mpn, level, dirty, rights, used }, { tlb }) =>
    list.push({ text: JSON.stringify([tlb, vpn, mpn, level, dirty, rights]), used }),
  );
  return list.toSorted((a, b) => a.used - b.used || (a.text < b.text ? -1 : 1)).map(({ text }) => text);
}
