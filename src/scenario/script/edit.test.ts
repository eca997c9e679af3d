import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scenarioArbitrary } from '../scenario.fixture';
import { completions, printScript, tokens } from '.';

/** `map:word va:name`: what of a line has a colour. */
const coloured = (line: string): string =>
  tokens(line)
    .map(({ from, to, kind }) => `${line.slice(from, to)}:${kind}`)
    .join(' ');

describe('the colours of a line', () => {
  test.each([
    [
      'map va module=net attrs=READWRITE|0x2 6+15 x2 # why',
      'map:word va:name module=:word net:name attrs=:word READWRITE:attribute 0x2:attribute 6+15:number x:word 2:number # why:comment',
    ],
    ['write va+0x8 user value=7', 'write:word va+0x8:name user:word value=:word 7:number'],
    ['set CR0.WP off', 'set:word CR0.WP:word off:word'],
    ['set polcy x', 'set:word polcy:wrong x:name'],
    ['frobnicate 3', 'frobnicate:wrong'],
    ['sync now', 'sync:word now:wrong'],
    ['title A # b', 'title:word A # b:name'],
    ['machine policies.shootdown lazy', 'machine:word policies.shootdown:word lazy:word'],
    ['poke 0x1000 = 0x7', 'poke:word 0x1000:number =:word 0x7:number'],
    ['# all', '# all:comment'],
    ['', ''],
  ])('%s', (line, colours) => {
    expect(coloured(line)).toBe(colours);
  });

  test('tokens of any line are in order and lie in it', () => {
    const lines = fc.oneof(
      fc.string({ unit: 'binary' }),
      scenarioArbitrary.map((scenario) => printScript(scenario).split('\n')[3] ?? ''),
    );
    fc.assert(
      fc.property(lines, (line) => {
        const ends = tokens(line).flatMap(({ from, to }) => [from, to]);
        expect(ends.every((end, i) => end >= (ends[i - 1] ?? 0) && end <= line.length)).toBe(true);
      }),
    );
  });
});

const BEFORE = [
  'machine modules net storage',
  'map va module=net 6+15',
  'map module=net 6+15',
  'register bar 0x1000+4096',
  'reserve mine resource=bar module=net',
  'load late',
  '',
].join('\n');
/** What may stand at the end of the last line, and where it begins. */
function offered(text: string): { readonly texts: string[]; readonly from: number | undefined } {
  const lines = text.split('\n');
  const found = completions(text, lines.length, lines[lines.length - 1].length + 1);
  return { texts: found.map((one) => one.text), from: found.at(0)?.from };
}

describe('what may stand at a place', () => {
  test.each([
    ['', ['map', 'unmap', 'title', 'machine']],
    ['un', ['unmap', 'unmask', 'unload']],
    ['machine p', ['pcpus', 'pat', 'policies']],
    ['machine policies.sh', ['policies.shootdown']],
    ['machine policies.shootdown ', ['classic', 'lazy']],
    ['machine policies ', ['shootdown=', 'flushCeiling=']],
    ['machine policies shootdown=', ['classic', 'lazy']],
    ['machine tlb ', ['full', 'teaching']],
    ['set ', ['control', 'pat', 'CR0.WP']],
    ['set CR4.P', ['CR4.PGE', 'CR4.PCIDE']],
    ['set CR4.PGE ', ['on', 'off']],
    ['set policy shootdown ', ['classic', 'lazy']],
    ['set limit flushCeiling ', ['33']],
    ['set pat 1 ', ['WC', 'UC-']],
    ['invalidate ', ['invlpg', 'invpcid', 'cr3', 'pge']],
    ['fault d', ['dropIpi', 'delayAck']],
    ['fault dropIpi ', ['times=', 'cycles=', 'pcpu=']],
    [`${BEFORE}unmap `, ['va', 'm2']],
    [`${BEFORE}read va `, ['user', 'ac', 'count=', 'pcpu=']],
    [`${BEFORE}change va `, ['READONLY', 'READWRITE']],
    [`${BEFORE}change va READWRITE|`, ['EXECUTABLE', 'MIGHTCHANGE']],
    [`${BEFORE}map x attrs=READ`, ['READONLY', 'READWRITE']],
    [`${BEFORE}map x mapType=`, ['DEVICE', 'DEFAULT']],
    [`${BEFORE}unmap va context=`, ['world', 'nmi']],
    [`${BEFORE}map x module=`, ['vmkernel', 'net', 'storage', 'late']],
    [`${BEFORE}release `, ['mine']],
    [`${BEFORE}reserve x resource=`, ['nic', 'bar']],
  ])('%j', (text, wanted) => {
    expect(offered(text).texts).toEqual(expect.arrayContaining(wanted));
  });

  test('nothing that is given already, settled, made later or part of a comment is offered', () => {
    expect(offered(BEFORE).texts).not.toContain('machine');
    expect(offered(`${BEFORE}read va user pcpu=1 `).texts).not.toEqual(expect.arrayContaining(['pcpu=']));
    expect(offered(`${BEFORE}read va user `).texts).not.toContain('supervisor');
    expect(offered(`${BEFORE}change va READWRITE|READ`).texts).toEqual(['READONLY']);
    expect(offered('sync # ma').texts).toEqual([]);
    expect(offered('title ma').texts).toEqual([]);
    expect(completions('unmap \nmap va module=net 6+1', 1, 7)).toEqual([]);
  });

  test('what is typed is replaced from where it begins', () => {
    expect(offered('map x attrs=READWRITE | EXE')).toEqual({ texts: ['EXECUTABLE'], from: 25 });
    expect(offered('machine policies.sho').from).toBe(9);
  });

  test('the end of a long line is answered soon', () => {
    for (const line of [`machine image {"${'a'.repeat(400_000)} b`, `machine ${'a.'.repeat(200_000)}`]) {
      expect(completions(line, 1, line.length + 1)).toEqual([]);
    }
  });

  test('any place of any text is answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), fc.integer(), (text, line, column) => {
        expect(Array.isArray(completions(text, line, column))).toBe(true);
      }),
    );
  });
});
