import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SPAN, type PageLevel } from './address';
import { GLOBAL, type Geometry } from './set-cache';
import {
  dataHigh,
  DIRTY,
  STRUCTURE_GEOMETRY,
  Tlb,
  TLB_NAMES,
  type StructureLevel,
  type TlbGeometry,
  type TlbName,
} from './tlb';

/** One entry of the slow twin, with all that a comparison looks at. */
interface Slow {
  readonly cache: TlbName | StructureLevel;
  readonly level: number;
  /** The page number in pages of the entry's size. */
  readonly page: number;
  readonly pcid: number;
  readonly global: boolean;
  readonly mpn: number;
  readonly rights: number;
  readonly dirty: boolean;
  readonly born: number;
  used: number;
}

const GEOMETRY: TlbGeometry = {
  l1d4k: { entries: 8, ways: 2 },
  l1d2m: { entries: 2, ways: 2 },
  l1d1g: { entries: 2, ways: 2 },
  l1i: { entries: 4, ways: 1 },
  // More sets than stand in one block.
  l2: { entries: 64, ways: 2 },
};

/** Translation caches as one list that is searched from end to end. Slow, and simple enough to be right. */
class SlowTlb {
  entries: Slow[] = [];
  now = 0;

  private setOf(cache: Slow['cache'], page: number): number {
    const { entries, ways }: Geometry = typeof cache === 'number' ? STRUCTURE_GEOMETRY[cache] : GEOMETRY[cache];
    return page % (entries / ways);
  }

  private find(cache: Slow['cache'], level: number, vpn: number, pcid: number): Slow | undefined {
    const page = Math.floor(vpn / SPAN[level as PageLevel]);
    return this.entries.find(
      (e) => e.cache === cache && e.level === level && e.page === page && (e.global || e.pcid === pcid),
    );
  }

  private insert(entry: Slow): void {
    const { ways }: Geometry =
      typeof entry.cache === 'number' ? STRUCTURE_GEOMETRY[entry.cache] : GEOMETRY[entry.cache];
    // What a look-up for the new key would find goes, a global entry whatever its PCID.
    const same = new Set(
      this.entries.filter(
        (e) =>
          e.cache === entry.cache &&
          e.level === entry.level &&
          e.page === entry.page &&
          (e.pcid === entry.pcid || e.global),
      ),
    );
    const set = this.setOf(entry.cache, entry.page);
    const others = this.entries.filter(
      (e) => !same.has(e) && e.cache === entry.cache && this.setOf(e.cache, e.page) === set,
    );
    const victim = others.length >= ways ? others.reduce((a, b) => (b.used < a.used ? b : a)) : undefined;
    this.entries = this.entries.filter((e) => !same.has(e) && e !== victim);
    this.entries.push(entry);
  }

  private firstLevel = (level: number, execute: boolean): TlbName =>
    execute ? 'l1i' : level === 1 ? 'l1d4k' : level === 2 ? 'l1d2m' : 'l1d1g';

  lookup(vpn: number, execute: boolean, pcid: number): { readonly found: number; readonly entry?: Slow } {
    this.now++;
    for (const level of [1, 2, 3]) {
      const entry = this.find(this.firstLevel(level, execute), level, vpn, pcid);
      if (entry) {
        entry.used = this.now;
        return { found: 1, entry };
      }
    }
    const entry = this.find('l2', 1, vpn, pcid) ?? this.find('l2', 2, vpn, pcid);
    if (!entry) return { found: 0 };
    entry.used = this.now;
    this.insert({ ...entry, cache: this.firstLevel(entry.level, execute) });
    return { found: 2, entry };
  }

  fill(vpn: number, execute: boolean, what: Omit<Slow, 'cache' | 'page' | 'used'>): void {
    const page = Math.floor(vpn / SPAN[what.level as PageLevel]);
    for (const cache of [this.firstLevel(what.level, execute), ...(what.level === 3 ? [] : ['l2' as const])]) {
      this.insert({ ...what, cache, page, used: this.now });
    }
  }

  fillStructure(level: StructureLevel, vpn: number, pcid: number, table: number, rights: number, born: number): void {
    const page = Math.floor(vpn / SPAN[level]);
    this.insert({
      cache: level,
      level,
      page,
      pcid,
      global: false,
      mpn: table,
      rights,
      dirty: false,
      born,
      used: this.now,
    });
  }

  invalidatePage(vpn: number, pcid: number, global: boolean): void {
    this.keep(
      (e) =>
        typeof e.cache === 'number' ||
        e.page !== Math.floor(vpn / SPAN[e.level as PageLevel]) ||
        (e.global ? !global : e.pcid !== pcid),
    );
  }

  flush(pcid: number | undefined, global: boolean): void {
    this.keep((e) => typeof e.cache === 'number' || (e.global ? !global : pcid !== undefined && e.pcid !== pcid));
  }

  flushStructures(pcid: number | undefined): void {
    this.keep((e) => typeof e.cache !== 'number' || (pcid !== undefined && e.pcid !== pcid));
  }

  private keep(wanted: (entry: Slow) => boolean): void {
    this.entries = this.entries.filter(wanted);
  }

  text(): string[] {
    return this.entries
      .map((e) =>
        JSON.stringify([
          e.cache,
          this.setOf(e.cache, e.page),
          e.level,
          e.page,
          e.pcid,
          e.global,
          e.mpn,
          e.rights,
          e.dirty,
          e.born,
          e.used,
        ]),
      )
      .toSorted();
  }
}

function textOf(tlb: Tlb): string[] {
  const lines: string[] = [];
  const setOf = (level: StructureLevel, page: number): number =>
    page % (STRUCTURE_GEOMETRY[level].entries / STRUCTURE_GEOMETRY[level].ways);
  tlb.forEach((e, { tlb: name, set }) =>
    lines.push(
      JSON.stringify([
        name,
        set,
        e.level,
        e.vpn / SPAN[e.level],
        e.pcid,
        e.global,
        e.mpn,
        e.rights,
        e.dirty,
        e.born,
        e.used,
      ]),
    ),
  );
  tlb.forEachStructure((e, level) => {
    const page = e.vpn / SPAN[level];
    lines.push(
      JSON.stringify([
        level,
        setOf(level, page),
        level,
        page,
        e.pcid,
        e.global,
        e.mpn,
        e.rights,
        e.dirty,
        e.born,
        e.used,
      ]),
    );
  });
  return lines.toSorted();
}

const hiOf = (vpn: number): number => Math.floor(vpn / 2 ** 20);
const loOf = (vpn: number): number => (vpn * 4096) | 0;

/** A page is global or it is not; one that is both may be answered by either entry. */
const isGlobal = (vpn: number): boolean => vpn >= 2 ** 18;

/** Pages that share sets, pages of all sizes, and a page number of more than 32 bits. */
const vpns = fc.oneof(
  fc.nat(70),
  fc.constantFrom(512, 513, 1024, 2 ** 18, 2 ** 18 + 5, 2 ** 27 + 1, 2 ** 33 + 64, 2 ** 36 - 1),
);
const pcids = fc.constantFrom(0, 1, 0xfff);
const scopes = fc.record({ pcid: fc.option(pcids, { nil: undefined }), global: fc.boolean() });
const acts = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('access' as const),
      vpn: vpns,
      level: fc.constantFrom<PageLevel>(1, 1, 1, 2, 3),
      execute: fc.boolean(),
      pcid: pcids,
      mpn: fc.constantFrom(1, 2 ** 31, 2 ** 32 + 7, 2 ** 40 - 1),
      rights: fc.constantFrom(0, 2, 6, 14),
      write: fc.boolean(),
    }),
  },
  fc.record({
    do: fc.constant('structure' as const),
    vpn: vpns,
    level: fc.constantFrom<StructureLevel>(2, 3, 4),
    pcid: pcids,
    table: fc.nat(9),
  }),
  fc.record({ do: fc.constant('page' as const), vpn: vpns, pcid: pcids, global: fc.boolean() }),
  fc.record({ do: fc.constant('flush' as const), scope: scopes }),
  fc.record({ do: fc.constant('flushStructures' as const), pcid: fc.option(pcids, { nil: undefined }) }),
  fc.record({ do: fc.constant('snapshot' as const) }),
  fc.record({ do: fc.constant('restore' as const), which: fc.nat() }),
);

test('a TLB finds, keeps and drops what a slow list would, through snapshots and restores', () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 10, maxLength: 80, size: 'max' }), (list) => {
      const tlb = new Tlb(GEOMETRY);
      const slow = new SlowTlb();
      const wrong: string[] = [];
      const saved: {
        readonly tlb: ReturnType<Tlb['snapshot']>;
        readonly entries: readonly Slow[];
        readonly now: number;
      }[] = [];
      list.forEach((act, born) => {
        switch (act.do) {
          case 'access': {
            const { vpn, execute, pcid } = act;
            const expected = slow.lookup(vpn, execute, pcid);
            const found = tlb.lookup(hiOf(vpn), loOf(vpn), execute, pcid);
            const as = [found, found > 0 ? tlb.hitLevel : 0].join();
            if (as !== [expected.found, expected.entry?.level ?? 0].join()) wrong.push(`look-up ${born} gave ${as}`);
            // A miss fills; so does a write that finds D = 0, with the page as it was found.
            const { entry } = expected;
            if (entry && !(act.write && !entry.dirty && (entry.pcid === pcid || !entry.global))) break;
            const level = (entry?.level ?? act.level) as PageLevel;
            const global = isGlobal(vpn);
            const what = {
              level,
              pcid,
              global,
              mpn: act.mpn - (act.mpn % SPAN[level]),
              rights: act.rights,
              dirty: act.write,
              born,
            };
            slow.fill(vpn, execute, what);
            const hi = dataHigh(what.mpn, act.rights, 6, (act.write ? DIRTY : 0) | (global ? GLOBAL : 0));
            tlb.fill(level, hiOf(vpn), loOf(vpn), execute, pcid, what.mpn | 0, hi, born, found === 0);
            break;
          }
          case 'structure':
            slow.now = ++tlb.now;
            slow.fillStructure(act.level, act.vpn, act.pcid, act.table, 6, born);
            tlb.fillStructure(act.level, hiOf(act.vpn), loOf(act.vpn), act.pcid, act.table, 6, born);
            break;
          case 'page':
            slow.invalidatePage(act.vpn, act.pcid, act.global);
            tlb.invalidatePage(hiOf(act.vpn), loOf(act.vpn), act.pcid, act.global);
            break;
          case 'flush':
            slow.flush(act.scope.pcid, act.scope.global);
            tlb.flush(
              act.scope.pcid === undefined
                ? { global: act.scope.global }
                : { pcid: act.scope.pcid, global: act.scope.global },
            );
            break;
          case 'flushStructures':
            slow.flushStructures(act.pcid);
            tlb.flushStructures(act.pcid);
            break;
          case 'snapshot':
            saved.push({ tlb: tlb.snapshot(), entries: structuredClone(slow.entries), now: slow.now });
            break;
          case 'restore': {
            const back = saved[act.which % Math.max(1, saved.length)];
            if (!back) break;
            tlb.restore(back.tlb);
            slow.entries = structuredClone(back.entries) as Slow[];
            slow.now = back.now;
            break;
          }
        }
        expect(textOf(tlb)).toEqual(slow.text());
      });
      expect(wrong).toEqual([]);
      const live = TLB_NAMES.reduce((sum, name) => sum + tlb[name].live, 0);
      expect(live).toBe(slow.entries.filter(({ cache }) => typeof cache !== 'number').length);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('the least recently used way of a full set is the one replaced', () => {
  const tlb = new Tlb({ ...GEOMETRY, l1d4k: { entries: 2, ways: 2 } });
  const touch = (vpn: number): number => {
    const found = tlb.lookup(0, vpn * 4096, false, 0);
    if (found === 0) tlb.fill(1, 0, vpn * 4096, false, 0, vpn, dataHigh(vpn, 2, 6, 0), 1);
    return found;
  };
  expect([10, 11, 10, 12, 10, 11].map(touch)).toEqual([0, 0, 1, 0, 1, 2]);
});

test('a snapshot without a change in between is the same object', () => {
  const tlb = new Tlb(GEOMETRY);
  tlb.fill(1, 0, 4096, false, 0, 9, dataHigh(9, 2, 6, 0), 1);
  const first = tlb.snapshot();
  expect(tlb.snapshot()).toBe(first);
  tlb.lookup(0, 4096, false, 0);
  expect(tlb.snapshot()).not.toBe(first);
});
