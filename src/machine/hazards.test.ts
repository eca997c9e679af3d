import { expect, test } from 'vitest';
import { DEFAULT_CONFIG, DEFAULT_POLICIES, type MachineConfig } from './config';
import { DEFAULT_CONTROL } from './control-bits';
import { addHazard, HAZARD_RULES, MAX_HAZARDS, type Hazard, type HazardRule } from './hazards';
import { access, change, map, range, run, rules, sync, unmap } from './machine.fixture';
import { decodePat, PAT_POWER_ON } from './memory-type';
import { variableRange } from './mtrr';
import type { Injection, Op } from './op';
import { EXECUTABLE, MIGHTCHANGE, READONLY, READWRITE, UNCACHED, WRITECOMBINE } from './vmkapi';

type World = readonly [ops: readonly Op[], config?: Partial<MachineConfig>];
const fault = (what: Injection, pcpu = 1): Op => ({ op: 'fault', what, pcpu, times: 1, cycles: 0 });
const policies = (more: Partial<MachineConfig['policies']>): Partial<MachineConfig> => ({
  pcpus: 2,
  policies: { ...DEFAULT_POLICIES, ackTimeout: 20_000, ...more },
});
const two = policies({});
const noAlias = { ...two, alias: undefined };
const powerOn = decodePat(PAT_POWER_ON);
const POOL = DEFAULT_CONFIG.tablePool.startMPN;
const FRAMEBUFFER = 0xe_0000;

const made = map('a', READWRITE | MIGHTCHANGE, [range(100, 1)]);
const used: readonly Op[] = [access('a', 'write'), access('a', 'write', { pcpu: 1 }), sync];
const again = access('a', 'write', { pcpu: 1 });
const mtrrs = { ...DEFAULT_CONFIG.mtrrs, variable: [variableRange(0xe000_0000n, 0x100_0000n, 'WC', 46)] };
const split = { ...DEFAULT_CONFIG.mtrrs, variable: [variableRange(0x40_1000n, 0x1000n, 'UC', 46)] };
const unload: Op = { op: 'unload', pcpu: 0, module: 'net' };

/** For each rule the smallest scenario that raises it, and the same one done right. */
const SCENARIOS: Readonly<Record<HazardRule, { readonly wrong: World; readonly right: World }>> = {
  'stale-hit': {
    wrong: [[made, ...used, fault('skipRemoteFlush'), change('a', READONLY), sync, again], two],
    right: [[made, ...used, change('a', READONLY), sync, again], two],
  },
  'use-after-unmap': {
    wrong: [[made, ...used, fault('skipRemoteFlush'), unmap('a'), sync, access('a', 'read', { pcpu: 1 })], two],
    right: [[made, ...used, unmap('a'), sync, access('a', 'read', { pcpu: 1 })], two],
  },
  'foreign-write': {
    wrong: [[made, ...used, unmap('a'), sync, again], policies({ shootdown: 'lazy' })],
    right: [[made, ...used, unmap('a'), { op: 'flush', pcpu: 0 }, sync, again], policies({ shootdown: 'lazy' })],
  },
  'type-alias': {
    wrong: [[made, map('b', UNCACHED, [range(100, 1)])], noAlias],
    right: [[made, map('b', READONLY, [range(100, 1)])], noAlias],
  },
  'no-wc-slot': {
    wrong: [[map('a', WRITECOMBINE, [range(100, 1)])], { ...noAlias, pat: powerOn.ok ? powerOn.value : [] }],
    right: [[map('a', WRITECOMBINE, [range(100, 1)])], noAlias],
  },
  'no-uncached-slot': {
    wrong: [
      [map('a', UNCACHED, [range(100, 1)])],
      { ...noAlias, pat: ['WB', 'WC', 'WT', 'WP', 'WB', 'WC', 'WT', 'WP'] },
    ],
    right: [
      [map('a', UNCACHED, [range(100, 1)])],
      { ...noAlias, pat: ['WB', 'WC', 'WT', 'WP', 'WB', 'WC', 'WT', 'UC'] },
    ],
  },
  'uc-minus-overridden': {
    wrong: [[map('a', UNCACHED, [range(FRAMEBUFFER, 1)])], { ...noAlias, mtrrs }],
    right: [[map('a', UNCACHED, [range(FRAMEBUFFER, 1)])], { ...policies({ uncached: 'UC' }), mtrrs }],
  },
  'large-page-mtrr': {
    wrong: [[map('a', READWRITE, [range(1024, 512)])], { ...policies({ pageSizes: '2M' }), mtrrs: split }],
    right: [[map('a', READWRITE, [range(1024, 512)])], { ...two, mtrrs: split }],
  },
  'write-execute': {
    wrong: [[map('a', READWRITE | EXECUTABLE, [range(100, 1)])]],
    right: [[map('a', EXECUTABLE, [range(100, 1)])]],
  },
  'no-xd': { wrong: [[made], { control: { ...DEFAULT_CONTROL, nxe: false } }], right: [[made]] },
  'wrong-context': { wrong: [[{ ...made, context: 'interrupt' }]], right: [[made]] },
  'bad-unmap': { wrong: [[made, unmap('a'), unmap('a')]], right: [[made, unmap('a')]] },
  'unload-leak': {
    wrong: [[made, unload], policies({ moduleUnload: 'leak' })],
    right: [[made, unmap('a'), unload], policies({ moduleUnload: 'leak' })],
  },
  'missing-ack': {
    wrong: [[made, ...used, fault('dropIpi'), unmap('a')], two],
    right: [[made, ...used, unmap('a')], two],
  },
  'freed-table-cached': {
    wrong: [[made, ...used, fault('skipRemoteFlush'), unmap('a'), sync], two],
    right: [[made, ...used, unmap('a'), sync], two],
  },
  'stale-structure': {
    wrong: [
      [
        made,
        ...used,
        fault('dropIpi'),
        unmap('a'),
        map('b', READWRITE, [range(101, 1)]),
        sync,
        access('b', 'read', { pcpu: 1 }),
      ],
      two,
    ],
    right: [
      [made, ...used, unmap('a'), map('b', READWRITE, [range(101, 1)]), sync, access('b', 'read', { pcpu: 1 })],
      two,
    ],
  },
  'uncached-wording': {
    wrong: [[map('a', UNCACHED, [range(100, 1)])]],
    right: [[map('a', WRITECOMBINE, [range(100, 1)])]],
  },
  'not-ram': { wrong: [[map('a', READWRITE, [range(159, 2)])]], right: [[map('a', READWRITE, [range(158, 2)])]] },
  'mpn-zero': {
    wrong: [[map('a', READWRITE, [range(5, 1), range(0, 1)])]],
    right: [[map('a', READWRITE, [range(5, 1), range(1, 1)])]],
  },
  'table-mapped': {
    wrong: [[map('a', READWRITE, [range(POOL - 1, 2)])]],
    right: [[map('a', READWRITE, [range(POOL - 2, 2)])]],
  },
  'cache-not-flushed': {
    wrong: [[made, fault('skipCacheFlush', 0), change('a', UNCACHED)]],
    right: [[made, change('a', UNCACHED)]],
  },
};

test.each(Object.entries(SCENARIOS))(
  '%s is raised by the mistake and not by the same done right',
  (rule, { wrong, right }) => {
    const bad = run(...wrong);
    expect(rules(bad)).toContain(rule);
    for (const hazard of bad.state.hazards) expect(hazard.says).toMatch(/\.$/);
    expect(rules(run(...right))).not.toContain(rule);
  },
);

test('there is a scenario for every rule', () => {
  expect(Object.keys(SCENARIOS).toSorted()).toEqual(Object.keys(HAZARD_RULES).toSorted());
});

test('a hazard names the operation, the PCPU, the page and the frame that it is about', () => {
  const m = run(...SCENARIOS['foreign-write'].wrong);
  expect(m.state.hazards.find(({ rule }) => rule === 'foreign-write')).toMatchObject({
    op: 6,
    pcpu: 1,
    mpn: 100,
    vpn: DEFAULT_CONFIG.window.vpn,
    times: 1,
  });
});

test('the linear alias of RAM counts for conflicting memory types, and a device does not lie in it', () => {
  expect(rules(run([map('a', UNCACHED, [range(100, 1)])]))).toContain('type-alias');
  expect(rules(run([map('a', UNCACHED, [range(FRAMEBUFFER, 1)])]))).not.toContain('type-alias');
});

test('the same hazard at the same place counts up; the list has a limit', () => {
  const hazard = (vpn: number): Omit<Hazard, 'times'> => ({
    rule: 'stale-hit',
    says: '',
    op: 1,
    step: 2,
    pcpu: 0,
    vpn,
  });
  let list: readonly Hazard[] = [];
  for (let i = 0; i < MAX_HAZARDS + 5; i++) list = addHazard(list, hazard(i));
  expect(list).toHaveLength(MAX_HAZARDS);
  expect(addHazard(list, hazard(3))[3].times).toBe(2);
  const burst = run(
    [made, ...used, unmap('a'), sync, access('a', 'read', { pcpu: 1, count: 5, stride: 8n })],
    policies({ shootdown: 'lazy' }),
  );
  expect(burst.state.hazards).toMatchObject([{ rule: 'use-after-unmap', times: 5 }]);
});
