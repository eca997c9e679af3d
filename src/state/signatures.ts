/** How files begin that are neither text nor memory; a ? is any byte. */
const SIGNATURES: readonly (readonly [what: string, ...begins: readonly string[]])[] = [
  ['a picture', '\x89PNG\r\n', '\xff\xd8\xff', 'GIF8?a', 'RIFF????WEBP'],
  ['a sound or a film', 'RIFF????WAVE', 'RIFF????AVI ', '\0\0\0?ftyp', 'ID3', 'OggS', '\x1aE\xdf\xa3'],
  ['a PDF', '%PDF-'],
  ['a ZIP archive, or a document that is one inside, such as .docx', 'PK\x03\x04', 'PK\x05\x06'],
  [
    'a compressed file: unpack it first',
    '\x1f\x8b\x08',
    'BZh?1AY',
    '\xfd7zXZ\0',
    '\x28\xb5\x2f\xfd',
    '7z\xbc\xaf\x27\x1c',
  ],
  ['an old Office document', '\xd0\xcf\x11\xe0\xa1\xb1'],
  ['an ELF file, a program or a core dump', '\x7fELF'],
  ['a program for Windows', 'MZ\x90\0'],
  ['a crash dump with a header of its own', 'PAGEDUMP', 'PAGEDU64', 'KDUMP   ', 'EMiL'],
  ['a font', 'wOFF', 'wOF2'],
  ['WebAssembly', '\0asm'],
  ['a database', 'SQLite format 3\0'],
  ['text as UTF-16: save it as UTF-8', '\xff\xfe?\0', '\xfe\xff\0?'],
];

/** What a file is by its first bytes; undefined for text, and for what may be memory. */
export function knownFile(head: Uint8Array): string | undefined {
  const begin = String.fromCharCode(...head.subarray(0, 16));
  const fits = (pattern: string): boolean =>
    begin.length >= pattern.length && Array.from(pattern).every((one, i) => one === '?' || one === begin[i]);
  return SIGNATURES.find(([, ...begins]) => begins.some(fits))?.[0];
}
