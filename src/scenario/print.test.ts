import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../machine/config';
import { parseScenarioText, printScenario } from '.';
import { LIBRARY, libraryScenario } from './library-files';
import { documentArbitrary, scenarioArbitrary, scenarioOf } from './scenario.fixture';

test('a scenario that was printed is read as the same scenario', () => {
  fc.assert(
    fc.property(scenarioArbitrary, (scenario) => {
      const read = parseScenarioText(JSON.stringify(printScenario(scenario)));
      expect(read).toEqual({ ok: true, value: scenario });
    }),
    { numRuns: 500 },
  );
});

test('scenarios written in different ways are printed alike', () => {
  fc.assert(
    fc.property(documentArbitrary, (document) => {
      const once = printScenario(scenarioOf(document));
      expect(printScenario(scenarioOf(once))).toEqual(once);
    }),
  );
});

test.each(LIBRARY)('$id survives printing', ({ id }) => {
  const scenario = libraryScenario(id)!;
  expect(scenarioOf(printScenario(scenario))).toEqual(scenario);
});

test('what is as usual is not printed', () => {
  const ops = [
    { op: 'map', as: 'm1', module: 'net', mapType: 1, attrs: 0, ranges: [{ startMPN: '12', numPages: 2 }], pcpu: 0 },
  ];
  expect(printScenario(scenarioOf({ version: 1, title: 'a', config: { pcpus: 4, maxPhyAddr: 46 }, ops }))).toEqual({
    version: 1,
    title: 'a',
    ops: [{ op: 'map', module: 'net', ranges: [{ startMPN: 12, numPages: 2 }] }],
  });
});

test('an empty document is the default machine', () => {
  expect(scenarioOf({ version: 1, ops: [] })).toEqual({
    version: 1,
    title: 'Untitled',
    config: DEFAULT_CONFIG,
    ops: [],
  });
});

test('parts of the machine are printed as short as they can be read', () => {
  const config = {
    pcpus: 2,
    regions: [
      { kind: 'ram', startMPN: 0, pages: '0x4_0000' },
      { kind: 'device', name: 'bar', startMPN: '0xf_0000', pages: 16 },
    ],
    tablePool: { startMPN: 4096, pages: 128 },
    resources: [{ name: 'bar', start: '0xf000_0000', length: 65536, attrs: ['SHAREABLE'] }],
    reservations: [{ name: 'r', module: 'net', resource: 'bar' }],
    control: { 'CR4.PGE': true },
    pat: 'power-on',
    mtrrs: {
      defaultType: 'UC',
      fixed: [{ start: '0xa0000', end: '0xc0000', type: 'WC' }],
      variable: [{ start: '0x0', size: '0x40000000', type: 'WB' }],
    },
    tlb: { l2: { entries: 32, ways: 4 } },
    window: { va: '0x410000000000', pages: '0x100000' },
    alias: false,
    policies: { shootdown: 'lazy', flushCeiling: 8 },
  };
  const printed = printScenario(scenarioOf({ version: 1, title: 'a', config, ops: [] })) as { config: unknown };
  expect(printed.config).toEqual({
    ...config,
    regions: [
      { kind: 'ram', startMPN: 0, pages: '0x40000' },
      { kind: 'device', name: 'bar', startMPN: '0xf0000', pages: 16 },
    ],
    resources: [{ name: 'bar', start: '0xf0000000', length: 65536, attrs: ['SHAREABLE'] }],
  });
});
