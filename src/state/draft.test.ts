import { describe, expect, test } from 'vitest';
import { EXAMPLE_DRAFT, rangesOf, readDraft, type Draft, type Target } from './draft';

const target: Target = { name: 'm1', mapping: { mapping: 'm0', offset: 0n }, address: { va: 0x1234n } };
const withRange = (startMPN: string, numPages: string): Draft => ({
  ...EXAMPLE_DRAFT,
  ranges: [{ key: 1, startMPN, numPages }],
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
    expect('problems' in reading && reading.problems[field]).toContain(says);
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

  test('takes ranges as lines', () => {
    expect(rangesOf('6 15\n42, 9\n\n  0x10\t2 # two\nnothing', 5)).toEqual([
      { key: 5, startMPN: '6', numPages: '15' },
      { key: 6, startMPN: '42', numPages: '9' },
      { key: 7, startMPN: '0x10', numPages: '2' },
    ]);
  });
});
