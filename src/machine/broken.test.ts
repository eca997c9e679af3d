import { expect, test } from 'vitest';
import { DEFAULT_POLICIES, type Policies } from './config';
import { violations } from './invariants';
import { access, change, map, range, sync, unmap } from './machine.fixture';
import type { Injection, Op } from './op';
import { step } from './step';
import { boot } from './world.fixture';
import { MIGHTCHANGE, READONLY, READWRITE, UNCACHED } from './vmkapi';

interface Seen {
  readonly broken: readonly string[];
  readonly hazards: readonly string[];
}

/** Plays operations on two PCPUs and collects what the invariants and the machine itself say. */
function play(ops: readonly Op[], policies: Partial<Policies> = {}): Seen {
  const m = boot(0, { ...DEFAULT_POLICIES, ackTimeout: 20_000, ...policies }, ops);
  const broken = new Set<string>();
  while (step(m)) for (const each of violations(m)) broken.add(each.replaceAll(/\d+/g, '#'));
  return { broken: [...broken], hazards: m.state.hazards.map(({ rule }) => rule) };
}

const fault = (what: Injection, pcpu: number): Op => ({ op: 'fault', what, pcpu, times: 1, cycles: 0 });
const made = map('a', READWRITE | MIGHTCHANGE, [range(16, 1)]);
const used = [access('a', 'write'), access('a', 'write', { pcpu: 1 }), sync];
/** A page that both PCPUs have in their TLBs is unmapped, its VA is given out again at once, and both use it again. */
const reuse = [
  unmap('a'),
  map('b', READWRITE, [range(17, 1)]),
  sync,
  access('b', 'write'),
  access('b', 'write', { pcpu: 1 }),
];
const unmapWith = (...faults: readonly Op[]): readonly Op[] => [made, ...used, ...faults, ...reuse];

test('the protocols as they are break nothing and raise nothing', () => {
  for (const policies of [{}, { shootdown: 'lazy' }, { flushCeiling: 0 }, { granularity: 'fine' }] as const) {
    expect(play(unmapWith(), policies)).toEqual({ broken: [], hazards: [] });
    expect(play([made, ...used, change('a', READONLY), sync, access('a', 'write', { pcpu: 1 })], policies)).toEqual({
      broken: [],
      hazards: [],
    });
  }
});

test('a dropped IPI: the PCPU is reported, its VA stays held back, and its next use is an error', () => {
  const { broken, hazards } = play([
    made,
    ...used,
    fault('dropIpi', 1),
    unmap('a'),
    sync,
    access('a', 'write', { pcpu: 1 }),
  ]);
  expect(hazards).toEqual(['missing-ack', 'use-after-unmap', 'foreign-write']);
  expect(broken).toEqual([]);
  // The new mapping has another VA, yet the old table in its paging-structure cache hides it from that PCPU.
  expect(play(unmapWith(fault('dropIpi', 1))).hazards).toEqual(['missing-ack', 'stale-structure']);
});

test('no flush at the initiator: its entry is stale and nobody owes it', () => {
  const { broken, hazards } = play(unmapWith(fault('skipLocalFlush', 0)));
  expect(broken).toContain('PCPU # interrupts others for shootdown # and has not flushed itself');
  expect(broken.join()).toMatch(/stale \(not-present\), and nobody owes a flush for it/);
  expect(hazards).toContain('stale-hit');
  expect(hazards).toContain('foreign-write');
});

test('an acknowledgement without a flush: the PCPU acknowledged and still owes', () => {
  const { broken, hazards } = play(unmapWith(fault('skipRemoteFlush', 1)));
  expect(broken).toContain('PCPU # acknowledged shootdown # and has not flushed');
  expect(broken.join()).toMatch(/of PCPU # holds VPN #, which is stale \(frame\), and nobody owes a flush for it/);
  expect(hazards).toContain('stale-hit');
});

test('given back before the acknowledgements: VA and tables are free while somebody may use them', () => {
  const { broken, hazards } = play(unmapWith(fault('earlyRelease', 0)));
  expect(broken.join()).toMatch(/which is stale \(not-present\), and its VA is free/);
  expect(broken.join()).toMatch(/PCPU # caches table #, which is free/);
  expect(hazards).toContain('freed-table-cached');
});

test('given back early and given out at once: a PCPU writes through the old entry into a page of the new mapping’s VA', () => {
  // The IPI comes so late that the second mapping is made and used before it.
  const late: Op = { op: 'fault', what: 'delayIpi', pcpu: 1, times: 1, cycles: 15_000 };
  const ops = [
    made,
    ...used,
    fault('earlyRelease', 0),
    late,
    fault('dropAck', 1),
    unmap('a'),
    map('b', READWRITE, [range(17, 1)]),
    access('b', 'write', { pcpu: 1 }),
  ];
  const { broken, hazards } = play(ops, { ackTimeout: 100 });
  expect(broken.join()).toMatch(/its VA was given to b/);
  expect(hazards).toEqual(expect.arrayContaining(['stale-hit', 'foreign-write']));
});

test('flushed before the entries are written: what is cached in between stays', () => {
  // PCPU 1 reads the page all the time, so that it fills its TLB again between its flush and the clearing.
  const reader = access('a', 'read', { pcpu: 1, count: 3000, stride: 0n });
  const early = play([made, ...used, fault('flushFirst', 0), reader, unmap('a')]);
  expect(early.broken.join()).toMatch(/nobody owes a flush for it/);
  const rights = play([
    made,
    ...used,
    fault('flushFirst', 0),
    reader,
    change('a', READONLY),
    sync,
    access('a', 'write', { pcpu: 1 }),
  ]);
  expect(rights.broken.join()).toMatch(/stale \(rights\)/);
  expect(rights.hazards).toContain('stale-hit');
  const order = play([made, ...used, reader, unmap('a')]);
  expect(order.broken).toEqual([]);
});

test('no cache flush when a type leaves WB: the machine says so, and with the flush it does not', () => {
  const ops = (faults: readonly Op[]): readonly Op[] => [
    made,
    ...used,
    ...faults,
    change('a', READWRITE | UNCACHED),
    sync,
  ];
  expect(play(ops([fault('skipCacheFlush', 0)])).hazards).toContain('cache-not-flushed');
  expect(play(ops([])).hazards).not.toContain('cache-not-flushed');
});

test('a driver that uses a lazily unmapped page is told, and nothing is broken', () => {
  const { broken, hazards } = play([made, ...used, unmap('a'), sync, access('a', 'write', { pcpu: 1 })], {
    shootdown: 'lazy',
  });
  expect(hazards).toEqual(['use-after-unmap', 'foreign-write']);
  expect(broken).toEqual([]);
  const flushed = play([made, ...used, unmap('a'), { op: 'flush', pcpu: 0 }, sync, access('a', 'write', { pcpu: 1 })], {
    shootdown: 'lazy',
  });
  expect(flushed.hazards).toEqual([]);
});
