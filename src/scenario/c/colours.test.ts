import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cColours } from './colours';

/** `if:word vmk_Unmap:name`: what of each line has a colour. */
function coloured(text: string): string[] {
  const lines = text.split('\n');
  const colours = cColours(lines);
  return lines.map((line, i) =>
    colours(i)
      .map(({ from, to, kind }) => `${line.slice(from, to)}:${kind}`)
      .join(' '),
  );
}

test.each([
  ['#include "vmkapi.h"', ['#include:word "vmkapi.h":text']],
  ['if (a == 0x10UL) // why', ['if:word 0x10UL:number // why:comment']],
  ['vmk_VA va = vmk_Map (1);', ['vmk_VA:word vmk_Map:name 1:number']],
  ['x = VMK_OK; /*@ sync */ y', ['VMK_OK:attribute /*@ sync */:said']],
  ['/* one\nint 2 */ int\n/*@ a\n*/', ['/* one:comment', 'int 2 */:comment int:word', '/*@ a:said', '*/:said']],
  ['/* a */ /* b\n\n*/ 1', ['/* a */:comment /* b:comment', '', '*/:comment 1:number']],
  ['"/*" 1', ['"/*":text 1:number']],
  ['a("\\" 1', ['a:name "\\" 1:text']],
  ['"\\', ['"\\:text']],
])('%j', (text, wanted) => {
  expect(coloured(text)).toEqual(wanted);
});

test('a long line of quotes is coloured', () => {
  expect(coloured('\\"'.repeat(200_000))[0].length).toBe(2 * 200_000 - 1 + ':text'.length);
});

test('any text is coloured, in order', () => {
  const parts = fc.array(fc.constantFrom('/*', '*/', '/*@', '//', '"', '\\', '\n', 'a', '#', '1', ' ', '😀'));
  fc.assert(
    fc.property(parts, (some) => {
      const lines = some.join('').split('\n');
      const colours = cColours(lines);
      for (const [i, line] of lines.entries()) {
        const ends = colours(i).flatMap(({ from, to }) => [from, to]);
        expect(ends.every((end, at) => end >= (ends[at - 1] ?? 0) && end <= line.length)).toBe(true);
      }
    }),
  );
});
