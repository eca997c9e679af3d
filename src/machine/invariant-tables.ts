import { SPAN, TABLE_ENTRIES, type Level } from './address';
import { leafFlags, TABLE_FLAGS } from './attributes';
import { BIT } from './entry-format';
import type { Machine } from './machine';
import type { Mapping } from './mapping';
import type { MapWork } from './micro';
import { segmentsOf } from './segments';
import { TABLE_LEVELS, type TableLevel } from './tables';
import { targetOf } from './walk';

/** Tables looked at whole, and entries of a run; more are sampled. */
const MOST_TABLES = 48;
const MOST_ENTRIES = 64;

/** What is wrong with the entries: links between tables, the leaves of each mapping, and entries that nothing explains. */
export function tableViolations(m: Machine, maps: readonly MapWork[]): string[] {
  if (wordsPoked(m)) return [];
  const read = reader(m);
  return [...linkViolations(m, read, maps), ...leafViolations(m, read), ...strayViolations(m, read, maps)];
}

/** Whether the scenario wrote into the tables itself. */
export function wordsPoked(m: Machine): boolean {
  // Imported tables are anybody's.
  if (m.config.image) return true;
  const { pool, nextOp, hazards } = m.state;
  const poked = m.ops.slice(0, nextOp).some((op) => op.op === 'poke' && pool.has(Math.floor(Number(op.ma) / 4096)));
  return poked || hazards.some(({ rule, vpn }) => rule === 'foreign-write' && vpn === undefined);
}

/** Up to `most` of `count` numbers from 0, the first and the last among them. */
function* sample(count: number, most: number): Generator<number> {
  if (count <= most) for (let i = 0; i < count; i++) yield i;
  else for (let i = 0; i < most; i++) yield Math.floor((i * (count - 1)) / (most - 1));
}

/** Reads the words of a frame, each frame once: a folded one is written out for every reading. */
type Read = (mpn: number) => Int32Array;
function reader({ memory }: Machine): Read {
  const seen = new Map<number, Int32Array>();
  return (mpn) => {
    const words = seen.get(mpn) ?? memory.read(mpn);
    seen.set(mpn, words);
    return words;
  };
}

interface Table {
  readonly level: Level;
  readonly prefix: number;
  readonly mpn: number;
}

function* tables(m: Machine): Generator<Table> {
  const { directory } = m.state;
  yield { level: 4, prefix: 0, mpn: directory.root };
  for (const level of TABLE_LEVELS) {
    for (const { start, end, value } of directory.tables[level].all()) {
      for (const i of sample(end - start, MOST_TABLES)) yield { level, prefix: start + i, mpn: value + i };
    }
  }
}

const tableAt = (m: Machine, level: Level, prefix: number): number | undefined =>
  level === 4 ? m.state.directory.root : m.state.directory.tables[level].at(prefix);

/** Entry n of a level, in halves; undefined without a table for it. */
function entryAt(
  m: Machine,
  read: Read,
  level: Level,
  n: number,
): { readonly lo: number; readonly hi: number } | undefined {
  const mpn = tableAt(m, level, Math.floor(n / TABLE_ENTRIES));
  if (mpn === undefined) return undefined;
  const words = read(mpn);
  const at = (n % TABLE_ENTRIES) * 2;
  return { lo: words[at], hi: words[at + 1] };
}

/** The table above every listed table points to it, but for tables that a map has taken and not linked yet. */
function linkViolations(m: Machine, read: Read, maps: readonly MapWork[]): string[] {
  const waiting = (level: Level, prefix: number): boolean =>
    maps.some(({ tables: runs }) =>
      runs.some((run) => run.level === level && prefix >= run.prefix && prefix < run.prefix + run.count),
    );
  const found: string[] = [];
  for (const { level, prefix, mpn } of tables(m)) {
    if (level === 4) continue;
    const entry = entryAt(m, read, (level + 1) as Level, prefix);
    const where = `table ${prefix} of level ${level} at MPN ${mpn}`;
    if (!entry) found.push(`${where} has no table above it`);
    else if ((entry.lo & BIT.P) === 0) {
      const above = Math.floor(prefix / TABLE_ENTRIES);
      if (!waiting(level, prefix)) found.push(`${where} is not linked`);
      else if (level < 3 && waiting((level + 1) as Level, above) && isLinked(m, read, (level + 1) as Level, above)) {
        found.push(`the table above ${where} is linked before it`);
      }
    } else if (!isLink(m, entry.lo, entry.hi, mpn))
      found.push(`${where} is linked wrongly: ${hex(entry.hi)}:${hex(entry.lo)}`);
  }
  return found;
}

const isLinked = (m: Machine, read: Read, level: Level, prefix: number): boolean =>
  ((entryAt(m, read, (level + 1) as Level, prefix)?.lo ?? 0) & BIT.P) !== 0;

const hex = (half: number): string => (half >>> 0).toString(16);

const isLink = (m: Machine, lo: number, hi: number, mpn: number): boolean =>
  (lo & 0xfff & ~BIT.A) === TABLE_FLAGS.lo &&
  targetOf(lo, hi, m.state.control) === mpn &&
  (hi & ~m.state.control.addressHigh) === 0;

/** Whether a mapping's entries are being rewritten. */
const isChanging = (m: Machine, { id }: Mapping): boolean =>
  m.state.pcpus.some(({ stack }) =>
    stack.some((micro) => 'mapping' in micro && micro.do !== 'clearEntries' && micro.mapping.id === id),
  );

/** Whether the flags of an entry follow from the registers and policies as they are now. */
const flagsFollow = (m: Machine): boolean =>
  !m.ops
    .slice(0, m.state.nextOp)
    .some(
      (op) =>
        op.op === 'set' &&
        (op.what === 'control' || op.what === 'pat' || (op.what === 'policy' && op.name === 'uncached')),
    );

/** The leaves of a live mapping map its ranges with its attributes; A and D are the processor's. */
function leafViolations(m: Machine, read: Read): string[] {
  const { control, types, policies } = m.state;
  const found: string[] = [];
  const follow = flagsFollow(m);
  for (const mapping of m.state.mappings.values()) {
    const changing = isChanging(m, mapping);
    for (const { level, vpn, mpn, pages } of segmentsOf(mapping.vpn, mapping.ranges, mapping.largest)) {
      const flags = leafFlags(mapping.attrs, level, control, types.pat, policies);
      const size = SPAN[level];
      for (const i of sample(pages / size, MOST_ENTRIES)) {
        const entry = entryAt(m, read, level, vpn / size + i);
        const target = mpn + i * size;
        const where = `VPN ${vpn + i * size} of ${mapping.name}`;
        if (!entry) found.push(`${where} has no table`);
        else if (changing || !follow) {
          const reached = targetOf(entry.lo, entry.hi, control);
          if (reached - (reached % size) !== target) found.push(`${where} maps MPN ${reached}, not ${target}`);
        } else if (
          (entry.lo & ~(BIT.A | BIT.D)) !== (flags.lo | (target << 12)) ||
          entry.hi !== (flags.hi | (target / 2 ** 20))
        ) {
          found.push(
            `${where} has entry ${hex(entry.hi)}:${hex(entry.lo)}, not MPN ${target} with flags ${hex(flags.hi)}:${hex(flags.lo)}`,
          );
        }
      }
    }
  }
  return found;
}

/** Every entry that is not 0 points to a listed table, or belongs to a mapping, to a map under way, or to the linear alias. */
function strayViolations(m: Machine, read: Read, maps: readonly MapWork[]): string[] {
  const { alias } = m.config;
  const owners = [
    ...(alias ? [alias] : []),
    ...m.state.mappings.values(),
    ...maps.flatMap(({ mapping }) => (mapping.vpn > 0 ? [mapping] : [])),
  ];
  let last = owners[0];
  // Neighbours mostly have the same owner.
  const explained = (vpn: number): boolean => {
    if (last && vpn >= last.vpn && vpn < last.vpn + last.pages) return true;
    last = owners.find((owner) => vpn >= owner.vpn && vpn < owner.vpn + owner.pages) ?? last;
    return last !== undefined && vpn >= last.vpn && vpn < last.vpn + last.pages;
  };
  const found: string[] = [];
  for (const { level, prefix, mpn } of tables(m)) {
    const words = read(mpn);
    for (let i = 0; i < TABLE_ENTRIES; i++) {
      const lo = words[i * 2];
      if (lo === 0 && words[i * 2 + 1] === 0) continue;
      const n = prefix * TABLE_ENTRIES + i;
      const leaf = (lo & BIT.P) === 0 || level === 1 || (level < 4 && (lo & BIT.PS) !== 0);
      if (leaf) {
        if (!explained(n * SPAN[level]))
          found.push(`the entry for VPN ${n * SPAN[level]} at level ${level} is not 0 and nobody's`);
      } else if (
        m.state.directory.tables[(level - 1) as TableLevel].at(n) !== targetOf(lo, words[i * 2 + 1], m.state.control)
      ) {
        found.push(
          `entry ${n} of level ${level} points to MPN ${targetOf(lo, words[i * 2 + 1], m.state.control)}, which is not its table`,
        );
      }
    }
  }
  return found;
}
