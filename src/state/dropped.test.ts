import { expect, test } from 'vitest';
import { scenarioOf } from '../scenario/scenario.fixture';
import { EXAMPLE_1 } from '../timeline/c-examples.fixture';
import { readDropped, readImageAt, type DroppedFile } from './dropped';
import { linkOf } from './link';
import { readFirstByte } from './read-image';

const fileOf = (name: string, data: BlobPart): DroppedFile => new File([data], name);

test('the ending of a name says what a file is, whatever its text begins with', async () => {
  const read = await readDropped([fileOf('a.c', '{ vmk_Unmap(0x1000); }')]);
  expect(read).toMatchObject({ kind: 'scenario', scenario: { ops: [{ op: 'unmap' }] } });
});

test('C in which something is taken for granted comes as a source, whose reader is told', async () => {
  const opened = await readDropped([fileOf('a.c', EXAMPLE_1)]);
  expect(opened).toMatchObject({ kind: 'source', text: EXAMPLE_1, reading: { scenario: { title: 'C source' } } });
  expect(await readDropped([fileOf('a.h', 'vmk_VA va;')])).toMatchObject({
    kind: 'source',
    reading: { scenario: { ops: [] } },
  });
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
  ['b.pagescope', '{"version": 1}', 'line 1, column 1 is JSON: must be a script'],
  ['a.pagescope', 'sync now', 'line 1, column 6'],
  ['a.txt', 'nothing', 'nothing here reads this text'],
])('%s is answered with what is wrong', async (name, text, says) => {
  expect(await readDropped([fileOf(name, text)])).toMatchObject({
    kind: 'wrong',
    says: expect.stringContaining(says) as string,
  });
});

test.each(['', '#', 'https://example.org/pagescope/?x=1#'])(
  'a text that is a link behind “%s” opens',
  async (before) => {
    const scenario = scenarioOf({ version: 1, title: 'Linked', ops: [{ op: 'sync' }] });
    const link = await linkOf(scenario);
    const text = `\n${before}${link.ok ? link.value : ''}\r\n`;
    expect(await readDropped([fileOf('a.txt', text)])).toEqual({ kind: 'link', opened: { scenario } });
  },
);

test('a link that is wrong says so, and a text that is nothing names what would be', async () => {
  const cut = await readDropped([fileOf('a.url.txt', 'https://example.org/#v1.NAEL')]);
  expect(cut).toMatchObject({ kind: 'wrong', says: expect.stringMatching(/^a\.url\.txt: .*link/) as string });
  const nothing = await readDropped([fileOf('a.txt', 'see v1.2 of the notes')]);
  expect(nothing).toMatchObject({ says: expect.stringContaining('links to them, lessons,') as string });
});

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (one) => one.charCodeAt(0));

test.each([
  ['a.png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'a picture'],
  ['a.jpg', '\xff\xd8\xff\xe0\0\x10JFIF', 'a picture'],
  ['a.docx', 'PK\x03\x04\x14\0\x06\0', 'a ZIP archive'],
  ['a.pdf', '%PDF-1.7\n', 'a PDF'],
  ['a.gz', '\x1f\x8b\x08\0\0', 'a compressed file: unpack it first'],
  ['core', '\x7fELF\x02\x01\x01\0', 'an ELF file'],
  ['a.txt', '\xff\xfes\0y\0', 'text as UTF-16'],
])('%s is called what it is, and what can be opened is said', async (name, text, what) => {
  const read = await readDropped([fileOf(name, bytesOf(text))]);
  expect(read).toMatchObject({ kind: 'wrong', says: expect.stringContaining(`${name}: it is ${what}`) as string });
  expect(read).toMatchObject({ says: expect.stringContaining('raw memory images.') as string });
});

test('raw memory is asked about, whatever its tables begin with', async () => {
  for (const begin of ['\0', '\x07\x10\0\x01\0', 'S\xff\0\xf0', 'text\0']) {
    expect(await readDropped([fileOf('a.bin', bytesOf(begin))])).toMatchObject({ kind: 'image' });
  }
});

test('of CR3 only the address of the PML4 is read', async () => {
  const bytes = new DataView(new ArrayBuffer(4096));
  bytes.setUint32(0, 0x5007, true);
  const read = await readImageAt(fileOf('a.bin', bytes.buffer), 0x8000_0000_0100_0123n, 0x100_0000n);
  expect(read).toMatchObject({ scenario: { config: { image: { root: 0x1000 } } } });
});

test('a dump begins where a frame does', () => {
  expect(readFirstByte('0x1000')).toEqual({ ok: true, value: 0x1000n });
  expect(readFirstByte('0x1234')).toMatchObject({
    error: '0x1234 is not where a frame begins; write a multiple of 4096 (0x1000)',
  });
});

test('what cannot be read at all is said in words', async () => {
  const file = fileOf('folder', 'x');
  const gone = Object.assign(file, { slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotFound')) }) });
  expect(await readDropped([gone])).toEqual({
    kind: 'wrong',
    says: 'folder: it cannot be read: it is a folder, or has been moved or changed. Choose the file again.',
  });
});
