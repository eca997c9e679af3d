import { expect, test } from 'vitest';
import { describeProblems } from '.';
import { readAny } from './read-any';

const said = (text: string, name?: string): string => {
  const read = readAny(text, name);
  return read.ok ? read.value.title : describeProblems(read.error);
};

test.each([
  ['{"version": 1, "title": "a", "ops": []}', 'a.json', 'a'],
  ['{"version": 1, "title": "a", "ops": []}', 'a.txt', 'a'],
  ['\uFEFF {"version": 1, "title": "a", "ops": []}', undefined, 'a'],
  ['title b\nsync', 'a.pagescope', 'b'],
  ['title b\nsync', 'a', 'b'],
  ['# c\ntitle b', undefined, 'b'],
  ['title b', 'A.JSON', 'line 1, column 1 is "title": must be a value'],
  ['', 'a.json', 'line 1, column 1 is the end of the text: must be a value'],
  ['{"version": 1', 'a.txt', 'line 1, column 14 is the end of the text'],
  ['tilte b', 'a.txt', 'did you mean "title"?'],
])('%j as %s', (text, name, message) => {
  expect(said(text, name)).toContain(message);
});
