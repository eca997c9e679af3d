import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { CSource, type CSourceProps } from './c-source';
import { piecesOf } from './pieces';
import { changeOf, offsetOf, placeOf, widthOf } from './place';
import { Script, type ScriptProps } from './script';

const nothing = (): void => undefined;
const mark = { line: 2, column: 1, end: 5, says: '"frob": must be an operation' };

const script = (more: Partial<ScriptProps> = {}): string =>
  renderToStaticMarkup(
    <Script
      text={'title A\nfrob\nsync\n'}
      waiting={false}
      marks={[]}
      count={0}
      elsewhere={undefined}
      clash={false}
      ops={1}
      current={3}
      paint={() => () => [{ from: 0, to: 4, kind: 'word' }]}
      complete={() => []}
      onText={nothing}
      onLine={nothing}
      onRestore={nothing}
      {...more}
    />,
  );

const source = (more: Partial<CSourceProps> = {}): string =>
  renderToStaticMarkup(
    <CSource
      text="vmk_Unmap(va);"
      typed
      busy={false}
      isOpen={false}
      mistake={undefined}
      remarks={[]}
      ops={2}
      trouble={undefined}
      paint={() => () => []}
      onText={nothing}
      onUse={() => Promise.resolve(true)}
      onRestore={nothing}
      {...more}
    />,
  );

describe('the script', () => {
  test('has its text, its colours, and the line of the present operation marked', () => {
    const html = script();
    expect(html).toContain('aria-label="Script"');
    expect(html).toContain('aria-label="Present operation, line 3"');
    expect(html).toContain('<span class="as-word">sync</span>');
    expect(html).toContain('In step with the scenario: 1 operation.');
    expect(html).not.toContain('Discard');
  });

  test('says where it is wrong, in the margin, in the line and in a list', () => {
    const html = script({ waiting: true, marks: [mark], count: 3 });
    expect(html).toContain('aria-label="Mistake in line 2"');
    expect(html).toContain('<span class="as-word mistaken">frob</span>');
    expect(html).toContain('Not applied yet: 3 mistakes.');
    expect(html).toContain('and 2 more');
    expect(html).toContain('aria-invalid="true"');
    expect(script({ waiting: true, count: 1, elsewhere: 'C goes elsewhere.' })).toContain(
      '1 mistake. C goes elsewhere.',
    );
    expect(script({ waiting: true, count: 1, clash: true })).toContain('changed elsewhere in the same lines');
  });

  test('of a large one only what is in view is there', () => {
    const html = script({ text: 'sync\n'.repeat(10_000) });
    expect(html.match(/editor-line"/g)!.length).toBeLessThan(100);
  });
});

describe('the source', () => {
  test.each<[string, Partial<CSourceProps>]>([
    ['This is the scenario as C.', { typed: false }],
    ['Reading …', { busy: true, ops: undefined }],
    ['Understood: 2 operations, 1 remark.', { remarks: [mark] }],
    ['Not understood: 1 mistake.', { mistake: mark }],
    ['could not be played. Why.', { trouble: 'Why.' }],
  ])('%s', (says, props) => {
    expect(source(props)).toContain(says);
  });

  test('a mistake is pointed at', () => {
    expect(source({ text: 'a\nfrob', mistake: mark })).toMatch(/line 2, column 1.*must be an operation/);
  });
});

describe('places in a text', () => {
  const text = 'ab\n\ncd';

  test('offsets and places are the same thing', () => {
    for (let i = 0; i <= text.length; i++) expect(offsetOf(text, placeOf(text, i))).toBe(i);
    expect(offsetOf(text, { line: 1, column: 9 })).toBe(2);
    expect(offsetOf(text, { line: 9, column: 1 })).toBe(text.length);
  });

  test('what gives way is no more than what differs', () => {
    expect(changeOf('abc', 'abxc')).toEqual({ from: 2, to: 2, put: 'x' });
    expect(changeOf('aaa', 'aa')).toEqual({ from: 2, to: 3, put: '' });
    expect(changeOf('', 'x')).toEqual({ from: 0, to: 0, put: 'x' });
  });

  test('a tab goes to the next stop', () => {
    expect(widthOf('a\tb')).toBe(4);
  });

  test('pieces make up the line', () => {
    const pieces = piecesOf('sync now', [{ from: 0, to: 4, kind: 'word' }], [{ ...mark, column: 6, end: 9 }]);
    expect(pieces.map(({ text: part, kind, wrong }) => [part, kind, wrong])).toEqual([
      ['sync', 'word', false],
      [' ', undefined, false],
      ['now', undefined, true],
    ]);
    expect(piecesOf('', [], [{ ...mark, column: 1, end: 2 }])).toEqual([
      { from: 0, text: ' ', kind: undefined, wrong: true },
    ]);
  });
});
