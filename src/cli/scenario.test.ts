import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { main } from './scenario';

const folder = mkdtempSync(join(tmpdir(), 'pagescope-'));
afterAll(() => rmSync(folder, { recursive: true }));

const said = vi.spyOn(console, 'error').mockReturnValue();
const printed = vi.spyOn(console, 'log').mockReturnValue();
beforeEach(() => vi.clearAllMocks());

const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test('a lesson is called one, with the door that reads it', async () => {
  const [, lesson = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/lessons.md', 'utf8')) ?? [];
  const path = file('goes.json', lesson);
  expect(await main([path])).toBe(2);
  expect(said.mock.calls).toEqual([
    [`scenario: ${path}: it is a lesson, and no scenario: npm run -s lesson -- FILE reads it`],
  ]);
  expect(printed).not.toHaveBeenCalled();
});
