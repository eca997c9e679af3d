/** Mistakes that are common in page-table tools, emulators and libraries; each is one that this machine must not make. */
import { describe, expect, test } from 'vitest';
import { AC, EXECUTE, USER, WRITE } from './access';
import { fullVa, isCanonical, lowVa } from './address';
import { DEFAULT_CONFIG, DEFAULT_POLICIES } from './config';
import { makeControl } from './control';
import { DEFAULT_CONTROL } from './control-bits';
import { BIT, entryKind, fieldsOf } from './entry-format';
import { violations } from './invariants';
import { access, at, change, map, range, record, rules, run, sync, unmap } from './machine.fixture';
import { Memory } from './memory';
import { decodePat, patIndex } from './memory-type';
import { typeName } from './mmu';
import type { Op } from './op';
import { REASONS } from './rights';
import { MIGHTCHANGE, READONLY, READWRITE, UNCACHED, WRITECOMBINE } from './vmkapi';
import { faultOf, Walk, walk } from './walk';

const control = makeControl(DEFAULT_CONTROL, 46);

/** A walk of VA 0 through four entries in frames 1 to 4; each points to the next frame if it says nothing else. */
function through(pml4e: bigint, pdpte: bigint, pde: bigint, pte: bigint, code = 0, rules = control) {
  const memory = new Memory();
  [pml4e, pdpte, pde, pte].forEach((entry, i) => memory.store((i + 1) * 4096, entry));
  const out = new Walk().from(1);
  const done = walk(memory, rules, out, 0, 0, code, true);
  const entries = [1, 2, 3, 4].map((mpn) => memory.load(mpn * 4096));
  return {
    done,
    level: out.level,
    mpn: out.mpn,
    reason: REASONS[out.reason],
    rights: done ? out.rights(out.level) : 0,
    entries,
    fault: done ? undefined : faultOf(out, 0n, code, rules),
  };
}
const to = (mpn: number, flags = 7n): bigint => (BigInt(mpn) << 12n) | flags;

describe('1. the PAT bit', () => {
  test('is bit 7 of a PTE, where it says nothing of page size, and bit 12 of a large entry, where it is no address', () => {
    const pte = through(to(2), to(3), to(4), to(9, 0x87n));
    expect(pte).toMatchObject({ done: true, level: 1, mpn: 9 });
    expect(entryKind(1, 0x87)).toBe('PTE');
    const pde = through(to(2), to(3), to(512, 0x1087n), 0n);
    expect(pde).toMatchObject({ done: true, level: 2, mpn: 512 });
    expect([patIndex(0x80, false), patIndex(0x80, true), patIndex(0x1000, true), patIndex(0x1000, false)]).toEqual([
      4, 0, 4, 0,
    ]);
  });
});

describe('2. A and D', () => {
  test('A is set at every level used, D in the leaf alone and only by a write, also when a read came before', () => {
    expect(through(to(2), to(3), to(4), to(9)).entries.map((entry) => entry & 0x60n)).toEqual([
      0x20n,
      0x20n,
      0x20n,
      0x20n,
    ]);
    expect(through(to(2), to(3), to(4), to(9), WRITE).entries.map((entry) => entry & 0x60n)).toEqual([
      0x20n,
      0x20n,
      0x20n,
      0x60n,
    ]);
    for (const kind of ['PML4E', 'PDPTE', 'PDE'] as const)
      expect(fieldsOf(kind, 46, true).some(({ name }) => name === 'D')).toBe(false);
  });

  test('A or D cleared by hand is not set again while the TLB holds the page, and is after an invalidation', () => {
    const first = run([map('a', READWRITE, [range(100, 1)]), access('a', 'write')]);
    const ma = first.state.directory.tables[1].at(0x4400_0000_0000 / 4096 / 512)! * 4096;
    const cleared: Op = { op: 'poke', pcpu: 0, ma: BigInt(ma), value: first.memory.load(ma) & ~0x60n };
    const ops: Op[] = [map('a', READWRITE, [range(100, 1)]), access('a', 'write'), cleared, access('a', 'write')];
    expect(run(ops).memory.load(ma) & 0x60n).toBe(0n);
    const flushed: Op[] = [...ops, { op: 'invalidate', pcpu: 0, how: 'invlpg', at: at('a') }, access('a', 'write')];
    expect(run(flushed).memory.load(ma) & 0x60n).toBe(0x60n);
  });
});

describe('3. effective rights', () => {
  test('RW and US are ANDed and XD is ORed over the levels; the leaf alone does not decide', () => {
    const nx = 1n << 63n;
    for (let level = 0; level < 4; level++) {
      const entries = (change: bigint): [bigint, bigint, bigint, bigint] =>
        [to(2), to(3), to(4), to(9)].map((entry, i) => (i === level ? entry ^ change : entry)) as [
          bigint,
          bigint,
          bigint,
          bigint,
        ];
      expect(through(...entries(2n), WRITE)).toMatchObject({ done: false, reason: 'write-ro-wp' });
      expect(through(...entries(4n), USER)).toMatchObject({ done: false, reason: 'user-supervisor' });
      expect(through(...entries(nx), EXECUTE)).toMatchObject({ done: false, reason: 'nx' });
      expect(through(...entries(nx)).rights & 8).toBe(8);
    }
  });
});

describe('4. reserved bits', () => {
  test('PS in a PML4E, low address bits of a large page, bits from MAXPHYADDR on, and bit 63 without NXE never translate', () => {
    const noNxe = makeControl({ ...DEFAULT_CONTROL, nxe: false }, 46);
    expect(through(to(2, 0x87n), to(3), to(4), to(9)).fault).toMatchObject({ errorCode: 9, level: 4, bit: 7 });
    expect(through(to(2), (1n << 13n) | 0x87n, 0n, 0n).fault).toMatchObject({ errorCode: 9, level: 3, bit: 13 });
    expect(through(to(2), (1n << 29n) | 0x87n, 0n, 0n).fault).toMatchObject({ errorCode: 9, level: 3, bit: 29 });
    expect(through(to(2), to(3), (1n << 20n) | 0x87n, 0n).fault).toMatchObject({ errorCode: 9, level: 2, bit: 20 });
    expect(through(to(2), to(3), to(4), to(9) | (1n << 46n)).fault).toMatchObject({ errorCode: 9, level: 1, bit: 46 });
    expect(through(to(2), to(3), to(4), to(9) | (1n << 51n)).fault).toMatchObject({ errorCode: 9, level: 1, bit: 51 });
    expect(through(to(2), to(3), to(4), to(9) | (1n << 63n), 0, noNxe).fault).toMatchObject({
      errorCode: 9,
      level: 1,
      bit: 63,
    });
    expect(through(to(2), to(3), to(4), to(9) | (0x7ffn << 52n)).done).toBe(true);
  });

  test('an entry that is not present is not looked at further', () => {
    expect(through(to(2), to(3), to(4), 0xffff_ffff_ffff_fffen).fault).toMatchObject({
      reason: 'not-present',
      errorCode: 0,
    });
  });
});

describe('5. page size', () => {
  test('PS ends a walk at the PDPT and the PD alone, with the base that the size asks for', () => {
    expect(through(to(2), to(2 ** 18, 0x87n), 0n, 0n)).toMatchObject({ done: true, level: 3, mpn: 2 ** 18 });
    expect(through(to(2), to(3), to(2 ** 20 + 512, 0x87n), 0n)).toMatchObject({
      done: true,
      level: 2,
      mpn: 2 ** 20 + 512,
    });
    expect(through(to(2), to(3), to(4), to(9, 0x87n))).toMatchObject({ done: true, level: 1, mpn: 9 });
  });
});

describe('6. the TLB is no view of the tables', () => {
  test('a hit reads no table: an entry changed by hand is used only after an invalidation', () => {
    const first = run([map('a', READWRITE, [range(100, 1)]), access('a')]);
    const ma = first.state.directory.tables[1].at(0x4400_0000_0000 / 4096 / 512)! * 4096;
    const ops: Op[] = [
      map('a', READWRITE, [range(100, 1)]),
      access('a'),
      { op: 'poke', pcpu: 0, ma: BigInt(ma), value: first.memory.load(ma) + 4096n },
      access('a'),
    ];
    const m = run([...ops, { op: 'invalidate', pcpu: 0, how: 'cr3', pcid: 0, keep: false }, access('a')]);
    expect([1, 3, 5].map((op) => record(m, op)!.ma! / 4096)).toEqual([100, 100, 101]);
    expect(rules(m)).toContain('stale-hit');
  });
});

describe('7. tags and flushes', () => {
  test('a large page is one entry that any INVLPG inside it drops, and the structures go too', () => {
    const ops = [map('a', READWRITE, [range(512, 512)]), access('a'), access('a', 'read', { at: at('a', 0x1f_f000n) })];
    const m = run([...ops, { op: 'invalidate', pcpu: 0, how: 'invlpg', at: at('a', 0x10_0000n) }], {
      policies: { ...DEFAULT_POLICIES, pageSizes: '2M' },
    });
    expect(m.tlbs[0].l1d2m.live + m.tlbs[0].l2.live + m.tlbs[0].structures[3].live).toBe(0);
  });

  test('global entries are found in every PCID and survive MOV CR3', () => {
    const cr3: Op = { op: 'invalidate', pcpu: 0, how: 'cr3', pcid: 5, keep: false };
    const ops = [map('a', READWRITE, [range(100, 1)]), access('a'), cr3, access('a')];
    const walks = (control: object): number =>
      record(run(ops, { control: { ...DEFAULT_CONTROL, ...control } }), 3)!.access!.walks;
    expect([walks({}), walks({ pge: true }), walks({ pge: true, pcide: true }), walks({ pcide: true })]).toEqual([
      1, 0, 0, 1,
    ]);
  });

  test('a page read in one PCID and written in another walks once, to set D, and hits from then on', () => {
    const cr3: Op = { op: 'invalidate', pcpu: 0, how: 'cr3', pcid: 1, keep: true };
    const ops = [
      map('a', READWRITE, [range(100, 1)]),
      access('a'),
      cr3,
      access('a', 'write'),
      access('a', 'write'),
      access('a', 'write'),
    ];
    const m = run(ops, { control: { ...DEFAULT_CONTROL, pge: true, pcide: true } });
    expect([3, 4, 5].map((op) => record(m, op)!.access!.walks)).toEqual([1, 0, 0]);
  });
});

describe('8. one CPU, flushed by magic', () => {
  test('between the clearing of an entry and its flush another PCPU still reaches the page, and nothing is given back', () => {
    const reader = access('a', 'read', { pcpu: 1, count: 5000, stride: 0n });
    const m = run([map('a', READWRITE, [range(100, 1)]), access('a', 'read', { pcpu: 1 }), sync, reader, unmap('a')]);
    expect(rules(m)).toEqual(['use-after-unmap']);
    expect(m.state.hazards[0].times).toBeGreaterThan(10);
    expect(record(m, 3)!.access!.faults).toBeGreaterThan(10);
  });
});

describe('9. memory types', () => {
  test('PCD, PWT and PAT choose a slot of IA32_PAT, which the MTRRs then combine with; none of them is a type', () => {
    const pat = decodePat(0x0000_0000_0000_0106n);
    const typeOf = (attrs: bigint, mpn: number, slots = DEFAULT_CONFIG.pat): string => {
      const m = run([map('a', attrs, [range(mpn, 1)]), access('a')], { pat: slots });
      let found = '';
      m.tlbs[0].forEach(({ type }) => (found = typeName(type)));
      return found;
    };
    expect([
      typeOf(READWRITE, 100),
      typeOf(READWRITE, 0xfeb00),
      typeOf(WRITECOMBINE, 0xfeb00),
      typeOf(UNCACHED, 100),
    ]).toEqual(['WB', 'UC', 'WC', 'UC']);
    expect(typeOf(WRITECOMBINE, 100, pat.ok ? pat.value : [])).toBe('WC');
  });
});

describe('10. numbers of 48 and 64 bits', () => {
  test('addresses are exact beyond 32 and 53 bits, canonical ones are told apart, and the sign is kept', () => {
    expect([0n, (1n << 47n) - 1n, 0xffff_8000_0000_0000n, 2n ** 64n - 1n].map(isCanonical)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([1n << 47n, 0xffff_7fff_ffff_ffffn, 1n << 63n].map(isCanonical)).toEqual([false, false, false]);
    for (const va of [0xffff_ffff_ffff_f123n, 0xffff_8000_0000_0001n, 0x7fff_ffff_ffffn])
      expect(fullVa(lowVa(va))).toBe(va);
    const top = map('a', READWRITE, [range(2 ** 40 - 2, 2)]);
    const m = run(
      [
        top,
        access('a', 'write', { at: at('a', 4096n + 8n), value: 2n ** 64n - 2n }),
        access('a', 'read', { at: at('a', 4096n + 8n) }),
      ],
      { maxPhyAddr: 52 },
    );
    expect(record(m, 2)).toMatchObject({ ma: 2 ** 52 - 4096 + 8, value: 2n ** 64n - 2n });
  });
});

describe('11. CR3 and the address mask', () => {
  test('a PCID in CR3 is no part of the address of the PML4', () => {
    const ops: Op[] = [
      map('a', READWRITE, [range(100, 1)]),
      { op: 'invalidate', pcpu: 0, how: 'cr3', pcid: 0xfff, keep: false },
      access('a'),
    ];
    expect(record(run(ops, { control: { ...DEFAULT_CONTROL, pcide: true } }), 2)!.ma).toBe(100 * 4096);
  });

  test('an entry’s address ends at MAXPHYADDR: the bit below it is address, the bits above 51 are ignored', () => {
    for (const bits of [36, 40, 52]) {
      const rules = makeControl(DEFAULT_CONTROL, bits);
      const highest = 2 ** (bits - 13);
      expect(through(to(2), to(3), to(4), to(highest + 5) | (1n << 58n), 0, rules)).toMatchObject({
        done: true,
        mpn: highest + 5,
      });
    }
  });
});

describe('12. spurious faults', () => {
  test('rights that were added without a flush fault once, and the refused entry is gone after it', () => {
    const ops = [
      map('a', MIGHTCHANGE, [range(100, 1)]),
      access('a'),
      change('a', READWRITE),
      access('a', 'write'),
      access('a', 'write'),
    ];
    const m = run(ops);
    expect([3, 4].map((op) => record(m, op)!.access!.spurious)).toEqual([1, 0]);
    expect(record(m, 3)!.fault).toBeUndefined();
    const burst = run([...ops.slice(0, 3), access('a', 'write', { count: 10, stride: 8n })]);
    expect(record(burst, 3)!.access).toMatchObject({ spurious: 1, faults: 0 });
  });
});

describe('13. tables that are empty', () => {
  test('the last mapping takes its tables with it, after every PCPU dropped them from its paging-structure caches', () => {
    const m = run([map('a', READWRITE, [range(100, 1)]), access('a', 'read', { pcpu: 1 }), sync, unmap('a')]);
    expect(m.state.pool.used).toBe(run([]).state.pool.used);
    expect(m.tlbs[1].structures[2].live).toBe(0);
    expect(rules(m)).toEqual([]);
  });

  test('a kept table in the way of a large page goes back to the pool, after a flush, and the page is reached', () => {
    const config = { policies: { ...DEFAULT_POLICIES, emptyTables: 'keep' as const, pageSizes: '2M' as const } };
    const ops = [map('a', READWRITE, [range(16, 1)]), access('a', 'read', { pcpu: 1 }), sync, unmap('a'), sync];
    const large = [map('b', READWRITE, [range(512, 512)]), sync, access('b', 'read', { pcpu: 1 })];
    const m = run([...ops, ...large], config);
    expect(record(m, 5)!.vpn).toBe(record(m, 0)!.vpn);
    expect(record(m, 7)).toHaveProperty('ma', 512 * 4096);
    expect(m.state.pool.used).toBe(run(ops, config).state.pool.used - 1);
    expect(m.tlbs.map((tlb) => tlb.structures[2].live)).toEqual([0, 0, 0, 0]);
    expect([...violations(m), ...rules(m)]).toEqual([]);
    const small = run([...ops, ...large, unmap('b'), map('c', READWRITE, [range(16, 1)]), access('c')], config);
    expect(record(small, 10)).toHaveProperty('ma', 16 * 4096);
    expect(violations(small)).toEqual([]);
  });
});

test('SMAP looks at AC, which only explicit supervisor accesses have', () => {
  const smap = makeControl({ ...DEFAULT_CONTROL, smap: true }, 46);
  expect(through(to(2), to(3), to(4), to(9), 0, smap).reason).toBe('smap');
  expect(through(to(2), to(3), to(4), to(9), AC, smap).done).toBe(true);
  expect(BIT.PS).toBe(BIT.PAT_4K);
  expect(READONLY).toBe(0n);
});
