/** Generators of valid documents and scenarios, for every test that wants to run many. */
import * as fc from 'fast-check';
import { ACCESS_KINDS } from '../machine/access';
import { LIMITS, POLICIES } from '../machine/config';
import { CONTROL_BITS } from '../machine/control-bits';
import { MTRR_TYPES, PAT_TYPES } from '../machine/memory-type';
import { INJECTIONS } from '../machine/op';
import { CONTEXTS } from '../machine/vmkapi';
import { parseScenario, type Scenario } from './parse';
import { describeProblems } from './problem';

type Json = Record<string, unknown>;

const merged = (...parts: readonly Json[]): Json => Object.assign({}, ...parts) as Json;

/** The same number in one of the ways a document may write it. */
export const written = (value: number | bigint): fc.Arbitrary<number | string> =>
  fc.constantFrom<number | string>(
    ...(value <= Number.MAX_SAFE_INTEGER ? [Number(value)] : []),
    String(value),
    `0x${value.toString(16)}`,
    `0x${value.toString(16).replace(/\B(?=(?:.{4})+$)/g, '_')}`,
  );

const someOf = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Json> =>
  fc.record(fields, { requiredKeys: [] });
const number = (min: number, max: number) => fc.integer({ min, max }).chain(written);
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).chain(written);
const oneOf = (names: readonly string[]) => fc.constantFrom(...names);
const attrNames = fc.subarray(['READWRITE', 'EXECUTABLE', 'WRITECOMBINE', 'UNCACHED', 'MIGHTCHANGE', 'READONLY']);
const attrs = fc.oneof({ weight: 4, arbitrary: attrNames }, uint64);

const PCPUS = 4;
const MODULES = ['net', 'storage', 'extra'];
const RESOURCES = ['nic', 'nvme'];

const mtrrs = someOf({
  enabled: fc.boolean(),
  fixedEnabled: fc.boolean(),
  defaultType: oneOf(MTRR_TYPES),
  fixed: fc.constantFrom(
    [],
    [{ start: '0x8_0000', end: 0xc_1000, type: 'WC' }],
    [{ start: 0, end: '0x10_0000', type: 'UC' }],
  ),
  variable: fc.array(
    fc.oneof(
      fc.record({ start: written(0xe000_0000), size: written(0x100_0000), type: oneOf(MTRR_TYPES) }),
      fc.constant({ base: '0xfeb0_0001', mask: '0xf_ff00_f800' }),
    ),
    { maxLength: 3 },
  ),
});

const word = fc
  .tuple(fc.nat(500), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(4))
  .map(([index, value, count]) => {
    const run = count === 0 ? '' : `${value % 2n === 0n ? '+0x1000' : ''}*${count}`;
    return [index, `${index}:0x${value.toString(16)}${run}`] as const;
  });
/** Far enough from each other to name no word twice. */
const words = fc.uniqueArray(word, { maxLength: 6, selector: ([index]) => Math.floor(index / 8) }).map((list) =>
  list
    .filter(([index]) => index % 8 < 4)
    .map(([, text]) => text)
    .join(' '),
);
const image = fc
  .tuple(words, fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 3 }), words)
  .map(([root, mpns, other]): Json => ({
    cr3: '0x1000000',
    frames: [
      { mpn: 0x1000, words: root },
      ...mpns.filter((mpn) => mpn !== 0x1000).map((mpn) => ({ mpn, words: other })),
    ],
  }));

const config = someOf({
  pcpus: number(PCPUS, 8),
  maxPhyAddr: number(36, 52),
  modules: fc.constant(MODULES),
  control: someOf(Object.fromEntries(Object.keys(CONTROL_BITS).map((name) => [name, fc.boolean()]))),
  pat: fc.oneof(oneOf(['linux', 'power-on']), fc.array(oneOf(PAT_TYPES), { minLength: 8, maxLength: 8 })),
  mtrrs,
  tlb: fc.oneof(oneOf(['full', 'teaching']), someOf({ l1d4k: fc.constant({ entries: 16, ways: '4' }) })),
  structureCaches: fc.boolean(),
  window: someOf({ va: written(0x4100_0000_0000), pages: number(1, 2 ** 30) }),
  alias: fc.oneof(fc.boolean(), fc.constant({ va: '0x7000_0000_0000', pages: 2 ** 20 })),
  policies: someOf({
    ...Object.fromEntries(Object.entries(POLICIES).map(([name, values]) => [name, oneOf(values)])),
    ...Object.fromEntries(
      Object.entries(LIMITS).map(([name, { max }]) => [name, number(0, Math.min(max, 2 ** 31 - 1))]),
    ),
  }),
})
  .chain((fields) => fc.tuple(fc.constant(fields), fc.option(image, { nil: undefined })))
  .map(([fields, tables]): Json => merged({ modules: MODULES }, fields, tables ? { image: tables, alias: false } : {}));

const range = fc.oneof(
  fc.record({ startMPN: fc.oneof(number(0, 1000), uint64), numPages: number(0, 40) }),
  fc.record({ startMPN: number(0, 1000), numPages: number(1, 4), count: number(1, 20), stride: number(0, 9) }),
);

/** An operation when these mappings exist. `place` stands for `at`. */
type Template = (mappings: readonly string[], reservations: readonly string[]) => fc.Arbitrary<Json>;

const place = (mappings: readonly string[]): fc.Arbitrary<unknown> => {
  const absolute = fc.oneof(
    uint64,
    uint64.map((va) => ({ va })),
  );
  if (mappings.length === 0) return absolute;
  const mapping = oneOf(mappings);
  return fc.oneof(
    mapping,
    fc.tuple(mapping, fc.nat(0x5000)).map(([name, offset]) => `${name}+0x${offset.toString(16)}`),
    fc.record({ mapping, offset: number(0, 0x5000) }),
    absolute,
  );
};

const onPcpu = (fields: Record<string, fc.Arbitrary<unknown>>, optional: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc
    .tuple(fc.record(fields), someOf({ pcpu: number(0, PCPUS - 1), note: fc.string({ maxLength: 30 }), ...optional }))
    .map(([needed, more]): Json => merged(needed, more));

const op = fc.constant;
const context = { context: oneOf(CONTEXTS) };
const module = fc.oneof(oneOf(MODULES), number(0, 9), fc.constant(-1));

const TEMPLATES: readonly Template[] = [
  (_, reservations) =>
    onPcpu(
      { op: op('map'), module, ranges: fc.array(range, { maxLength: 4 }) },
      {
        ...context,
        attrs,
        mapType: fc.constantFrom('DEFAULT', 'DEVICE', 'NONE', 7),
        reservation: fc.constantFrom(null, ...reservations),
      },
    ),
  (mappings) => onPcpu({ op: op('unmap'), at: place(mappings) }, context),
  (mappings) => onPcpu({ op: op('change'), at: place(mappings), attrs }, context),
  (mappings) =>
    onPcpu(
      { op: op('access'), at: place(mappings) },
      {
        kind: oneOf(ACCESS_KINDS),
        privilege: oneOf(['supervisor', 'user']),
        ac: fc.boolean(),
        count: number(1, 9),
        stride: uint64,
      },
    ),
  (mappings) => onPcpu({ op: op('access'), at: place(mappings), kind: op('write'), value: uint64 }),
  () => onPcpu({ op: op('poke'), ma: fc.nat(1000).chain((word) => written(word * 8)), value: uint64 }),
  (mappings) => onPcpu({ op: op('invalidate'), how: op('invlpg'), at: place(mappings) }),
  (mappings) =>
    onPcpu(
      { op: op('invalidate'), how: op('invpcid'), type: number(0, 3), at: place(mappings) },
      { pcid: number(0, 4095) },
    ),
  () => onPcpu({ op: op('invalidate'), how: op('cr3') }, { pcid: number(0, 4095), keep: fc.boolean() }),
  () => onPcpu({ op: op('invalidate'), how: op('pge') }),
  () => onPcpu({ op: op('set'), what: op('control'), name: oneOf(Object.keys(CONTROL_BITS)), value: fc.boolean() }),
  () => onPcpu({ op: op('set'), what: op('pat'), slot: number(0, 7), type: oneOf(PAT_TYPES) }),
  () => onPcpu({ op: op('set'), what: op('mtrrs'), mtrrs }),
  () => onPcpu({ op: op('set'), what: op('policy'), name: op('shootdown'), value: oneOf(POLICIES.shootdown) }),
  () => onPcpu({ op: op('set'), what: op('limit'), name: op('flushCeiling'), value: number(0, 100) }),
  () => onPcpu({ op: op('mask') }, { masked: fc.boolean() }),
  () =>
    onPcpu({ op: op('fault'), what: oneOf(Object.keys(INJECTIONS)), cycles: number(1, 9999) }, { times: number(1, 3) }),
  () => fc.constant({ op: 'sync' }),
  () => onPcpu({ op: op('flush') }),
  () => onPcpu({ op: op('load'), module: oneOf(MODULES) }),
  () => onPcpu({ op: op('unload'), module }),
  () =>
    onPcpu(
      { op: op('register'), resource: oneOf(RESOURCES), start: uint64, length: uint64 },
      { attrs: op(['SHAREABLE']) },
    ),
  (_, reservations) =>
    reservations.length === 0
      ? fc.constant({ op: 'sync' })
      : onPcpu({ op: op('release'), reservation: oneOf(reservations) }),
  (mappings) => onPcpu({ op: op('va2ma'), at: place(mappings) }, { length: uint64 }),
];

/** Operations one after the other, each of which may use what those before it made. */
function opsOf(
  picks: readonly number[],
  done: readonly Json[],
  mappings: readonly string[],
  reservations: readonly string[],
): fc.Arbitrary<Json[]> {
  if (picks.length === 0) return fc.constant([...done]);
  const [pick, ...rest] = picks;
  return TEMPLATES[pick](mappings, reservations).chain((one) =>
    opsOf(
      rest,
      [...done, one],
      one['op'] === 'map' ? [...mappings, `m${mappings.length + 1}`] : mappings,
      reservations,
    ),
  );
}

const reserved: Json = { op: 'reserve', as: 'bar', module: 'net', resource: 'nic' };

const opsArbitrary = fc
  .array(fc.nat(TEMPLATES.length - 1), { maxLength: 12 })
  .chain((picks) => fc.oneof(opsOf(picks, [], [], []), opsOf(picks, [reserved], [], ['bar'])));

/** A valid document, written in many ways. */
export const documentArbitrary: fc.Arbitrary<Json> = fc
  .tuple(someOf({ title: fc.string({ maxLength: 40 }), note: fc.string({ maxLength: 60 }), config }), opsArbitrary)
  .map(([rest, ops]) => merged({ version: 1, config: { modules: MODULES } }, rest, { ops }));

/** The scenario of a document that must be valid. */
export function scenarioOf(document: unknown): Scenario {
  const read = parseScenario(document);
  if (!read.ok) throw new Error(describeProblems(read.error));
  return read.value;
}

/** A valid scenario. */
export const scenarioArbitrary: fc.Arbitrary<Scenario> = documentArbitrary.map(scenarioOf);

/** Every value inside, with what holds it. */
export function placesOf(value: unknown): [object, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[value, key] as [object, string]].concat(placesOf(inner)));
}

/** How valibot's own messages are told. */
export const FOREIGN = /Expected|Invalid/;
