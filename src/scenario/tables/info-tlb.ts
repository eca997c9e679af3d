import { decimalGroups } from '../../base/number';
import { err, ok, type Result } from '../../base/result';
import { lowVa, isCanonical, SPAN, TABLE_ENTRIES, type Level, type PageLevel } from '../../machine/address';
import { BIT, XD_HIGH } from '../../machine/entry-format';
import type { ImageFrame } from '../../machine/table-image';
import { DOCUMENT_LIMITS } from '../limits';

/** A line that `info tlb` of QEMU's monitor writes: address, frame, and flags, which some tools leave out. */
const LINE = /^(?:0x)?([0-9a-f]{4,16}):?\s+(?:0x)?([0-9a-f]{1,16})(?:\s+([A-Za-z-]{8,9}))?$/i;
/** What stands around it when somebody copied a terminal. */
const AROUND = /^(\(qemu\).*|info tlb)?$/;
/** The letters from the left; older programs do not write X. */
const LETTERS = 'XGPDACTUW';
const BITS = [0, BIT.G, BIT.PS, BIT.D, BIT.A, BIT.PCD, BIT.PWT, BIT.US, BIT.RW];

const HOW =
  'a line has an address, a colon, a frame address and nine flags: "0000440000000000: 0000000000006000 X--DA---W"';
/** Where the tables go that the text does not tell: the frames in which vmkernel usually has them. */
export const FIRST_TABLE = 0x1000;
const GIB_PAGES = SPAN[3];

export const looksLikeInfoTlb = (text: string): boolean =>
  text
    .split('\n', 50)
    .map((line) => line.trim())
    .some((line) => line.includes(':') && LINE.test(line));

interface Page {
  readonly line: number;
  readonly vpn: number;
  readonly mpn: number;
  readonly lo: number;
  readonly hi: number;
  readonly large: boolean;
}

/** Tables that map what the text says, in frames from `FIRST_TABLE` on. What is wrong is told with its line. */
export function readInfoTlb(text: string): Result<readonly ImageFrame[]> {
  const tables = new Tables();
  let before: Page | undefined;
  let number = 0;
  const add = (page: Page, next: Page | undefined): string | undefined =>
    tables.add(page, page.large ? largeLevel(page, next) : 1);
  for (const raw of linesOf(text)) {
    number++;
    const line = raw.trim();
    if (AROUND.test(line)) continue;
    const page = readLine(line, number);
    if (typeof page === 'string') return err(`line ${number}: ${page}`);
    const wrong = before && add(before, page);
    if (wrong !== undefined) return err(wrong);
    before = page;
  }
  if (!before) return err(`there is no line of "info tlb" in it; ${HOW}`);
  const wrong = add(before, undefined);
  return wrong === undefined ? ok(tables.frames) : err(wrong);
}

function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    yield text.slice(at, end < 0 ? undefined : end);
    if (end < 0) return;
    at = end + 1;
  }
}

function readLine(line: string, number: number): Page | string {
  const [, address, frame, flags = '--------W'] = LINE.exec(line) ?? [];
  if (address === undefined) return `"${line.slice(0, 60)}" is none; ${HOW}`;
  const [va, ma] = [BigInt(`0x${address}`), BigInt(`0x${frame}`)];
  if (!isCanonical(va)) return `0x${address} is not canonical: only 4-level tables are read`;
  if (va % 4096n !== 0n || ma % 4096n !== 0n) return 'both addresses must be multiples of 4096';
  if (ma >= 2n ** 52n) return `0x${frame} is wider than 52 bits, the widest machine address`;
  const bits = bitsOf(flags.length === 8 ? `-${flags}` : flags);
  if (bits === undefined)
    return `"${flags}" are no flags: they are ${LETTERS} in this order, each with - where it is not set`;
  return { line: number, vpn: Math.floor(lowVa(va) / 4096), mpn: Number(ma / 4096n), ...bits };
}

function bitsOf(flags: string): Pick<Page, 'lo' | 'hi' | 'large'> | undefined {
  let lo = BIT.P;
  for (const [i, letter] of [...flags].entries()) {
    if (letter === '-') continue;
    if (letter !== LETTERS[i]) return undefined;
    lo |= BITS[i];
  }
  return { lo, hi: flags.startsWith('X') ? XD_HIGH : 0, large: flags[2] === 'P' };
}

/** The text tells that a page is large and not how large: 1 GiB where both addresses fit and nothing else is mapped there. */
const largeLevel = ({ vpn, mpn }: Page, next: Page | undefined): PageLevel =>
  vpn % GIB_PAGES === 0 && mpn % GIB_PAGES === 0 && (!next || next.vpn < vpn || next.vpn >= vpn + GIB_PAGES) ? 3 : 2;

/** Tables that grow with each page. Their entries forbid nothing, so that the pages have the rights of their lines. */
class Tables {
  readonly frames: ImageFrame[] = [{ mpn: FIRST_TABLE, words: new Int32Array(TABLE_ENTRIES * 2) }];
  /** By level and prefix. */
  private readonly known = new Map<number, ImageFrame>();

  /** Undefined, or what is wrong. */
  add(page: Page, level: PageLevel): string | undefined {
    const { vpn, mpn, line } = page;
    const span = SPAN[level];
    if (vpn % span !== 0 || mpn % span !== 0)
      return `line ${line}: a large page needs both addresses to be multiples of 2 MiB`;
    let [table] = this.frames;
    for (let at = 4 as Level; at > level; at--) {
      const below = this.below(table, at, vpn, page.lo & BIT.A);
      if (typeof below === 'string') return `line ${line}: ${below}`;
      table = below;
    }
    const i = (Math.floor(vpn / span) % TABLE_ENTRIES) * 2;
    if (table.words[i] !== 0) return `line ${line}: a line before maps the same address`;
    table.words[i] = page.lo | (mpn << 12);
    table.words[i + 1] = page.hi | Math.floor(mpn / 2 ** 20);
    return undefined;
  }

  private below(table: ImageFrame, level: Level, vpn: number, used: number): ImageFrame | string {
    const n = Math.floor(vpn / SPAN[level]);
    const i = (n % TABLE_ENTRIES) * 2;
    const key = n * 8 + level;
    let next = this.known.get(key);
    if (!next) {
      if (table.words[i] !== 0) return 'a line before maps a larger page here';
      if (this.frames.length === DOCUMENT_LIMITS.imageFrames.max)
        return `here it takes more than ${decimalGroups(DOCUMENT_LIMITS.imageFrames.max)} tables, more than a machine may begin with; keep fewer lines`;
      next = { mpn: FIRST_TABLE + this.frames.length, words: new Int32Array(TABLE_ENTRIES * 2) };
      this.known.set(key, next);
      this.frames.push(next);
      table.words[i + 1] = Math.floor(next.mpn / 2 ** 20);
    }
    table.words[i] |= BIT.P | BIT.RW | BIT.US | used | (next.mpn << 12);
    return next;
  }
}
