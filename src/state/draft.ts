import { unreachable } from '../base/assert';
import { parseInteger } from '../base/number';
import type { AccessKind, Privilege } from '../machine/access';
import type { AddressRef, Op, RangeSpec } from '../machine/op';
import { MAP_TYPES, MAX_UINT32, type Context, type MapTypeName } from '../machine/vmkapi';
import type { Scenario } from '../scenario';

/** What stands in the request form, as typed: text stays text until an operation is made of it. */
export interface Draft {
  readonly module: string;
  readonly pcpu: number;
  readonly context: Context;
  readonly mapType: MapTypeName;
  /** VMK_MAPATTRS bits. */
  readonly attrs: number;
  readonly ranges: readonly RangeDraft[];
  /** Empty means NULL. */
  readonly reservation: string;
  readonly access: AccessDraft;
}
export interface RangeDraft {
  readonly startMPN: string;
  readonly numPages: string;
}
export interface AccessDraft {
  readonly pcpu: number;
  readonly kind: AccessKind;
  readonly privilege: Privilege;
  readonly count: string;
  readonly stride: string;
}

/** The four things that the form can do. */
export const ACTS = ['map', 'unmap', 'change', 'access'] as const;
export type Act = (typeof ACTS)[number];

/** What is wrong, by field: `mpnRanges[0].startMPN`, `count`. */
export type Problems = Readonly<Record<string, string>>;
export type Reading = { readonly op: Op; readonly problems?: undefined } | { readonly problems: Problems };

export const EXAMPLE_DRAFT: Draft = {
  module: 'net',
  pcpu: 0,
  context: 'world',
  mapType: 'DEFAULT',
  attrs: 0b1_0001,
  ranges: [
    { startMPN: '6', numPages: '15' },
    { startMPN: '42', numPages: '9' },
  ],
  reservation: '',
  access: { pcpu: 1, kind: 'read', privilege: 'supervisor', count: '24', stride: '4096' },
};

/** A draft for a machine after so many operations: a PCPU, module or reservation that it has not gives way to one that it has. */
export function fitted(draft: Draft, { config, ops }: Scenario, begun: number): Draft {
  const { pcpus, modules, reservations } = config;
  const done = ops.slice(0, begun);
  const { module, pcpu, reservation, access } = draft;
  const loaded = done.some((op) => op.op === 'load' && op.module === module);
  const last = done.findLast(
    (op) => (op.op === 'reserve' ? op.as : op.op === 'release' && op.reservation) === reservation,
  );
  const reserved = last ? last.op === 'reserve' : reservations.some(({ name }) => name === reservation);
  return {
    ...draft,
    module: loaded || ['vmkernel', ...modules].includes(module) ? module : (modules[0] ?? 'vmkernel'),
    pcpu: Math.min(pcpu, pcpus - 1),
    reservation: reserved ? reservation : '',
    access: { ...access, pcpu: Math.min(access.pcpu, pcpus - 1) },
  };
}

export interface Target {
  /** How many PCPUs there are. */
  readonly pcpus: number;
  /** The name for a mapping to be made. */
  readonly name: string;
  /** The selected mapping, by its start, and the selected address. */
  readonly mapping: AddressRef | undefined;
  readonly address: AddressRef;
}

/** Makes the operation that a button stands for, or says which fields keep it from being made. */
export function readDraft(draft: Draft, act: Act, target: Target): Reading {
  const { context } = draft;
  const { pcpu } = act === 'access' ? draft.access : draft;
  if (pcpu >= target.pcpus) return { problems: { pcpu: `is ${pcpu}; the last one is ${target.pcpus - 1}` } };
  const attrs = BigInt(draft.attrs);
  switch (act) {
    case 'map':
      return readMap(draft, target.name);
    case 'unmap':
      return target.mapping ? { op: { op: 'unmap', pcpu, context, at: target.mapping } } : NO_MAPPING;
    case 'change':
      return target.mapping ? { op: { op: 'change', pcpu, context, at: target.mapping, attrs } } : NO_MAPPING;
    case 'access':
      return readAccess(draft.access, target.address);
    default:
      return unreachable(act);
  }
}

const NO_MAPPING: Reading = { problems: { mapping: 'Select a mapping first.' } };

class Reader {
  readonly problems: Record<string, string> = {};

  number(field: string, text: string, max?: bigint): bigint {
    const read = parseInteger(text, max);
    if (read.ok) return read.value;
    this.problems[field] = read.error;
    return 0n;
  }
  get failed(): boolean {
    return Object.keys(this.problems).length > 0;
  }
}

function readMap(draft: Draft, as: string): Reading {
  const { module, pcpu, context, reservation } = draft;
  const reader = new Reader();
  const ranges = draft.ranges.map(({ startMPN, numPages }, i): RangeSpec => ({
    startMPN: reader.number(`mpnRanges[${i}].startMPN`, startMPN),
    numPages: Number(reader.number(`mpnRanges[${i}].numPages`, numPages, BigInt(MAX_UINT32))),
  }));
  if (reader.failed) return { problems: reader.problems };
  const attrs = BigInt(draft.attrs);
  const mapType = MAP_TYPES[draft.mapType];
  const op: Op = { op: 'map', pcpu, context, as, module, mapType, attrs, ranges };
  return { op: reservation === '' ? op : { ...op, reservation } };
}

/** Bursts longer than this would take the engine more than a moment. */
export const MAX_COUNT = 1_000_000n;

function readAccess({ pcpu, kind, privilege, count, stride }: AccessDraft, at: AddressRef): Reading {
  const reader = new Reader();
  const times = Number(reader.number('count', count, MAX_COUNT));
  const bytes = reader.number('stride', stride);
  if (!reader.failed && times === 0) reader.problems['count'] = 'is 0; write 1 or more';
  if (reader.failed) return { problems: reader.problems };
  return { op: { op: 'access', pcpu, at, kind, privilege, ac: false, count: times, stride: bytes } };
}

/** As many as the form holds: a row is a handful of controls. */
export const MAX_RANGES = 100;

/** A line of two numbers with a tab, comma or semicolon between them, of two with blanks, or of one. */
const LINES = [/^([^\t,;]+)[\t,;]\s*([^\t,;]+)$/, /^(\S+)\s+(\S+)$/, /^(.+)$/];

function rangeOf(line: string): readonly RangeDraft[] {
  const forms = LINES.map((form) => form.exec(line)?.slice(1));
  const [startMPN, numPages = ''] = forms.find((parts) => parts?.every((part) => parseInteger(part).ok)) ?? [];
  return startMPN === undefined ? [] : [{ startMPN, numPages }];
}

/** The ranges of lines like `6 15`, at most so many, and in words what was left out. */
export function rangesOf(
  text: string,
  room = MAX_RANGES,
): { readonly rows: readonly RangeDraft[]; readonly left: string } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const rows = lines.flatMap(rangeOf);
  const [unread, over] = [lines.length - rows.length, rows.length - room];
  const left = [unread > 0 && `${unread} not of one or two numbers`, over > 0 && `${over} too many`].filter(Boolean);
  return { rows: rows.slice(0, room), left: left.length > 0 ? `Lines left out: ${left.join(', ')}.` : '' };
}
