import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { Picture } from '../../engine/picture';
import { ENTRY_FORMAT, fieldsOf } from '../../machine/entry-format';
import { entryRows, type EntryHere } from '../../machine/entry-text';
import type { Level } from '../../machine/address';
import { bothWays, engineOn, nothing, textOf } from '../on-engine.fixture';
import { Bits } from './bits';
import type { BitsProps } from './props';
import { segmentsOf } from './segments';
import { WhatIf } from './what-if-card';

const { timeline, at, litIn } = engineOn('example-2');
const mapped = at(timeline.ops[0].last);

const view = (picture: Picture, more: Partial<BitsProps> = {}) => (
  <Bits
    walk={picture.walk}
    level={1}
    control={picture.control}
    maxPhyAddr={46}
    pat={picture.pat}
    attrs={picture.modules.flatMap(({ mappings }) => mappings)[0]?.attrs}
    lit={litIn(picture)}
    draft={undefined}
    forecast={undefined}
    noForecast={undefined}
    pcpu={0}
    behind={undefined}
    onHover={nothing}
    onSelect={nothing}
    onDraft={nothing}
    onPoke={nothing}
    WhatIf={WhatIf}
    {...more}
  />
);

test('looks the same forward and backward', () => {
  const [forward, backward] = bothWays(timeline.steps, (step) => view(at(step)), 3);
  expect(backward).toEqual(forward);
});

test('fields say what they mean here, with their ground', () => {
  const text = textOf(view(mapped));
  expect(text).toContain('RW 1 writable A SDM 4.6.1 READWRITE was asked for H header, READWRITE');
  expect(text).toContain('XD 1 no instruction can be fetched A SDM 4.6.1 EXECUTABLE was not asked for H');
  expect(text).toContain('the page starts at MPN 0x6');
  expect(text).toContain('must be 0: the machine has 46 address bits');
  expect(text).toContain('X and U taken away by PTE 0.');
  expect(textOf(view(at(0)))).toContain('not present: a walk ends here with a page fault');
});

test('one bit is in the way of Tab, and each has its name and value', () => {
  const html = renderToStaticMarkup(view(mapped));
  expect(html.match(/class="bit [^>]*tabindex="0"/g)).toHaveLength(1);
  expect(html).toMatch(/aria-label="RW, bit 1" aria-pressed="true"/);
  expect(html).toMatch(/aria-label="reserved, bit 47" aria-pressed="false"/);
  expect(html.match(/data-mark/g)).toHaveLength(64);
});

test('a draft shows its consequence, and only then', () => {
  const { entry } = mapped.walk.levels.at(-1)!;
  expect(textOf(view(mapped))).not.toContain('If you poke this');
  const draft = { value: entry ^ 1n, text: (entry ^ 1n).toString(16) };
  expect(textOf(view(mapped, { draft, noForecast: 'Pause.' }))).toContain('Pause.');
  const same = { now: { walk: mapped.walk, stale: 0 }, after: { walk: mapped.walk, stale: 2 } };
  const text = textOf(view(mapped, { draft, forecast: same }));
  expect(text).toContain('If you poke this');
  expect(text).toContain('2 TLB entries would become stale');
  expect(text).not.toContain('under way');
  const during = textOf(view(mapped, { draft, forecast: same, behind: 'vmk_Unmap va' }));
  expect(during).toContain('an operation is under way: the poke comes behind vmk_Unmap va');
  expect(renderToStaticMarkup(view(mapped, { draft }))).toContain('P, bit 0, was 1');
  const typo = textOf(view(mapped, { draft: { value: entry, text: 'xyz' } }));
  expect(typo).toContain('no hex digit');
});

test('a level is marked when the pointer is on its entry, not when all are', () => {
  const { tableMPN, index } = mapped.walk.levels.find(({ level }) => level === 2)!;
  const thing = { kind: 'entry', va: mapped.walk.va, level: 2 as Level, tableMPN, index } as const;
  expect(renderToStaticMarkup(view(mapped, { lit: litIn(mapped, thing) }))).toContain('class="level-2 lit"');
  expect(renderToStaticMarkup(view(mapped))).not.toMatch(/class="level-\d lit"/);
});

describe('every kind of entry', () => {
  const control = mapped.control;
  test.each(Object.keys(ENTRY_FORMAT) as EntryHere['kind'][])('%s: each field is explained once', (kind) => {
    const level = { PML4E: 4, PDPTE: 3, PDPTE_1G: 3, PDE: 2, PDE_2M: 2, PTE: 1 }[kind] as Level;
    for (const nxe of [true, false]) {
      const here = { kind, level, rights: 6, control: { ...control, nxe }, maxPhyAddr: 40, pat: mapped.pat };
      for (const entry of [1n, (1n << 64n) - 1n]) {
        const rows = entryRows({ ...here, entry, attrs: 0n });
        const explained = rows.flatMap(({ fields }) => fields.map(({ low }) => low)).toSorted((a, b) => a - b);
        const all = fieldsOf(kind, 40, nxe).map(({ low }) => low);
        expect(explained).toEqual(all.toSorted((a, b) => a - b));
        for (const { sayings } of rows) for (const { says } of sayings) expect(says).not.toMatch(/undefined/);
      }
    }
  });

  test.each(Object.keys(ENTRY_FORMAT) as EntryHere['kind'][])('%s: names fill each block of eight', (kind) => {
    for (const top of [63, 55, 47, 39, 31, 23, 15, 7]) {
      const parts = segmentsOf(fieldsOf(kind, 46, true), top);
      expect(parts.reduce((sum, { span }) => sum + span, 0)).toBe(8);
      for (const { span, text } of parts) expect(text.length).toBeLessThanOrEqual(span * 3);
    }
  });
});

test('while attributes are being changed, what is written is not measured by the old ones', () => {
  const change = timeline.ops.find(({ label }) => label.startsWith('vmk_MapChange'))!;
  const during = Array.from({ length: change.last - change.first }, (_, i) => at(change.first + i)).filter(
    ({ modules }) => modules.some(({ mappings }) => mappings.some(({ becoming }) => becoming !== undefined)),
  );
  const said = during.map((picture) => {
    const [mapping] = picture.modules.flatMap(({ mappings }) => mappings);
    return textOf(view(picture, { attrs: mapping.attrs, becoming: mapping.becoming }));
  });
  expect(said.length).toBeGreaterThan(2);
  for (const text of said) {
    expect(text).toMatch(/vmk_MapChangeAttributes is under way: EXECUTABLE( \| MIGHTCHANGE)? is being written/);
    expect(text).not.toMatch(/yet READWRITE|though EXECUTABLE/);
  }
  expect(said.at(-1)).toMatch(/RW 0 read-only.* the change leaves out READWRITE/);
  expect(said.at(-1)).toMatch(/instructions can be fetched.* the change asks for EXECUTABLE/);
});

test('control bits and attributes that disagree are said', () => {
  const [{ level, entry }] = mapped.walk.levels.slice(-1);
  const here: EntryHere = {
    kind: 'PTE',
    level,
    entry: entry & ~2n,
    rights: 8,
    control: { ...mapped.control, wp: false },
    maxPhyAddr: 46,
    pat: mapped.pat,
    attrs: 1n,
  };
  const said = entryRows(here).flatMap(({ sayings }) => sayings.map(({ says }) => says));
  expect(said).toContain('read-only for user code; with CR0.WP = 0 the kernel writes');
  expect(said).toContain('yet READWRITE was asked for');
});
