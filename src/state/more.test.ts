import { describe, expect, test } from 'vitest';
import { libraryScenario } from '../scenario/library-files';
import { parseScenario, printScenario } from '../scenario';
import { INVALIDATE_ACTS, OTHER_ACTS, type InvalidateAct, type OtherAct } from '../machine/act-text';
import { EXAMPLE_DRAFT, type Draft, type MoreDraft, type Target } from './draft';
import { inserted, namesAt } from './insert';
import { keptDraft, printDraft } from './kept-draft';
import { readDraft } from './read-draft';
import { invalidateAct, otherAct, readMore } from './more';

const example = libraryScenario('example-2')!;
const at = { pcpus: 4, address: { va: 0x4400_0000_0000n } };
const draft: MoreDraft = {
  ...EXAMPLE_DRAFT.more,
  pcpu: 2,
  pcid: '7',
  name: 'extra',
  resource: 'nic',
  reservation: 'r',
};
const read = (act: InvalidateAct | OtherAct, change: Partial<MoreDraft> = {}) =>
  readMore(act, { ...draft, ...change }, example, at);

describe('the acts beside Access', () => {
  test.each([
    ['invlpg', { op: 'invalidate', how: 'invlpg', at: at.address }],
    ['invpcid0', { op: 'invalidate', how: 'invpcid', type: 0, pcid: 7, at: at.address }],
    ['invpcid1', { op: 'invalidate', how: 'invpcid', type: 1, pcid: 7 }],
    ['invpcid2', { op: 'invalidate', how: 'invpcid', type: 2 }],
    ['invpcid3', { op: 'invalidate', how: 'invpcid', type: 3 }],
    ['cr3', { op: 'invalidate', how: 'cr3', pcid: 7, keep: false }],
    ['pge', { op: 'invalidate', how: 'pge' }],
    ['mask', { op: 'mask', masked: true }],
    ['unmask', { op: 'mask', masked: false }],
    ['flush', { op: 'flush' }],
    ['va2ma', { op: 'va2ma', at: at.address, length: 4096n }],
    ['load', { op: 'load', module: 'extra' }],
    ['unload', { op: 'unload', module: 'net' }],
    ['register', { op: 'register', resource: 'extra', start: 0xfea0_0000n, length: 4096n, attrs: [] }],
    ['reserve', { op: 'reserve', as: 'nic-1', module: 'net', resource: 'nic' }],
    ['release', { op: 'release', reservation: 'r' }],
  ] as const)('%s', (act, op) => expect(read(act)).toMatchObject({ op: { ...op, pcpu: 2 } }));

  test('waiting needs no PCPU', () => expect(read('sync')).toEqual({ op: { op: 'sync' } }));

  test.each([...Object.keys(INVALIDATE_ACTS), ...Object.keys(OTHER_ACTS)].filter((act) => act !== 'release'))(
    '%s can stand in a document',
    (act) => {
      const reading = read(act as OtherAct);
      if (!('op' in reading)) throw new Error('no operation');
      const { document } = inserted(example, example.ops.length, [reading.op]);
      expect(parseScenario(printScenario(document))).toEqual({ ok: true, value: document });
    },
  );

  test.each([
    ['cr3', { pcid: '4096' }, 'pcid', 'too large'],
    ['invpcid1', { pcid: 'x' }, 'pcid', 'is not a number'],
    ['load', { name: '6x' }, 'name', 'a letter or _'],
    ['load', { name: 'a'.repeat(32) }, 'name', 'at most 31'],
    ['register', { name: '' }, 'name', 'is empty'],
    ['reserve', { resource: '' }, 'resource', 'is not chosen'],
    ['va2ma', { length: '-1' }, 'length', 'is not a number'],
    ['pge', { pcpu: 9 }, 'pcpu', 'the last one is 3'],
  ] as const)('%s with %j is refused', (act, change, field, says) => {
    expect(read(act, change).problems?.[field]).toContain(says);
  });

  test('a name that is no act gives way to the first', () => {
    expect(invalidateAct({ ...draft, invalidate: 'toString' })).toBe('invlpg');
    expect(otherAct({ ...draft, other: 'gone' })).toBe('va2ma');
  });

  test('only what earlier operations give can be named', () => {
    const ops = [
      { op: 'load', pcpu: 0, module: 'late' },
      { op: 'register', pcpu: 0, resource: 'bar', start: 0n, length: 1n, attrs: [] },
      { op: 'reserve', pcpu: 0, as: 'r1', module: 'net', resource: 'bar' },
    ] as const;
    const document = { ...example, ops };
    expect(namesAt(document, 0).modules).not.toContain('late');
    expect(namesAt(document, 3)).toMatchObject({ reservations: ['r1'] });
    expect(namesAt(document, 2).resources).toContain('bar');
  });
});

describe('raw values of a request', () => {
  const target: Target = { pcpus: 4, name: 'm1', mapping: { mapping: 'm0', offset: 0n }, address: { va: 0n } };
  const raw = (change: Partial<Draft['raw']>): Draft => ({
    ...EXAMPLE_DRAFT,
    raw: { ...EXAMPLE_DRAFT.raw, ...change },
  });

  test('stand in place of what is chosen', () => {
    expect(readDraft(raw({ module: '0x63', mapType: '9', attrs: '0x20' }), 'map', target)).toMatchObject({
      op: { module: 99, mapType: 9, attrs: 0x31n },
    });
    expect(readDraft(raw({ attrs: '0x8000_0000_0000_0000' }), 'change', target)).toMatchObject({
      op: { op: 'change', attrs: 0x8000_0000_0000_0011n },
    });
  });

  test.each([
    ['module', '0x1_0000_0000', 'too large'],
    ['mapType', 'device', 'is not a number'],
    ['attrs', '0x1_0000_0000_0000_0000', 'too large'],
  ] as const)('%s "%s" is refused', (field, text, says) => {
    expect(readDraft(raw({ [field]: text }), 'map', target).problems?.[field]).toContain(says);
  });

  test('a write stores a value, a read none', () => {
    const writing = (kind: 'read' | 'write', value: string): Draft => ({
      ...EXAMPLE_DRAFT,
      access: { ...EXAMPLE_DRAFT.access, kind, value, ac: true },
    });
    expect(readDraft(writing('write', '0x2a'), 'access', target)).toMatchObject({ op: { value: 42n, ac: true } });
    expect(readDraft(writing('write', ''), 'access', target)).not.toHaveProperty('op.value');
    expect(readDraft(writing('read', 'x'), 'access', target)).not.toHaveProperty('op.value');
    expect(readDraft(writing('write', 'x'), 'access', target).problems?.['value']).toContain('is not a number');
  });

  test('are kept, with all else that is typed', () => {
    const typed: Draft = {
      ...raw({ module: 'x', attrs: '0x20' }),
      access: { ...EXAMPLE_DRAFT.access, ac: true, value: 'q' },
      more: { ...draft, invalidate: 'cr3', keep: true },
    };
    expect(keptDraft(printDraft(typed))).toEqual(typed);
    const damaged = { ...typed, raw: 7, more: { pcpu: 999, keep: 'yes', pcid: '3' } };
    expect(keptDraft(JSON.stringify(damaged))).toMatchObject({
      raw: EXAMPLE_DRAFT.raw,
      more: { ...EXAMPLE_DRAFT.more, pcid: '3' },
    });
  });
});
