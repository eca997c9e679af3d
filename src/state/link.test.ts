import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deflated } from '../base/deflate';
import { packed } from '../base/pack';
import { libraryScenario } from '../scenario/library-files';
import { MOST_BYTES } from '../scenario/link/fault';
import { linkBytes } from '../scenario/link/link';
import { scenarioArbitrary } from '../scenario/scenario.fixture';
import { linkOf, readLink } from './link';
import { accesses, saidBy } from './link.fixture';
import { readPlace, writePlace, type Place } from './place';
import { placeArbitrary } from './place.fixture';

const example = libraryScenario('example-2')!;
const va = 0x4400_0000_f000n;
/** Where somebody is who has looked around. */
const place: Place = {
  ...readPlace(new Uint8Array(0)),
  ...{ at: 41.625, va, mpn: 42, level: 1, speed: 4, theme: 'dark', colouring: 'owner' },
  selected: { kind: 'entry', va, level: 1, tableMPN: 0x1003, index: 15 },
  frames: { start: 0, cells: 384, perCell: 1 },
  layout: { borders: { left: 340, walk: 61.5 }, maximised: undefined, folded: false },
};

async function made(...what: Parameters<typeof linkOf>): Promise<string> {
  const link = await linkOf(...what);
  if (!link.ok) throw new Error(link.error.says);
  return link.value;
}
const saidOf = async (text: string): Promise<string> => {
  const read = await readLink(text);
  return read.ok ? 'no problem' : `${read.error.kind}: ${read.error.says}`;
};

test('what travels comes back', async () => {
  await fc.assert(
    fc.asyncProperty(scenarioArbitrary, fc.option(placeArbitrary, { nil: undefined }), async (scenario, where) => {
      const link = await made(scenario, where);
      expect(link).toMatch(/^v1\.[\w-]+$/);
      expect(await readLink(`#${link}`)).toEqual({ ok: true, value: { scenario, ...(where && { place: where }) } });
    }),
    { numRuns: 60 },
  );
  const lesson = Uint8Array.of(1, 2, 3);
  const link = await made(example, place, lesson);
  expect(await readLink(link)).toEqual({ ok: true, value: { scenario: example, place, lesson } });
});

describe('a link is short', () => {
  test.each([
    ['Example 2 with its place', example, place, 120],
    ['20 accesses at random addresses', accesses(20), place, 350],
    ['1000 accesses at random addresses', accesses(1000), place, 13_500],
  ])('%s', async (_, scenario, where, most) => {
    expect((await made(scenario, where)).length).toBeLessThanOrEqual(most);
  });

  test('and what is longer than a link may be is refused before it is made', async () => {
    const note = 'no two alike '.repeat(20);
    const ops = Array.from({ length: 2000 }, (_, i) => ({ op: 'sync', note: `${i} ${note}` }) as const);
    expect(await linkOf({ ...example, ops })).toHaveProperty('error.kind', 'large');
  });
});

describe('what is said of a text that opens nothing', () => {
  test.each([
    ['', 'none: This is not a link to a scenario'],
    ['v3.abc', 'newer: This link was made by a newer Pagescope (v3); this one reads links up to v1. Reload the page'],
    ['v1.ab c', 'characters: This link has a character that no link has'],
    ['v1.%', 'characters: '],
    ['v1.AA', 'short: The end of this link is missing. Copy it again, whole.'],
  ])('%j', async (text, message) => {
    expect(await saidOf(text)).toContain(message);
  });

  test('cut off anywhere, or with any other character', async () => {
    const link = await made(example, place);
    for (let i = 3; i < link.length; i++) {
      expect(await saidOf(link.slice(0, i))).toMatch(/^(none|short): /);
      const other = link[i] === 'x' ? 'y' : 'x';
      expect(await saidOf(link.slice(0, i) + other + link.slice(i + 1))).toMatch(/^(damaged|short): /);
    }
  });

  test('that would inflate to more than is taken', async () => {
    const bomb = await deflated(new Uint8Array(50_000_000));
    expect(bomb.length).toBeLessThan(MOST_BYTES);
    expect(await saidOf(`v1.${await packed(new Uint8Array(50_000_000))}`)).toContain(
      'large: This link unpacks to more',
    );
    expect(await saidOf(`v1.${'A'.repeat(10_000_000)}`)).toContain('large: ');
  });

  test('that holds a scenario which cannot be', async () => {
    const bytes = linkBytes({ scenario: { ...example, ops: [{ op: 'flush', pcpu: 200 }] } });
    expect(await saidOf(`v1.${await packed(bytes)}`)).toContain(
      'invalid: This link holds a scenario that cannot be: ops[0].pcpu is 200: must be below 4, the number of PCPUs.',
    );
  });

  test('any text is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.base64String(), async (any, body) => {
        expect(await saidOf(any)).toBeTruthy();
        expect(await saidOf(`v1.${body.replace(/=/g, '')}`)).toMatch(/^[a-z]+: /);
      }),
      { numRuns: 200 },
    );
  });
});

/** Each line of e2e/links.txt is a link that somebody may have: its name, the digest of what it holds, and the link. */
const published = readFileSync('e2e/links.txt', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' '));

test.each(published)('the published link %s opens what it was made from', async (_, digest, link) => {
  const read = await readLink(link);
  expect(read).toHaveProperty('ok', true);
  if (!read.ok) return;
  const { scenario, place: where } = read.value;
  const held = saidBy(scenario) + (where ? Buffer.from(writePlace(where)).toString('hex') : '');
  expect(createHash('sha256').update(held).digest('hex').slice(0, 16)).toBe(digest);
});
