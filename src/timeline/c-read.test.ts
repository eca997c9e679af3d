import { readFileSync } from 'node:fs';
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

test.each([
  ['as they stand in the comment', (line: string) => ` * ${line}`],
  ['marked from behind the first star', (line: string, i: number) => (i === 0 ? line : ` * ${line}`)],
  ['with the commands around them', (line: string, i: number) => (i === 0 ? ` * \\code\n * ${line}` : ` * ${line}`)],
])("the header's examples, %s", (_, copied) => {
  for (const example of [EXAMPLE_1, EXAMPLE_2]) {
    const plain = reading(example);
    const { scenario, remarks } = reading(example.trimEnd().split('\n').map(copied).join('\n'));
    expect(scenario).toEqual(plain.scenario);
    expect(remarks[0].says).toBe('The stars of the comment that this was copied from are left out.');
    expect(remarks.slice(1).map(({ says }) => says)).toEqual(plain.remarks.map(({ says }) => says));
  }
});

test('structs are assigned whole, and the module of the source may be named in the ways of drivers', () => {
  const source = `vmk_MpnRange a = {6, 2}, b, c = a; vmk_MapRequest q = {1, 1, 1, &b, NULL}, p; vmk_VA va;
    b = a; a.startMPN = 99; p = q;
    vmk_Map(vmk_ModuleCurrentID, &p, &va);
    p.mpnRanges = &c;
    vmk_Map(storage, &p, &va);`;
  const { scenario, remarks } = reading(source);
  expect(scenario.ops.map(short)).toEqual(['map va 0x6x2 RW', 'map va_2 0x6x2 RW']);
  expect(scenario.ops.map((op) => op.op === 'map' && op.module)).toEqual(['net', 'storage']);
  expect(remarks.map(({ says }) => says)).toEqual([
    'vmk_ModuleCurrentID stands for the module net.',
    'storage is declared nowhere; it is taken as the module of that name.',
  ]);
});

test('a star that C has itself is left alone', () => {
  const read = readC('vmk_VA va;\n*va = 1;\nvmk_Unmap(va);', follow);
  expect(read.ok ? 'read' : read.error.line).toBe(2);
  expect(shortly('vmk_uint64 size = 2\n * 4096; vmk_Unmap(size);')).toEqual(['unmap 0x2000']);
});

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

test('what else drivers write', () => {
  const source = `
static VMK_ReturnStatus fill(vmk_MpnRange *, vmk_uint32);
static vmk_MapRequest *prepare(vmk_MapRequest *request, vmk_MpnRange ranges[], const vmk_uint32 count)
{
   request->mapType = VMK_MAPTYPE_DEFAULT, request->mapAttrs = 0;
   (*request).numElements = count;
   request->mpnRanges = &ranges[0];
   return request;
}
static VMK_ReturnStatus fill(vmk_MpnRange *ranges, vmk_uint32 count)
{
   vmk_MpnRange *end = ranges + count;
   vmk_MPN mpn = 0x100;

   do {
      *&ranges->startMPN = mpn;
      (ranges++)->numPages = 2;
      mpn += 2;
   } while (ranges != end);
   return count > 8 ? VMK_BAD_PARAM : VMK_OK;
}
VMK_ReturnStatus init(vmk_ModuleID module)
{
   vmk_MpnRange ranges[4];
   vmk_MapRequest request;
   vmk_VA va[2] = { 0 };
   VMK_ReturnStatus status = fill(ranges, sizeof ranges / sizeof ranges[0]);

   if (status != VMK_OK) {
      return status;
   } else if ((status = vmk_Map(module, prepare(&request, ranges, 4), &va[1])) != VMK_OK || !va[1]) {
      return status;
   }
   for (int i = 0; ; ++i) {
      if (!va[i]) continue;
      (void)vmk_Unmap(va[i]);
      break;
   }
   return VMK_OK;
}`;
  const { scenario, remarks } = reading(source);
  expect(scenario.ops.map(short)).toEqual(['map va_1 0x100x2,0x102x2,0x104x2,0x106x2 RO', 'unmap va_1']);
  expect(remarks.map(({ line, column, says }) => `${line}:${column} ${says}`)).toEqual([
    '31:41 reservation is not set; without VMK_MAPTYPE_DEVICE nobody looks at it.',
    '31:33 module stands for the module net.',
  ]);
});

test('a thousand calls are followed', () => {
  const source = `void f(vmk_ModuleID net) {
    vmk_MpnRange r = {16, 4}; vmk_MapRequest q = {1, 1, 1, &r, NULL}; vmk_VA va; int i;
    for (i = 0; i < 500; i++) { r.startMPN += 4; if (vmk_Map(net, &q, &va) == VMK_OK) vmk_Unmap(va); }
  }`;
  expect(shortly(source)).toHaveLength(1000);
});

test('the example of docs/c.md comes to what the page says', () => {
  const page = readFileSync(new URL('../../docs/c.md', import.meta.url), 'utf8');
  const [, source] = /```c\n([^]*?)```/.exec(page)!;
  expect(shortly(source)).toEqual([
    'map regs 0xfea00x2 RW|UC "The registers of the controller."',
    'access regs+0x1c',
    'unmap regs',
  ]);
});

test('an operation in a comment is a line of a script, or JSON as before', () => {
  const ops = ['/*@ write 0x1000 value=7 pcpu=1 # Why. */', '/*@ {"op":"access","kind":"write","at":"0x1000"} */'];
  expect(reading(ops.join('\n')).scenario.ops).toEqual([
    expect.objectContaining({ op: 'access', kind: 'write', value: 7n, pcpu: 1, note: 'Why.' }),
    expect.objectContaining({ op: 'access', kind: 'write', pcpu: 0 }),
  ]);
});
