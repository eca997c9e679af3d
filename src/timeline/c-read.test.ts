import { expect, test } from 'vitest';
import type { Op } from '../machine/op';
import { describeMistake, readC, type CReading } from '../scenario/c';
import { printAddress } from '../scenario/address';
import { libraryScenario } from '../scenario/library-files';
import { DRIVERS, EXAMPLE_1, EXAMPLE_2 } from './c-examples.fixture';
import { follow } from './follow';

function reading(source: string): CReading {
  const read = readC(source, follow);
  if (!read.ok) throw new Error(describeMistake(read.error));
  return read.value;
}

const ATTRS = ['RW', 'X', 'WC', 'UC', 'MC'];
const attrsOf = (attrs: bigint): string => ATTRS.filter((_, i) => attrs & (1n << BigInt(i))).join('|') || 'RO';

/** An operation in a few letters. */
function short(op: Op): string {
  const note = op.note === undefined ? '' : ` "${op.note}"`;
  const at = 'at' in op && op.at ? ` ${printAddress(op.at)}` : '';
  if (op.op === 'map') {
    const ranges =
      op.ranges.map(({ startMPN, numPages }) => `0x${startMPN.toString(16)}x${numPages}`).join() || 'nothing';
    return `map ${op.as} ${ranges} ${attrsOf(op.attrs)}${op.reservation ? ` ${op.reservation}` : ''}${note}`;
  }
  const more = op.op === 'change' ? ` ${attrsOf(op.attrs)}` : op.op === 'va2ma' ? ` ${op.length}` : '';
  return `${op.op}${at}${more}${note}`;
}

const shortly = (source: string): string[] => reading(source).scenario.ops.map(short);

test("the header's first example", () => {
  const { scenario, remarks } = reading(EXAMPLE_1);
  expect(scenario.ops.map(short)).toEqual(['map va 0xcx2 RO', 'unmap va']);
  expect(scenario.ops).toEqual(libraryScenario('example-1')!.ops.filter(({ op }) => op === 'map' || op === 'unmap'));
  expect(remarks.map(({ says }) => says)).toEqual([
    '<myModuleID> stands for the module net.',
    'status is declared nowhere; it is taken as a VMK_ReturnStatus.',
  ]);
});

test("the header's second example", () => {
  const calls = new Set(['map', 'change', 'unmap']);
  expect(reading(EXAMPLE_2).scenario.ops).toEqual(libraryScenario('example-2')!.ops.filter(({ op }) => calls.has(op)));
});

test.each(DRIVERS)('$name', ({ source, ops }) => {
  expect(shortly(source)).toEqual(ops);
});

test('a thousand calls are read in under two seconds', () => {
  const source = `void f(vmk_ModuleID net) {
    vmk_MpnRange r = {16, 4}; vmk_MapRequest q = {1, 1, 1, &r, NULL}; vmk_VA va; int i;
    for (i = 0; i < 500; i++) { r.startMPN += 4; if (vmk_Map(net, &q, &va) == VMK_OK) vmk_Unmap(va); }
  }`;
  // Time of this process alone: others may be at work beside it.
  const before = process.cpuUsage();
  expect(shortly(source)).toHaveLength(1000);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
});
