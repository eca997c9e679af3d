import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { replayCase, type VectorCase } from './replay';

const file = new URL('./vectors/walk.jsonl.gz', import.meta.url);
const cases = gunzipSync(readFileSync(file))
  .toString()
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as VectorCase);

test('every recorded access of QEMU and Bochs has the same outcome here', () => {
  expect(cases.reduce((sum, { accesses }) => sum + accesses.length, 0)).toBe(11_086);
  expect(cases.flatMap(replayCase).slice(0, 20)).toEqual([]);
});

test('a wrong expectation is reported', () => {
  const [first] = cases;
  const [access] = first.accesses;
  const wrong = { ...first, accesses: [{ ...access, pa: '0x1000', after: {} }] };
  expect(replayCase(wrong)[0]).toMatch(/pa is .*recorded 0x1000; entry at/);
});
