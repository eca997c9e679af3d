import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AC, EXECUTE, USER, WRITE } from './access';
import { makeControl } from './control';
import type { ControlBits } from './control-bits';
import { Memory } from './memory';
import { REASONS } from './rights';
import { faultOf, Walk, walk } from './walk';

/** What a walk gives: where it ended, why, and every entry as it stands afterwards. */
interface Ending {
  readonly level: number;
  readonly reason: string;
  readonly error: number | undefined;
  readonly ma: bigint | undefined;
  readonly entries: readonly bigint[];
}

const bit = (entry: bigint, n: number): boolean => ((entry >> BigInt(n)) & 1n) === 1n;

/**
 * The rules of SDM vol. 3A 4.5 to 4.8, one after the other, on bigints: `entries` are the PML4E, PDPTE, PDE and PTE that the address
 * selects, wherever they stand.
 */
function slowWalk(entries: readonly bigint[], c: ControlBits, maxPhyAddr: number, la: bigint, access: number): Ending {
  const after = [...entries];
  const write = (access & WRITE) !== 0;
  const fetch = (access & EXECUTE) !== 0;
  const user = (access & USER) !== 0;
  const fault = (level: number, reason: string, present: boolean, reserved: boolean): Ending => ({
    level,
    reason,
    error:
      Number(present) +
      2 * Number(write) +
      4 * Number(user) +
      8 * Number(reserved) +
      16 * Number(fetch && (c.nxe || c.smep)),
    ma: undefined,
    entries: after,
  });
  let writable = true;
  let userPage = true;
  let noExecute = false;
  for (let level = 4; level >= 1; level--) {
    const i = 4 - level;
    const entry = after[i];
    if (!bit(entry, 0)) return fault(level, 'not-present', false, false);
    const large = (level === 3 || level === 2) && bit(entry, 7);
    for (let n = maxPhyAddr; n < 52; n++) if (bit(entry, n)) return fault(level, 'reserved', true, true);
    if (!c.nxe && bit(entry, 63)) return fault(level, 'reserved', true, true);
    if (level === 4 && bit(entry, 7)) return fault(level, 'reserved', true, true);
    if (large)
      for (let n = 13; n < (level === 3 ? 30 : 21); n++) if (bit(entry, n)) return fault(level, 'reserved', true, true);
    writable &&= bit(entry, 1);
    userPage &&= bit(entry, 2);
    noExecute ||= bit(entry, 63);
    if (level > 1 && !large) {
      after[i] |= 1n << 5n;
      continue;
    }
    const refused = ((): string | undefined => {
      if (user && !userPage) return 'user-supervisor';
      if (!user && userPage && fetch && c.smep) return 'smep';
      if (!user && userPage && !fetch && c.smap && (access & AC) === 0) return 'smap';
      if (fetch && noExecute && c.nxe) return 'nx';
      if (write && !writable && user) return 'write-ro-user';
      if (write && !writable && c.wp) return 'write-ro-wp';
      return undefined;
    })();
    if (refused) return fault(level, refused, true, false);
    after[i] |= (1n << 5n) | (write ? 1n << 6n : 0n);
    const offsetBits = 12n + 9n * BigInt(level - 1);
    const address = entry & ((1n << BigInt(maxPhyAddr)) - 1n);
    return {
      level,
      reason: 'none',
      error: undefined,
      ma: ((address >> offsetBits) << offsetBits) | (la & ((1n << offsetBits) - 1n)),
      entries: after,
    };
  }
  throw new Error('a PTE always ends the walk');
}

const bits64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
/** Entries that a walk passes, with up to two bits that are wrong or odd. */
const odd = fc.array(
  fc.constantFrom(0, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 20, 21, 29, 35, 36, 45, 46, 51, 52, 59, 62, 63, 63),
  { maxLength: 2 },
);
const entryFlags: fc.Arbitrary<bigint> = fc
  .tuple(
    fc.constantFrom<bigint>(7n, 7n, 3n, 1n),
    fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: odd }),
  )
  .map(([usual, list]) => list.reduce((entry, n) => entry ^ (1n << BigInt(n)), usual));

/** Where tables are: far apart, and so that no two are one frame. */
const tableAt = (level: number, maxPhyAddr: number): bigint =>
  (level === 3 ? 0n : (1n << BigInt(maxPhyAddr - 13)) - 8n) + BigInt(level);

const cases = fc.record({
  maxPhyAddr: fc.integer({ min: 36, max: 52 }),
  control: fc.record({
    wp: fc.boolean(),
    pge: fc.boolean(),
    smep: fc.boolean(),
    smap: fc.boolean(),
    pcide: fc.boolean(),
    nxe: fc.boolean(),
  }),
  flags: fc.tuple(entryFlags, entryFlags, entryFlags, entryFlags),
  user: fc.boolean(),
  leaf: fc.constantFrom(1, 2, 3),
  wild: fc.option(fc.record({ level: fc.nat(3), entry: bits64 }), { freq: 4, nil: undefined }),
  page: fc.bigInt({ min: 0n, max: 2n ** 40n - 1n }),
  low: fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 48n - 1n }),
    fc.constantFrom(0n, 2n ** 47n, 2n ** 48n - 1n, 2n ** 47n - 1n),
  ),
  access: fc.nat(15).filter((access) => (access & (WRITE | EXECUTE)) !== (WRITE | EXECUTE)),
});

test('a walk ends as the rules say, with the same address, error code, and A and D bits', () => {
  const seen = new Set<string>();
  const memory = new Memory();
  const blank = memory.snapshot();
  fc.assert(
    fc.property(cases, ({ maxPhyAddr, control: bits, flags: own, user, leaf, wild, page, low, access }) => {
      memory.restore(blank);
      const indexes = [39n, 30n, 21n, 12n].map((shift) => (low >> shift) & 511n);
      const target = (page & ((1n << BigInt(maxPhyAddr - 12)) - 1n)) << 12n;
      const targets = [tableAt(3, maxPhyAddr), tableAt(2, maxPhyAddr), tableAt(1, maxPhyAddr)].map((mpn) => mpn << 12n);
      const entries = own.map((flag, i) => {
        const flags = (user ? flag | 4n : flag) | (leaf === 4 - i && leaf > 1 ? 0x80n : 0n);
        if (i === 3) return flags ^ target;
        return flags ^ (i > 0 && bit(flags, 7) ? (target >> 30n) << 30n : targets[i]);
      });
      if (wild) entries[wild.level] = wild.entry;
      const root = tableAt(4, maxPhyAddr);
      // The table at each level is where the entry above it points to.
      const space = (1n << BigInt(maxPhyAddr)) - 1n;
      const tables = [root, ...entries.slice(0, 3).map((entry) => (entry & space) >> 12n)];
      const places = tables.map((mpn, i) => Number(mpn) * 4096 + Number(indexes[i]) * 8);
      fc.pre(new Set(places).size === 4);
      entries.forEach((entry, i) => memory.store(places[i], entry));

      const control = makeControl(bits, maxPhyAddr);
      const expected = slowWalk(entries, bits, maxPhyAddr, low, access);
      const la = BigInt.asUintN(64, BigInt.asIntN(48, low));
      for (const touch of [false, true]) {
        const out = new Walk().from(Number(root));
        const done = walk(memory, control, out, Number(low >> 32n), Number(BigInt.asIntN(32, low)), access, touch);
        const fault = done ? undefined : faultOf(out, la, access, control);
        const size = 4096n << BigInt(9 * (out.level - 1));
        const got: Ending & { readonly cr2: bigint | undefined } = {
          level: out.level,
          reason: fault?.reason.startsWith('rsvd') ? 'reserved' : REASONS[out.reason],
          error: fault?.errorCode,
          ma: done ? BigInt(out.mpn) * 4096n + (low % size) : undefined,
          entries: places.map((place) => memory.load(place)),
          cr2: fault?.cr2,
        };
        expect(got).toEqual({ ...expected, entries: touch ? expected.entries : entries, cr2: done ? undefined : la });
      }
      seen.add(`${expected.reason} ${expected.level}`);
    }),
    { seed: 5, numRuns: 2000 },
  );
  const reasons = [
    'none',
    'not-present',
    'reserved',
    'user-supervisor',
    'smep',
    'smap',
    'nx',
    'write-ro-user',
    'write-ro-wp',
  ];
  const wanted = [
    ...reasons.flatMap((reason) => [1, 2, 3].map((level) => `${reason} ${level}`)),
    'not-present 4',
    'reserved 4',
  ];
  expect(wanted.filter((each) => !seen.has(each))).toEqual([]);
});
