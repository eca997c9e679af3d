import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Scenario } from '../scenario';
import { describeMistake, printC, readC, type CReading } from '../scenario/c';
import { LIBRARY, libraryScenario } from '../scenario/library-files';
import { scenarioArbitrary, scenarioOf } from '../scenario/scenario.fixture';
import { follow } from './follow';

/** Nothing in a printed source may ask how a call ended. */
const unasked = () => () => undefined;

function again(scenario: Scenario, answers: Parameters<typeof readC>[1] = unasked): CReading {
  const text = printC(scenario);
  const read = readC(text, answers);
  if (!read.ok) throw new Error(`${describeMistake(read.error)}\n${text}`);
  return read.value;
}

test('what is printed reads as the same scenario', () => {
  fc.assert(
    fc.property(scenarioArbitrary, (scenario) => {
      expect(again(scenario).scenario).toEqual(scenario);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test.each(LIBRARY.map(({ id }) => id))('%s of the library is printed and read', (id) => {
  const scenario = libraryScenario(id)!;
  expect(again(scenario, follow).scenario).toEqual(scenario);
});

test('large scenarios are printed and read, too', () => {
  const pages = { op: 'map', module: 'net', ranges: [{ startMPN: 1, numPages: 1 }] };
  const many = Array.from({ length: 5_000 }, (_, i) => [pages, { op: 'unmap', at: `m${i + 1}` }]).flat();
  const wide = Array.from({ length: 15 }, () => ({ ...pages, ranges: [{ startMPN: 0, numPages: 2, count: 4096 }] }));
  for (const ops of [many, wide]) {
    const scenario = scenarioOf({ version: 1, ops });
    expect(again(scenario).scenario.ops).toEqual(scenario.ops);
  }
});

test('thousands of names that C would write alike are told apart', () => {
  const nameOf = (i: number): string => `m${i.toString(2).padStart(13, '0').replaceAll('0', '.').replaceAll('1', '-')}`;
  const ops = Array.from({ length: 8_000 }, (_, i) => ({ op: 'map', as: nameOf(i), module: 'net', ranges: [] }));
  const scenario = scenarioOf({ version: 1, ops });
  expect(again(scenario).scenario.ops).toEqual(scenario.ops);
});

test.each(['a\rb', 'a\r\nb', '\rb'])('the note %j comes back', (note) => {
  const scenario = scenarioOf({
    version: 1,
    ops: [
      { op: 'unmap', at: 1, note },
      { op: 'sync', note },
    ],
  });
  expect(again(scenario).scenario).toEqual(scenario);
});

const scenario = scenarioOf({
  version: 1,
  title: 'Print me */ twice',
  note: 'About it.',
  config: { pcpus: 2 },
  ops: [
    {
      op: 'map',
      as: 'va',
      module: 'net',
      attrs: ['READWRITE', 'MIGHTCHANGE'],
      ranges: [{ startMPN: 6, numPages: 15 }],
      note: 'The first.',
    },
    { op: 'access', at: 'va+0xe000', kind: 'write', pcpu: 1 },
    { op: 'change', at: 'va', attrs: ['EXECUTABLE'] },
    { op: 'sync' },
    { op: 'unmap', at: 'va', context: 'interrupt', note: 'Not */ here,\nand not there.' },
    {
      op: 'map',
      as: 'm.1',
      module: 7,
      mapType: 'DEVICE',
      ranges: [{ startMPN: 16, numPages: 1, count: 3, stride: 2 }],
      note: 'Two\n\nlines.',
    },
    { op: 'va2ma', at: 'm.1+0x10' },
    { op: 'unmap', at: '0xffff_8000_0000_0000' },
  ],
});

test('this is how it looks', () => {
  expect(again(scenario).scenario).toEqual(scenario);
  expect(printC(scenario)).toMatchInlineSnapshot(`
    "/*@ scenario {"title":"Print me *\\/ twice","note":"About it.","config":{"pcpus":2}} */
    #include "vmkapi.h"

    static vmk_MpnRange ranges[3];

    void
    scenario(vmk_ModuleID net)
    {
       vmk_MapRequest request;
       vmk_VA va;
       vmk_VA m_1;
       VMK_ReturnStatus vaStatus;
       VMK_ReturnStatus m_1Status;
       vmk_MA ma;
       vmk_uint32 i;

       ranges[0].startMPN = 6;
       ranges[0].numPages = 15;
       request.mapType = VMK_MAPTYPE_DEFAULT;
       request.mapAttrs = VMK_MAPATTRS_READWRITE | VMK_MAPATTRS_MIGHTCHANGE;
       request.numElements = 1;
       request.mpnRanges = ranges;
       request.reservation = NULL;
       /* The first. */
       vaStatus = vmk_Map(net, &request, &va);
       /*@ write va+0xe000 pcpu=1 */
       if (vaStatus == VMK_OK) { /*@ always */
          vmk_MapChangeAttributes(va, VMK_MAPATTRS_EXECUTABLE);
       }
       /*@ sync */
       if (vaStatus == VMK_OK) { /*@ always */
          /*@ with {"context":"interrupt","note":"Not *\\/ here,\\nand not there."} */
          vmk_Unmap(va);
       }
       for (i = 0; i < 3; i++) {
          ranges[0 + i].startMPN = 16 + (vmk_MPN)i * 2;
          ranges[0 + i].numPages = 1;
       }
       request.mapType = VMK_MAPTYPE_DEVICE;
       request.mapAttrs = VMK_MAPATTRS_READONLY;
       request.numElements = 3;
       request.mpnRanges = ranges;
       request.reservation = NULL;
       /*
        * Two
        *
        * lines.
        */
       /*@ with {"as":"m.1","ranges":[{"startMPN":16,"numPages":1,"count":3,"stride":2}]} */
       m_1Status = vmk_Map(7, &request, &m_1);
       if (m_1Status == VMK_OK) { /*@ always */
          vmk_VA2MA(m_1 + 0x10, 4096, &ma);
       }
       vmk_Unmap(0xffff800000000000);
    }
    "
  `);
});
