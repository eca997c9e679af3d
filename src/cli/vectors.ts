import { gunzipSync } from 'node:zlib';
import { replayCase, type VectorCase } from '../machine/replay';
import { readBytes } from './door/files';

const USAGE = 'usage: npm run -s vectors -- FILE…   (.jsonl or .jsonl.gz)';
/** Mismatches printed; the last line always counts them all. */
const SHOWN = 50;

/** Replays vector files on the machine's walk. Ends with `N accesses, M mismatches`; 0 only when none was found and some were replayed. */
export function main(files: readonly string[]): number {
  if (files.length === 0) {
    console.error(USAGE);
    return 2;
  }
  let accesses = 0;
  let mismatches = 0;
  for (const file of files) {
    const text = read(file);
    if (text === undefined) return 2;
    for (const [i, line] of text.split('\n').entries()) {
      if (line.trim() === '') continue;
      const vector = parse(line, `${file}:${i + 1}`);
      if (!vector) return 2;
      accesses += vector.accesses.length;
      for (const mismatch of replayCase(vector)) if (mismatches++ < SHOWN) console.log(mismatch);
    }
  }
  console.log(`${accesses} accesses, ${mismatches} mismatches`);
  return mismatches === 0 && accesses > 0 ? 0 : 1;
}

function read(file: string): string | undefined {
  const bytes = readBytes(file);
  if (!bytes.ok) {
    console.error(`vectors: ${bytes.error}`);
    return undefined;
  }
  const packed = bytes.value[0] === 0x1f && bytes.value[1] === 0x8b;
  try {
    return (packed ? gunzipSync(bytes.value) : bytes.value).toString();
  } catch {
    console.error(`vectors: ${file}: it begins as gzip does, and is damaged or not whole`);
    return undefined;
  }
}

function parse(line: string, where: string): VectorCase | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    console.error(`vectors: ${where}: not JSON; each line must be one case`);
    return undefined;
  }
  const problem = problemOf(value);
  if (problem === undefined) return value as VectorCase;
  console.error(`vectors: ${where}: not a case: ${problem}; the format is in src/machine/vectors/README.md`);
  return undefined;
}

type Loose = Readonly<Record<string, unknown>>;
const HEX = /^0x[0-9a-f]{1,16}$/;
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isHex = (value: unknown): boolean => typeof value === 'string' && HEX.test(value);

/** What keeps a value from being a case; undefined when it can be replayed. */
function problemOf(value: unknown): string | undefined {
  if (!isObject(value)) return 'it is no object';
  const { controls, cr3, entries, accesses } = value;
  const bits = ['wp', 'smep', 'smap', 'pge', 'nxe'];
  if (!isObject(controls) || bits.some((bit) => controls[bit] !== 0 && controls[bit] !== 1)) {
    return `controls must give ${bits.join(', ')} as 0 or 1`;
  }
  const { maxphyaddr } = controls;
  if (!Number.isInteger(maxphyaddr) || Number(maxphyaddr) < 36 || Number(maxphyaddr) > 52) {
    return 'controls.maxphyaddr must be from 36 to 52';
  }
  if (!isHex(cr3)) return 'cr3 must be a 0x number';
  if (
    !Array.isArray(entries) ||
    !entries.every((entry) => isObject(entry) && isHex(entry['pa']) && isHex(entry['value']))
  ) {
    return 'entries must be a list of pa and value';
  }
  const bad = Array.isArray(accesses) ? accesses.findIndex((access) => !isAccess(access)) : 0;
  return bad < 0 ? undefined : `access ${bad} must have la, kind, priv and result`;
}

const isAccess = (access: unknown): boolean =>
  isObject(access) &&
  isHex(access['la']) &&
  ['read', 'write', 'execute'].includes(String(access['kind'])) &&
  ['supervisor', 'user'].includes(String(access['priv'])) &&
  ['ok', 'pf', 'gp'].includes(String(access['result']));
