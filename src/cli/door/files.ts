/** Files as command-line doors read and write them: what goes wrong is said in words. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../base/result';

/** The bytes of a file, or what keeps them from being read, with its name. */
export const readBytes = (file: string): Result<Buffer> => tried(file, () => readFileSync(file), READING);

/** The text of a file, without a byte order mark. */
export const readText = (file: string): Result<string> =>
  tried(file, () => new TextDecoder().decode(readFileSync(file)), READING);

export const writeText = (file: string, text: string): Result<void> =>
  tried(file, () => writeFileSync(file, text), {
    ENOENT: `there is no folder ${dirname(file)} to write it into`,
    EISDIR: 'it is a folder; name a file to write',
    EACCES: 'it may not be written',
    EPERM: 'it may not be written',
    EROFS: 'nothing can be written there',
    ENOSPC: 'there is no room left to write it',
  });

type Words = Readonly<Record<string, string>>;

const READING: Words = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name a file',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
};
/** Either way. */
const ALWAYS: Words = {
  ENOTDIR: 'a part of this path is a file and no folder',
  ENAMETOOLONG: 'this name is longer than names of files are',
};

const ADDRESS = /^[a-z][a-z\d+.-]+:\/\//i;

function tried<T>(file: string, act: () => T, words: Words): Result<T> {
  try {
    return ok(act());
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' && ADDRESS.test(file))
      return err(`${file}: it is an address, and nothing is fetched; save it as a file and name that`);
    const says = { ...ALWAYS, ...words }[code];
    return err(`${file}: ${says ?? (cause instanceof Error ? cause.message : String(cause))}`);
  }
}
