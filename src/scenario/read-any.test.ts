import { expect, test } from 'vitest';
import { describeProblems } from '.';
import { readAny } from './read-any';

/** Nothing here asks how a call ended. */
const follow = () => () => undefined;

const said = (text: string, name = ''): string => {
  const read = readAny(text, name, follow);
  return read.ok ? read.value.scenario.title : describeProblems(read.error);
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
  ['/*@ scenario {"title": "d"} */\nvmk_VA va;', 'a.c', 'd'],
  ['/*@ scenario {"title": "d"} */\nvmk_VA va;', 'a.txt', 'd'],
  ['# vmk_Map(x);\ntitle b', 'a.pagescope', 'b'],
  ['int x', 'a.c', 'line 1, column 6 is the end of the text'],
  ['{ vmk_Unmap(1); }', 'a.c', 'C source'],
  ['{ vmk_Unmap(1); }', 'a.H', 'C source'],
  ['{"version": 1, "title": "a", "ops": []}', 'a.pagescope', 'line 1, column 1 is JSON: must be a script'],
  ['{"version": 1, "title": "a", "ops": []}', 'c', 'a'],
  ['\uFEFF * vmk_VA va;\n * vmk_Unmap(1);', 'a.c', 'C source'],
  ['\uFEFFtitle b', 'a.txt', 'b'],
  ['\uFEFF{"version": 1, "title": "a", "ops": []}', 'a.json', 'a'],
  ['tilte b', 'a.txt', 'did you mean "title"?'],
])('%j as %s', (text, name, message) => {
  expect(said(text, name)).toContain(message);
});
