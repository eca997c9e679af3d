import { describe, expect, test } from 'vitest';
import type { Scenario } from '../scenario';
import { ACTS, EXAMPLE_DRAFT, fitted, MAX_RANGES, type Draft, type Target } from './draft';
import { keptDraft, printDraft } from './kept-draft';
import { rangesOf, readDraft } from './read-draft';

const target: Target = { pcpus: 4, name: 'm1', mapping: { mapping: 'm0', offset: 0n }, address: { va: 0x1234n } };
const withRange = (startMPN: string, numPages: string): Draft => ({
  ...EXAMPLE_DRAFT,
  ranges: [{ startMPN, numPages }],
});

describe('the request form', () => {
  test('reads the header’s Example 2', () => {
    expect(readDraft(EXAMPLE_DRAFT, 'map', target)).toEqual({
      op: {
        op: 'map',
        as: 'm1',
        pcpu: 0,
        context: 'world',
        module: 'net',
        mapType: 1,
        attrs: 17n,
        ranges: [
          { startMPN: 6n, numPages: 15 },
          { startMPN: 42n, numPages: 9 },
        ],
      },
    });
  });

  test('keeps a wrong value that the call itself must refuse', () => {
    expect(readDraft(withRange('0xffffffffffffffff', '0'), 'map', target)).toMatchObject({
      op: { ranges: [{ startMPN: 0xffff_ffff_ffff_ffffn, numPages: 0 }] },
    });
  });

  test.each([
    ['', '1', 'mpnRanges[0].startMPN', 'is empty'],
    ['six', '1', 'mpnRanges[0].startMPN', 'is not a number'],
    ['6', '0x100000000', 'mpnRanges[0].numPages', 'too large'],
  ])('refuses "%s" "%s" and says where', (start, pages, field, says) => {
    const reading = readDraft(withRange(start, pages), 'map', target);
    expect(reading.problems?.[field]).toContain(says);
  });

  test('changes and unmaps the selected mapping, and needs one', () => {
    expect(readDraft(EXAMPLE_DRAFT, 'unmap', target)).toMatchObject({ op: { op: 'unmap', at: { mapping: 'm0' } } });
    expect(readDraft(EXAMPLE_DRAFT, 'change', target)).toMatchObject({ op: { op: 'change', attrs: 17n } });
    expect(readDraft(EXAMPLE_DRAFT, 'unmap', { ...target, mapping: undefined })).toHaveProperty('problems.mapping');
  });

  test('accesses the selected address', () => {
    expect(readDraft(EXAMPLE_DRAFT, 'access', target)).toMatchObject({
      op: { op: 'access', at: { va: 0x1234n }, count: 24 },
    });
    const none = { ...EXAMPLE_DRAFT, access: { ...EXAMPLE_DRAFT.access, count: '0' } };
    expect(readDraft(none, 'access', target)).toHaveProperty('problems.count');
  });

  test('refuses a PCPU that is not there', () => {
    const far = { ...EXAMPLE_DRAFT, pcpu: 4, access: { ...EXAMPLE_DRAFT.access, pcpu: 4 } };
    for (const act of ACTS) expect(readDraft(far, act, target)).toHaveProperty('problems.pcpu');
  });

  test('each field keeps what is wrong with it beside what is wrong with the others', () => {
    const wrong = { ...withRange('', 'x'), pcpu: 9, raw: { module: 'y', mapType: '', attrs: 'z' } };
    expect(Object.keys(readDraft(wrong, 'map', target).problems ?? {}).toSorted()).toEqual(
      ['attrs', 'module', 'mpnRanges[0].numPages', 'mpnRanges[0].startMPN', 'pcpu'].toSorted(),
    );
    const access = { ...EXAMPLE_DRAFT.access, pcpu: 9, count: '0', stride: 'x' };
    expect(Object.keys(readDraft({ ...EXAMPLE_DRAFT, access }, 'access', target).problems ?? {}).toSorted()).toEqual([
      'count',
      'pcpu',
      'stride',
    ]);
  });

  test.each([
    ['6 15', '6', '15'],
    ['42, 9', '42', '9'],
    ['0x10\t1 024', '0x10', '1 024'],
    ['7;1', '7', '1'],
    ['1 048 576', '1 048 576', ''],
    ['0x4400 0000 0000', '0x4400 0000 0000', ''],
  ])('takes the line "%s"', (line, startMPN, numPages) => {
    expect(rangesOf(line)).toEqual({ rows: [{ startMPN, numPages }], left: '' });
  });

  test('says which lines it leaves out', () => {
    const { rows, left } = rangesOf('6 15 # two\r\n\n1,2,3\nnothing\n42 9\n7 1\n8 1', 2);
    expect(rows.map(({ startMPN }) => startMPN)).toEqual(['42', '7']);
    expect(left).toBe('Lines left out: 3 not of one or two numbers, 1 too many.');
    expect(rangesOf('1 1\n'.repeat(5000)).rows).toHaveLength(MAX_RANGES);
    expect(rangesOf(`6,${' '.repeat(300_000)},7`).rows).toEqual([]);
  });
});

describe('what an earlier visit left in the form', () => {
  const kept = (change: object): Draft | undefined => keptDraft(JSON.stringify({ ...EXAMPLE_DRAFT, ...change }));

  test('is read as it was written', () => {
    expect(keptDraft(printDraft(EXAMPLE_DRAFT))).toEqual(EXAMPLE_DRAFT);
    expect(keptDraft('{')).toBeUndefined();
  });

  test.each([-7, 1.5, 1e9, '1', null])('has no PCPU %s', (pcpu) => {
    expect(kept({ pcpu, access: { ...EXAMPLE_DRAFT.access, pcpu } })).toEqual(EXAMPLE_DRAFT);
  });

  test('has values from their lists, and as many ranges as the form holds', () => {
    const range = { startMPN: '1', numPages: '2' };
    const wrong = {
      context: 'moon',
      mapType: 7,
      access: { kind: 'burn' },
      ranges: Array.from({ length: 300 }, () => range),
    };
    expect(kept(wrong)).toEqual({ ...EXAMPLE_DRAFT, ranges: Array.from({ length: MAX_RANGES }, () => range) });
  });
});

describe('a form that another machine is put under', () => {
  const config = { pcpus: 2, modules: ['disk'], reservations: [{ name: 'bar' }] };
  const ops = [
    { op: 'load', pcpu: 0, module: 'net' },
    { op: 'reserve', pcpu: 0, as: 'r1', module: 'disk', resource: 'x' },
    { op: 'release', pcpu: 0, reservation: 'bar' },
  ];
  const under = (change: Partial<Draft>, begun: number): Draft =>
    fitted({ ...EXAMPLE_DRAFT, ...change }, { config, ops } as unknown as Scenario, begun);

  test('keeps to its PCPUs, and to what is typed', () => {
    const access = { ...EXAMPLE_DRAFT.access, pcpu: 3 };
    const fit = under({ pcpu: 3, access }, 3);
    expect(fit).toEqual({ ...EXAMPLE_DRAFT, pcpu: 1, access: { ...access, pcpu: 1 } });
  });

  test('has no module or reservation that is not there yet, or any more', () => {
    expect([under({}, 0).module, under({}, 1).module]).toEqual(['disk', 'net']);
    const reservations = (name: string) => [0, 1, 2, 3].map((begun) => under({ reservation: name }, begun).reservation);
    expect(reservations('r1')).toEqual(['', '', 'r1', 'r1']);
    expect(reservations('bar')).toEqual(['bar', 'bar', 'bar', '']);
  });
});
