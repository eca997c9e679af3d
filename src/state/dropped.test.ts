import { expect, test } from 'vitest';
import { readDropped, type DroppedFile } from './dropped';

const fileOf = (name: string, data: BlobPart): DroppedFile => new File([data], name);

test('the ending of a name says what a file is, whatever its text begins with', async () => {
  const read = await readDropped([fileOf('a.c', '{ vmk_Unmap(0x1000); }')]);
  expect(read).toMatchObject({ kind: 'scenario', scenario: { ops: [{ op: 'unmap' }] } });
});

const TABLES = { format: 'pagescope-tables', version: 1, cr3: '0x1000000', config: { modules: ['net'] } };

test('frames of an image may stand in any order', async () => {
  const bytes = new DataView(new ArrayBuffer(3 * 4096));
  bytes.setUint32(4096, 0x100_1007, true);
  bytes.setUint32(2 * 4096, 0x100_2007, true);
  const frames = [
    { mpn: '0x1002', count: 1 },
    { mpn: '0x1000', count: 2 },
  ];
  const files = [fileOf('a.bin', bytes.buffer), fileOf('a.json', JSON.stringify({ ...TABLES, frames }))];
  const read = await readDropped(files);
  const mpns = read.kind === 'scenario' ? read.scenario.config.image?.frames.map(({ mpn }) => mpn) : read;
  expect(mpns).toEqual([0x1000, 0x1001, 0x1002]);
});

test.each([
  ['a.json', '['.repeat(1_000_000), 'must not lie inside more than 100 others'],
  ['a.c', 'vmk_Unmap(1', 'line 1, column 12'],
  ['b.pagescope', '{"version": 1}', 'line 1, column 1 is "{'],
  ['a.pagescope', 'sync now', 'line 1, column 6'],
  ['a.txt', 'nothing', 'nothing here reads this text'],
])('%s is answered with what is wrong', async (name, text, says) => {
  expect(await readDropped([fileOf(name, text)])).toMatchObject({
    kind: 'wrong',
    says: expect.stringContaining(says) as string,
  });
});
