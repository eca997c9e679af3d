import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportOf } from '../engine/export';
import type { Exported, ExportWhat } from '../engine/picture-export';
import { AC } from '../machine/access';
import { DEFAULT_CONFIG } from '../machine/config';
import { Machine } from '../machine/machine';
import { access, map, range, run, unmap } from '../machine/machine.fixture';
import { peek } from '../machine/mmu';
import { step } from '../machine/step';
import { READWRITE } from '../machine/vmkapi';
import { ALL_KINDS, start, worlds } from '../machine/world.fixture';
import { libraryScenario } from '../scenario/library-files';
import type { Scenario } from '../scenario';
import { looksLikeInfoTlb, readInfoTlb } from '../scenario/tables/info-tlb';
import { firstPage, scenarioOfTables } from '../scenario/tables/machine-of';
import { printSidecar, readSidecar } from '../scenario/tables/sidecar';
import { Timeline } from '../timeline/timeline';
import { dumpFrom, readImageTables } from './read-image';

function exported(m: Machine, what: ExportWhat): Exported {
  const job = exportOf(m, what);
  for (;;) {
    const done = job.next();
    if (done) return done;
  }
}

function valueOf<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const machineOf = ({ config, ops }: Scenario): Machine => new Machine(config, ops);

/** Out as bytes and sidecar, and in again. */
async function throughImage(m: Machine): Promise<Machine> {
  const { file, image } = exported(m, 'image');
  const { root, frames, ...registers } = image!;
  const text = printSidecar(root, frames, { ...m.config, ...registers });
  const sidecar = valueOf(readSidecar(JSON.parse(text)));
  const places = new Map<number, number>();
  for (const { mpn, count } of sidecar.frames) for (let i = 0; i < count; i++) places.set(mpn + i, places.size * 4096);
  const read = valueOf(await readImageTables(file, (mpn) => places.get(mpn), sidecar.root));
  return machineOf(valueOf(scenarioOfTables({ title: '', root: sidecar.root, frames: read, config: sidecar.config })));
}

/** Out as the text of `info tlb`, and in again. */
async function throughText(m: Machine): Promise<{ readonly text: string; readonly machine: Machine }> {
  const text = await exported(m, 'infoTlb').file.text();
  if (text === '') return { text, machine: new Machine({ ...DEFAULT_CONFIG, alias: undefined }, []) };
  const frames = valueOf(readInfoTlb(text));
  return { text, machine: machineOf(valueOf(scenarioOfTables({ title: '', root: frames[0].mpn, frames }))) };
}

/** Where a VPN leads: frame, size and rights, or the level that it fails at. */
function walked(m: Machine, vpn: number): readonly unknown[] {
  const out = peek(m.paging, Math.floor(vpn / 2 ** 20), (vpn << 12) | 0, AC);
  return out.reason === 0 ? [out.level, out.mpn, out.rights(out.level)] : ['fault'];
}

/** VPNs at and around everything that a text says is mapped, and some others. */
function placesIn(text: string, other: readonly number[]): readonly number[] {
  const mapped = text
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [Number(BigInt(`0x${line.slice(4, 16)}`) >> 12n)]));
  const around = mapped.flatMap((vpn) => [vpn - 1, vpn, vpn + 1, vpn + 300, vpn + 511, vpn + 512]);
  return [...new Set([...around, ...other])].filter((vpn) => vpn >= 0 && vpn < 2 ** 36);
}

const anywhere = fc.array(fc.integer({ min: 0, max: 2 ** 36 - 1 }), { maxLength: 20 });

describe('tables that go out and come in again', () => {
  test('lead every address to the same page with the same rights', async () => {
    await fc.assert(
      fc.asyncProperty(worlds(ALL_KINDS), fc.nat(60), anywhere, async (world, steps, other) => {
        const m = start(world);
        for (let i = 0; i < steps && step(m); i++);
        const image = await throughImage(m);
        const { text, machine } = await throughText(m);
        for (const vpn of placesIn(text, other)) {
          const before = walked(m, vpn);
          expect([vpn, ...walked(image, vpn)]).toEqual([vpn, ...before]);
          expect([vpn, ...walked(machine, vpn)]).toEqual([vpn, ...before]);
        }
        expect(await exported(image, 'infoTlb').file.text()).toBe(text);
        expect(await exported(machine, 'infoTlb').file.text()).toBe(text);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  test('large pages of both sizes keep their size', async () => {
    const regions = [{ kind: 'ram' as const, name: 'memory', startMPN: 0, pages: 2 ** 20 }];
    const policies = { ...DEFAULT_CONFIG.policies, pageSizes: '1G' as const };
    const ops = [map('a', READWRITE, [range(2 ** 18, 2 ** 18), range(512, 512), range(5, 2)])];
    const m = run(ops, { regions, policies, tablePool: { startMPN: 0x1000, pages: 64 }, resources: [] });
    const { text, machine } = await throughText(m);
    expect(text).toMatch(/^0000440000000000: 0000000040000000 X-P-----W$/m);
    for (const vpn of placesIn(text, [])) expect(walked(machine, vpn)).toEqual(walked(m, vpn));
  });

  test('are a machine to go on with: vmk_Map finds room beside them', async () => {
    const m = run([map('a', READWRITE, [range(6, 15)]), access('a', 'write')]);
    for (const machine of [await throughImage(m), (await throughText(m)).machine]) {
      expect(firstPage(machine.config.image!)).toBe(0x4400_0000_0000n);
      machine.ops = [map('b', READWRITE, [range(40, 2)]), access('b', 'write'), unmap('b')];
      while (step(machine));
      expect(machine.state.records.get(0)).toMatchObject({ status: 'VMK_OK', vpn: 0x4_4000_000f });
      expect(machine.state.records.get(1)?.ma).toBe(40 * 4096);
    }
  });

  test('in a dump without a sidecar are found from CR3', async () => {
    const m = run([map('a', READWRITE, [range(6, 3)])], { alias: undefined });
    const { file } = exported(m, 'image');
    const frames = valueOf(await readImageTables(file, dumpFrom(0x100_0000, file.size), 0x1000));
    const other = machineOf(valueOf(scenarioOfTables({ title: '', root: 0x1000, frames })));
    expect(walked(other, 0x4_4000_0002)).toEqual(walked(m, 0x4_4000_0002));
    const outside = await readImageTables(file, dumpFrom(0, file.size), 0x1000);
    expect(outside).toMatchObject({
      ok: false,
      error: expect.stringContaining('CR3 names a frame that is not in it') as string,
    });
  });

  test('may stand and lead anywhere', () => {
    const words = new Int32Array(1024);
    words[0] = 0x27;
    words[1] = 0x8_0000;
    const scenario = valueOf(scenarioOfTables({ title: '', root: 0x90_0000, frames: [{ mpn: 0x90_0000, words }] }));
    expect(scenario.config.maxPhyAddr).toBe(52);
    expect(scenario.config.regions).toContainEqual({
      kind: 'ram',
      name: 'imported tables',
      startMPN: 0x90_0000,
      pages: 1,
    });
    expect(scenario.config.resources).toEqual(DEFAULT_CONFIG.resources);
  });
});

describe('what is too much', () => {
  const largest = (): Machine => {
    const timeline = new Timeline(libraryScenario('largest')!);
    timeline.play();
    timeline.seek(timeline.ops[0].last);
    return timeline.machine;
  };

  test('is refused in words, before anything is written', () => {
    const m = largest();
    expect(() => exported(m, 'infoTlb')).toThrow(/more than 4 000 000 pages, and each would be a line/);
    expect(() => exported(m, 'image')).toThrow(/more than 16 384 tables/);
  });

  test('folded tables are written out a little at a time', () => {
    const m = run([map('a', READWRITE, [range(0x10_0000, 2 ** 19)])], { maxPhyAddr: 46 });
    const job = exportOf(m, 'infoTlb');
    let pieces = 0;
    let done: Exported | undefined;
    while (!done) {
      done = job.next();
      pieces++;
    }
    expect(done.count).toBeGreaterThan(2 ** 19);
    // A table at a time, so that other requests are heard between.
    expect(pieces).toBeGreaterThan(2 ** 19 / 512);
  });
});

describe('the text of info tlb', () => {
  const LINE = '0000440000000000: 0000000000006000 X--DA---W';

  test('is known when it is seen, with or without flags and what stands around it', () => {
    expect(looksLikeInfoTlb(`(qemu) info tlb\r\n${LINE}\r\n`)).toBe(true);
    expect(looksLikeInfoTlb('{"version": 1}')).toBe(false);
    const bare = valueOf(readInfoTlb('(qemu) info tlb\r\n0000440000000000: 0000000000006000\r\n(qemu) \r\n'));
    expect(bare).toHaveLength(4);
    expect(bare[3].words.slice(0, 2)).toEqual(Int32Array.of(0x6003, 0));
    const old = valueOf(readInfoTlb('0000440000000000: 0000000000006000 --DA--UW'));
    expect(old[3].words[0]).toBe(0x6067);
  });

  test.each([
    ['0000440000000000: 0000000000006000 XX-DA---W', 'line 1: "XX-DA---W" are no flags'],
    [`${LINE}\nhello`, 'line 2: "hello" is none; a line has an address, a colon'],
    [`${LINE}\n${LINE}`, 'line 2: a line before maps the same address'],
    ['0100000000000000: 0000000000006000 ---------', 'line 1: 0x0100000000000000 is not canonical'],
    ['0000440000000100: 0000000000006000 ---------', 'line 1: both addresses must be multiples of 4096'],
    ['0000440000001000: 0000000000006000 --P------', 'line 1: a large page needs both addresses'],
    ['0000440000000000: 0010000000000000 ---------', 'line 1: 0x0010000000000000 is wider than 52 bits'],
    [
      `0000440000000000: 0000000000200000 --P------\n0000440000001000: 0000000000006000`,
      'line 2: a line before maps a larger page here',
    ],
    ['(qemu) info tlb\n', 'there is no line of "info tlb" in it'],
  ])('that is wrong is told by its line: %#', (text, says) => {
    const read = readInfoTlb(text);
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining(says) as string });
  });

  test('of more tables than a machine may begin with is refused', () => {
    const lines = Array.from(
      { length: 5000 },
      (_, i) => `${(i * 2 ** 21).toString(16).padStart(16, '0')}: ${(4096).toString(16).padStart(16, '0')}`,
    );
    expect(readInfoTlb(lines.join('\n'))).toMatchObject({
      ok: false,
      error: expect.stringContaining('more than 4 096 tables') as string,
    });
  });
});

test.each([
  [{ format: 'else' }, 'format must be'],
  [{ format: 'pagescope-tables', version: 2 }, 'this Pagescope reads version 1'],
  [{ format: 'pagescope-tables', version: 1, cr3: 7 }, 'cr3 must be'],
  [{ format: 'pagescope-tables', version: 1, cr3: '0x1000', frames: [{}], config: {} }, 'frames[0] must have'],
  [{ format: 'pagescope-tables', version: 1, cr3: '0x1000', frames: [{ mpn: 1, count: 1 }] }, 'config must be'],
])('a sidecar that is wrong is told: %#', (value, says) => {
  expect(readSidecar(value)).toMatchObject({ ok: false, error: expect.stringContaining(says) as string });
});

test('CSV has a row for each entry, mapping and cost, and quotes what needs it', async () => {
  const m = run([map('a', READWRITE, [range(6, 2)]), access('a', 'write'), map('b', 0n, [range(9, 1)])]);
  const rows = async (what: ExportWhat): Promise<string[]> => (await exported(m, what).file.text()).split('\r\n');
  const [head, first] = await rows('tlbs');
  expect(head).toMatch(/^pcpu,cache,set,way,va,maps,mpn,write/);
  expect(first).toBe('0,l1d4k,0,0,0x440000000000,4K,0x6,true,false,false,true,false,WB,0,9,');
  expect(await rows('mappings')).toEqual([
    'name,module,kind,va,pages,attributes,ranges,first_mpn,device,operation',
    'a,net,entries,0x440000000000,2,READWRITE,1,0x6,false,1',
    'b,net,alias,0x640000009000,1,READONLY,1,0x9,false,3',
    '',
  ]);
  const [, , read] = await rows('costs');
  expect(read).toMatch(/^2,write a,0,,\d+,\d+,\d+,/);
});
