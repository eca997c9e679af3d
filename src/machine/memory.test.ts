import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { high32, low32 } from '../base/number';
import { changedFrames, Memory, type MemorySnapshot, type Run } from './memory';

/** Words by machine address: the slow twin. Everything missing is 0. */
type Words = Map<number, bigint>;

const ENTRIES = 512;
/** Frames of interest, some of them far up, where halves of 32 bits do not hold the number of a frame. */
const FIRST = 2 ** 33 - 2;
const FRAMES = 6;
const MASK = 2n ** 64n - 1n;

const entryOf = ({ lo, hi, target, step }: Run, n: number): bigint =>
  ((BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0) | (BigInt(target + n * step) << 12n)) & MASK;

function writeRun(words: Words, run: Run): void {
  for (let n = 0; n < run.count; n++) words.set(run.base * 4096 + (run.lead + n) * 8, entryOf(run, n));
}

const mpns = fc.integer({ min: FIRST, max: FIRST + FRAMES - 1 });
const slots = fc.oneof(fc.constantFrom(0, 1, 511), fc.nat(511));
const value = fc.oneof(fc.bigInt({ min: 0n, max: MASK }), fc.constantFrom(0n, 1n, MASK, 0x8000_0000n));
const runs = fc
  .record({
    base: mpns,
    lead: slots,
    count: fc.oneof(fc.constantFrom(1, 511, 512, 513, 1024, 1025), fc.integer({ min: 1, max: 2000 })),
    lo: fc.constantFrom(1, 3, 0x81, 0x1fff & 0x9f),
    hi: fc.constantFrom(0, -0x8000_0000),
    target: fc.constantFrom(0, 7, 2 ** 20 - 3, 2 ** 33),
    step: fc.constantFrom(1, 512, 2 ** 18),
  })
  .map(({ count, ...run }): Run =>
    Object.assign(run, { count: Math.min(count, (FIRST + FRAMES - run.base) * ENTRIES - run.lead) }),
  );
const acts = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('run' as const), run: runs }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('store' as const), mpn: mpns, slot: slots, value }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), mpn: mpns, slot: slots, value }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('setLow' as const), mpn: mpns, slot: slots, value }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('clear' as const), mpn: mpns, count: fc.integer({ min: 0, max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('rewrite' as const),
      mpn: mpns,
      count: fc.integer({ min: 1, max: 3 }),
      bit: fc.constantFrom(1, 2, 0x80),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('locate' as const), mpn: mpns }) },
  fc.record({ do: fc.constant('snapshot' as const) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), which: fc.nat() }) },
);

/** The frame as words of 32 bits, by every way that memory can be asked. */
function expectFrame(memory: Memory, words: Words, mpn: number): void {
  const expected: number[] = [];
  for (let slot = 0; slot < ENTRIES; slot++) {
    const word = words.get(mpn * 4096 + slot * 8) ?? 0n;
    expected.push(low32(word), high32(word));
  }
  const place = memory.locate(Number(BigInt.asIntN(32, BigInt(mpn) << 12n)), Math.floor(mpn / 2 ** 20));
  expect([...memory.near.subarray(place, place + 2 * ENTRIES)]).toEqual(expected);
  expect([...memory.read(mpn)]).toEqual(expected);
}

test('folded memory answers every read as a plain list of words does, whatever is written, cleared and restored', () => {
  fc.assert(
    fc.property(
      fc.array(acts, { minLength: 6, maxLength: 30, size: 'max' }),
      fc.array(mpns, { minLength: 3, maxLength: 3 }),
      (list, looks) => {
        const memory = new Memory();
        const words: Words = new Map();
        const saved: { readonly snapshot: MemorySnapshot; readonly words: Words }[] = [];
        for (const act of list) {
          switch (act.do) {
            case 'run':
              memory.writeRun(act.run);
              writeRun(words, act.run);
              break;
            case 'store':
              memory.store(act.mpn * 4096 + act.slot * 8 + 5, act.value);
              words.set(act.mpn * 4096 + act.slot * 8, act.value);
              break;
            case 'edit': {
              const frame = memory.edit(act.mpn);
              frame[act.slot * 2] = low32(act.value);
              frame[act.slot * 2 + 1] = high32(act.value);
              words.set(act.mpn * 4096 + act.slot * 8, act.value);
              break;
            }
            case 'setLow': {
              const ma = act.mpn * 4096 + act.slot * 8;
              memory.setLow(act.mpn, act.slot * 2, low32(act.value));
              words.set(ma, ((words.get(ma) ?? 0n) & ~0xffff_ffffn) | (act.value & 0xffff_ffffn));
              break;
            }
            case 'clear':
              memory.clear(act.mpn, act.mpn + act.count);
              for (let ma = act.mpn * 4096; ma < (act.mpn + act.count) * 4096; ma += 8) words.delete(ma);
              break;
            case 'rewrite':
              // Entries with the bit get RW and XD and lose it; whole frames, because a run changes as one.
              memory.rewrite(act.mpn, act.mpn + act.count, {
                match: (lo) => (lo & act.bit) !== 0,
                andLo: ~act.bit,
                orLo: 2,
                andHi: -1,
                orHi: -0x8000_0000,
                firstIndex: 0,
                lastIndex: 511,
              });
              for (const [ma, word] of words) {
                const mpn = Math.floor(ma / 4096);
                if (mpn < act.mpn || mpn >= act.mpn + act.count || (Number(word & 0xfffn) & act.bit) === 0) continue;
                words.set(ma, (word & ~BigInt(act.bit)) | 2n | (1n << 63n));
              }
              break;
            case 'locate':
              memory.locate(Number(BigInt.asIntN(32, BigInt(act.mpn) << 12n)), Math.floor(act.mpn / 2 ** 20));
              break;
            case 'snapshot':
              saved.push({ snapshot: memory.snapshot(), words: new Map(words) });
              break;
            case 'restore': {
              const back = saved[act.which % Math.max(1, saved.length)];
              if (!back) break;
              memory.restore(back.snapshot);
              words.clear();
              for (const [ma, word] of back.words) words.set(ma, word);
              break;
            }
          }
          for (const mpn of looks) {
            const ma = mpn * 4096 + 8 * ((list.length * 37) % ENTRIES);
            expect(memory.load(ma)).toBe(words.get(ma) ?? 0n);
          }
        }
        for (let mpn = FIRST; mpn < FIRST + FRAMES; mpn++) {
          expectFrame(memory, words, mpn);
          const held = [...words].some(([ma, word]) => Math.floor(ma / 4096) === mpn && word !== 0n);
          expect(!held || memory.holds(mpn)).toBe(true);
        }
      },
    ),
    { seed: 3, numRuns: 80 },
  );
});

test('a run of 2^32 entries is written, read and cleared without unfolding it', () => {
  const memory = new Memory();
  const run: Run = { base: 1000, lead: 3, count: 2 ** 32 - 1, lo: 3, hi: 0, target: 2 ** 26, step: 1 };
  memory.writeRun(run);
  const last = 1000 * 4096 + (3 + run.count - 1) * 8;
  expect(memory.load(1000 * 4096 + 2 * 8)).toBe(0n);
  expect(memory.load(1000 * 4096 + 3 * 8)).toBe(entryOf(run, 0));
  expect(memory.load(last)).toBe(entryOf(run, run.count - 1));
  expect(memory.load(last + 8)).toBe(0n);
  expect([...memory.plainWithin(0, Infinity)]).toEqual([]);
  memory.setLow(5000, 8, 0x67);
  expect([...memory.plainWithin(0, Infinity)]).toEqual([5000]);
  expect(memory.load(5000 * 4096 + 40)).toBe(entryOf(run, 4000 * 512 + 2));
  memory.clear(1000, 1000 + 2 ** 23 + 1);
  expect(memory.holds(5000)).toBe(false);
  expect(memory.load(last)).toBe(0n);
});

test('what changed between two snapshots is found, and nothing else', () => {
  const memory = new Memory();
  memory.store(4096, 1n);
  memory.store(8192, 2n);
  memory.writeRun({ base: 100, lead: 0, count: 5000, lo: 1, hi: 0, target: 9, step: 1 });
  const before = memory.snapshot();
  memory.store(8192, 3n);
  memory.store(3 * 4096, 4n);
  expect(
    changedFrames(before, memory.snapshot())
      .map(({ mpn }) => mpn)
      .toSorted((a, b) => a - b),
  ).toEqual([2, 3]);
  const middle = memory.snapshot();
  expect(changedFrames(middle, memory.snapshot())).toEqual([]);
  memory.writeRun({ base: 200, lead: 0, count: 1024, lo: 1, hi: 0, target: 9, step: 1 });
  expect(changedFrames(middle, memory.snapshot())).toEqual([{ mpn: 200, count: 2 }]);
});
