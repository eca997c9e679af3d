/** What C computes: each expression is the address of an unmap, so that the scenario shows its value. */
import { expect, test } from 'vitest';
import { describeMistake, readC } from '../scenario/c';
import { printAddress } from '../scenario/address';
import { follow } from './follow';

const REQUEST = `
vmk_MpnRange r = {16, 1};
vmk_MapRequest q = {VMK_MAPTYPE_DEFAULT, 0, 1, &r, NULL};
vmk_VA va;`;

function unmapped(source: string): string[] {
  const read = readC(source, follow);
  if (!read.ok) throw new Error(describeMistake(read.error));
  return read.value.scenario.ops.flatMap((op) => (op.op === 'unmap' ? [printAddress(op.at)] : []));
}

test.each([
  ['1 << 31', '0xffffffff80000000'],
  ['1U << 31', '0x80000000'],
  ['1UL << 31', '0x80000000'],
  ['0xffffffff + 1', '0x0'],
  ['0xffffffffUL + 1', '0x100000000'],
  ['4294967295 + 1', '0x100000000'],
  ['2147483647 + 1', '0xffffffff80000000'],
  ['-1', '0xffffffffffffffff'],
  ['-1 > 0U', '0x1'],
  ['-1 > 0', '0x0'],
  ['-1L > 0U', '0x0'],
  ['-7 / 2', '0xfffffffffffffffd'],
  ['-7 % 3', '0xffffffffffffffff'],
  ['-8 >> 1', '0xfffffffffffffffc'],
  ['~0U >> 28', '0xf'],
  ['~0', '0xffffffffffffffff'],
  ['~VMK_PAGE_MASK', '0xfffffffffffff000'],
  ['0x12345 & ~VMK_PAGE_MASK', '0x12000'],
  ['(vmk_uint32)0x123456789', '0x23456789'],
  ['(vmk_int8)0xff', '0xffffffffffffffff'],
  ['(unsigned char)-1', '0xff'],
  ['(vmk_uint16)70000 * 2', '0x22e0'],
  ['052', '0x2a'],
  ['1 + 2 * 3 == 7 && 2 - 1 - 1 == 0', '0x1'],
  ['1 ? 2 : 3 ? 4 : 5', '0x2'],
  ['(1 ? -1 : 0U) >> 4', '0xfffffff'],
  ['-(1 ? 0xffffffffU : 1L)', '0xffffffff00000001'],
  ['sizeof(1 ? 1 : 1UL)', '0x8'],
  ['sizeof(vmk_MapRequest) + sizeof(vmk_MpnRange)', '0x38'],
  ['sizeof(int) * sizeof(unsigned long long)', '0x20'],
  ['vmk_MPN2MA(0x12) + vmk_MA2MPN(0x3fff)', '0x12003'],
  ['vmk_VPN2VA(vmk_VA2VPN(0xffff800000001234))', '0xffff800000001000'],
  ['VMK_PAGE_SIZE << VMK_PAGE_SHIFT', '0x1000000'],
  ['VMK_INVALID_MPN', '0xffffffffffffffff'],
  ['VMK_FAILURE', '0xbad0001'],
  ['VMK_MAPATTRS_READWRITE | VMK_MAPATTRS_MIGHTCHANGE', '0x11'],
  ['0 || !1 || 5 > 4 > 0', '0x1'],
  ['(1, 2)', '0x2'],
])('%s', (expression, value) => {
  expect(unmapped(`vmk_Unmap(${expression});`)).toEqual([value]);
});

test('numPages is 32 bits wide, whatever is stored in it', () => {
  expect(unmapped('vmk_MpnRange r; r.numPages = 0x100000003; vmk_Unmap(r.numPages);')).toEqual(['0x3']);
});

const MAPPED = `
vmk_MpnRange r = {16, 4};
vmk_MapRequest q = {VMK_MAPTYPE_DEFAULT, VMK_MAPATTRS_READWRITE, 1, &r, NULL};
vmk_VA va, other;
vmk_Map(1, &q, &va);
vmk_Map(1, &q, &other);
`;

test.each([
  ['va', 'va'],
  ['va + 0x10', 'va+0x10'],
  ['0x10 + va', 'va+0x10'],
  ['va + 0x1010 - 0x10', 'va+0x1000'],
  ['va - 8', 'va+0xfffffffffffffff8'],
  ['va + 3 * VMK_PAGE_SIZE', 'va+0x3000'],
  ['(va + 0x1234) & ~VMK_PAGE_MASK', 'va+0x1000'],
  ['vmk_VPN2VA(vmk_VA2VPN(va + 0x1234) + 1)', 'va+0x2000'],
  ['(vmk_VA)(void *)va', 'va'],
  ['other - va', '0x4000'],
  ['vmk_VA2VPN(va)', '0x440000000'],
  ['va == other ? va : other', 'other'],
  ['va ? va + 8 : 0', 'va+0x8'],
])('%s stays counted from its mapping', (expression, at) => {
  expect(unmapped(`${MAPPED}vmk_Unmap(${expression});`)).toEqual([at]);
});

test('a failed call leaves the variable as it was', () => {
  expect(unmapped(`${MAPPED}q.numElements = 0; vmk_Map(1, &q, &va); vmk_Unmap(va);`)).toEqual(['va']);
  const never = `${MAPPED}vmk_VA none; q.numElements = 0; vmk_Map(1, &q, &none); vmk_Unmap(none);`;
  expect(unmapped(never)).toEqual(['none']);
  const asked = readC(`${never} if (none) vmk_Unmap(1);`, follow);
  expect(asked.ok ? '' : asked.error.rule).toBe('must have a value: vmk_Map in line 7 gave none (VMK_BAD_PARAM)');
});

test('notes are the comments right above a call', () => {
  const source = `
/* About the variable. */
vmk_VA va = 0x1000;
/*
 * Two lines
 * above.
 */
vmk_Unmap(va); // behind it
// One.
// Two.
vmk_Unmap(va);
vmk_Unmap(va);
/* Not of the call inside. */
{ vmk_Unmap(va); }
`;
  const read = readC(source, follow);
  expect(read.ok ? read.value.scenario.ops.map(({ note }) => note) : read.error).toEqual([
    'Two lines\nabove.',
    'One.\nTwo.',
    undefined,
    undefined,
  ]);
});

test('constants stand for others that are defined later, and know their place', () => {
  expect(unmapped('#define A (B + 1)\n#define B 0x10 /* bytes */\nvmk_Unmap(A * 2);')).toEqual(['0x22']);
});

test('static variables last from call to call', () => {
  const source = `static vmk_VA last;
void next(void) { static int n = 3; n++; last += n; vmk_Unmap(last); }
void run(void) { next(); next(); }`;
  expect(unmapped(source)).toEqual(['0x4', '0x9']);
});

test('a pointer to memory steps over what it points to', () => {
  const source = `vmk_uint32 *w = (vmk_uint32 *)0x1000, *v;
vmk_uint64 *p = (vmk_uint64 *)0x1000;
void *any = (void *)0x1000;
w++;
w += 2;
vmk_Unmap((vmk_VA)w);
v = 4 + w;
vmk_Unmap((vmk_VA)v);
vmk_Unmap(w - v);
vmk_Unmap((vmk_VA)(p + 1 + 1));
vmk_Unmap((vmk_VA)--p);
vmk_Unmap((vmk_VA)(any + 1));
vmk_Unmap(sizeof(*w));`;
  expect(unmapped(source)).toEqual(['0x100c', '0x101c', '0xfffffffffffffffc', '0x1010', '0xff8', '0x1001', '0x4']);
});

test('a pointer into a mapping stays counted from it', () => {
  const source = `${REQUEST}
vmk_uint32 *regs;
vmk_Map(1, &q, &va);
regs = (vmk_uint32 *)va;
vmk_Unmap((vmk_VA)(regs + 7));`;
  expect(unmapped(source)).toEqual(['va+0x1c']);
});

test('the address of a variable is the same each time', () => {
  const source = `vmk_MpnRange r, s;
vmk_MapRequest q = { .mpnRanges = &r };
vmk_Unmap(q.mpnRanges == &r);
vmk_Unmap(q.mpnRanges == &s);
vmk_Unmap(q.mpnRanges != &r);`;
  expect(unmapped(source)).toEqual(['0x1', '0x0', '0x0']);
});

test('a declaration is met again behind a goto', () => {
  expect(unmapped('int n = 0;\nagain: n++;\nint x = n;\nvmk_Unmap(x);\nif (n < 3) goto again;')).toEqual([
    ...['0x1', '0x2', '0x3'],
  ]);
});

test('what a log message is given is worked out where it changes something', () => {
  expect(unmapped('int i = 1;\nvmk_Log("%d %d", i++, i);\nvmk_Unmap(i);')).toEqual(['0x2']);
  expect(unmapped('int f(int n) { vmk_Unmap(n); return n; }\nvoid g(void) { vmk_Log("%d", f(5)); }')).toEqual(['0x5']);
});

test('lines end as on any system, and as C joins them', () => {
  expect(unmapped('\uFEFF#define A \\\r\n   5\r\nvmk_Unmap(A);\r\n')).toEqual(['0x5']);
  expect(unmapped('// one\rvmk_Unmap(1);\r')).toEqual(['0x1']);
  expect(unmapped('// one \\\nvmk_Unmap(1);\nvmk_Unmap(2);')).toEqual(['0x2']);
  expect(unmapped('vmk_Log("a\\\nb");\nvmk_Unmap(1);')).toEqual(['0x1']);
  expect(unmapped('#include "vmkapi.h" /* the\nkernel */\n#define A 1 /* and\n*/ + 2\nvmk_Unmap(A);')).toEqual(['0x3']);
  expect(unmapped('#define GUARD /* of what? */\nvmk_Unmap(1);')).toEqual(['0x1']);
});

test('thousands of calls that store nothing leave a variable as it was', () => {
  const source = `${REQUEST}
vmk_MA ma = 8;
va = 4096;
r.numPages = 0;
for (int i = 0; i < 9000; i++) { vmk_Map(1, &q, &va); vmk_VA2MA(0, 1, &ma); if (va != 4096) vmk_Unmap(1); }
vmk_Unmap(va);
vmk_Unmap(ma);`;
  expect(unmapped(source)).toEqual(['0x1000', '0x8']);
});
