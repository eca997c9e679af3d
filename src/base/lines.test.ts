import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hunksOf, lineAcross, linesIn, merged } from './lines';

const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

test('hunks turn one text into the other', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [old, now] = [linesIn(a), linesIn(b)];
      const out = hunksOf(old, now)
        .toReversed()
        .reduce<readonly string[]>(
          (lines, { from, to, lines: put }) => [...lines.slice(0, from), ...put, ...lines.slice(to)],
          old,
        );
      expect(out).toEqual(now);
    }),
  );
});

test('a change of one side only is that change', () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(merged(a, b, a)).toEqual({ text: b, clash: false });
      expect(merged(a, a, b)).toEqual({ text: b, clash: false });
      expect(merged(a, b, b)).toEqual({ text: b, clash: false });
    }),
  );
});

test('changes of both sides come together where they are apart', () => {
  expect(merged('1\n2\n3\n4\n', '1\n2\n3 typ\n4\n', '1\n2\n2b\n3\n4\n')).toEqual({
    text: '1\n2\n2b\n3 typ\n4\n',
    clash: false,
  });
  expect(merged('1\n2\n', '1\n2\nty\n', '1\n2\nnew\n')).toEqual({ text: '1\n2\nnew\nty\n', clash: false });
  expect(merged('1\n2\n3\n4\n5', '1 \n2\n3\n4\n5 ', '1\n2\n3!\n4\n5').text).toBe('1 \n2\n3!\n4\n5 ');
});

test('where both changed the same line, what is typed stays', () => {
  expect(merged('1\n2\n3', '1\nmine\n3', '1\ntheirs\n3\n4')).toEqual({ text: '1\nmine\n3\n4', clash: true });
});

test('a line is found again in a text that differs in one place', () => {
  const [a, b] = [linesIn('1\n2\n3\n4'), linesIn('1\nx\ny\nz\n4')];
  expect([0, 1, 2, 3].map((line) => lineAcross(a, b, line))).toEqual([0, 1, 2, 4]);
  expect([0, 1, 2, 3, 4].map((line) => lineAcross(b, a, line))).toEqual([0, 1, 2, 2, 3]);
  expect(lineAcross(linesIn('a'), linesIn('b'), 0)).toBe(0);
});
