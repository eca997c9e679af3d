import { unreachable } from '../base/assert';
import { parseInteger } from '../base/number';
import type { AddressRef, Op, RangeSpec } from '../machine/op';
import { MAP_TYPES, MAX_UINT32 } from '../machine/vmkapi';
import {
  MAX_RANGES,
  type AccessDraft,
  type Act,
  type Draft,
  type RangeDraft,
  type Reading,
  type Target,
} from './draft';

/** Makes the operation that a button stands for, or says which fields keep it from being made. */
export function readDraft(draft: Draft, act: Act, target: Target): Reading {
  const { pcpu } = act === 'access' ? draft.access : draft;
  return onPcpu(pcpu, target, readAct(draft, act, target));
}

/** A reading with the PCPU checked too; the other fields keep what is wrong with them. */
export function onPcpu(pcpu: number, { pcpus }: Pick<Target, 'pcpus'>, reading: Reading): Reading {
  if (pcpu < pcpus) return reading;
  return { problems: { ...reading.problems, pcpu: `is ${pcpu}; the last one is ${pcpus - 1}` } };
}

function readAct(draft: Draft, act: Act, target: Target): Reading {
  const { pcpu, context } = draft;
  switch (act) {
    case 'map':
      return readMap(draft, target.name);
    case 'unmap':
      return target.mapping ? { op: { op: 'unmap', pcpu, context, at: target.mapping } } : NO_MAPPING;
    case 'change':
      return target.mapping ? readChange(draft, target.mapping) : NO_MAPPING;
    case 'access':
      return readAccess(draft.access, target.address);
    default:
      return unreachable(act);
  }
}

const NO_MAPPING: Reading = { problems: { mapping: 'Select a mapping first.' } };

/** Reads numbers, and notes which fields hold none. */
export class Reader {
  readonly problems: Record<string, string> = {};

  number(field: string, text: string, max?: bigint): bigint {
    const read = parseInteger(text, max);
    if (read.ok) return read.value;
    this.problems[field] = read.error;
    return 0n;
  }
  /** The number in a field that may be empty. */
  optional(field: string, text: string, max?: bigint): bigint | undefined {
    return text.trim() === '' ? undefined : this.number(field, text, max);
  }
  get failed(): boolean {
    return Object.keys(this.problems).length > 0;
  }
}

const UINT32 = BigInt(MAX_UINT32);

const attrsOf = ({ attrs, raw }: Draft, reader: Reader): bigint =>
  BigInt(attrs) | (reader.optional('attrs', raw.attrs) ?? 0n);

function readChange(draft: Draft, at: AddressRef): Reading {
  const reader = new Reader();
  const attrs = attrsOf(draft, reader);
  const { pcpu, context } = draft;
  return reader.failed ? { problems: reader.problems } : { op: { op: 'change', pcpu, context, at, attrs } };
}

function readMap(draft: Draft, as: string): Reading {
  const { pcpu, context, reservation, raw } = draft;
  const reader = new Reader();
  const id = reader.optional('module', raw.module, UINT32);
  const type = reader.optional('mapType', raw.mapType, UINT32);
  const attrs = attrsOf(draft, reader);
  const ranges = draft.ranges.map(({ startMPN, numPages }, i): RangeSpec => ({
    startMPN: reader.number(`mpnRanges[${i}].startMPN`, startMPN),
    numPages: Number(reader.number(`mpnRanges[${i}].numPages`, numPages, UINT32)),
  }));
  if (reader.failed) return { problems: reader.problems };
  const module = id === undefined ? draft.module : Number(id);
  const mapType = type === undefined ? MAP_TYPES[draft.mapType] : Number(type);
  const op: Op = { op: 'map', pcpu, context, as, module, mapType, attrs, ranges };
  return { op: reservation === '' ? op : { ...op, reservation } };
}

/** Bursts longer than this would take the engine more than a moment. */
export const MAX_COUNT = 1_000_000n;

function readAccess(draft: AccessDraft, at: AddressRef): Reading {
  const { pcpu, kind, privilege, ac, count, stride } = draft;
  const reader = new Reader();
  const times = Number(reader.number('count', count, MAX_COUNT));
  const bytes = reader.number('stride', stride);
  if (times === 0) reader.problems['count'] ??= 'is 0; write 1 or more';
  const value = kind === 'write' ? reader.optional('value', draft.value) : undefined;
  if (reader.failed) return { problems: reader.problems };
  const op: Op = { op: 'access', pcpu, at, kind, privilege, ac, count: times, stride: bytes };
  return { op: value === undefined ? op : { ...op, value } };
}

/** A line of two numbers with a tab, comma or semicolon between them, of two with blanks, or of one. */
const LINES = [/^([^\t,;]+)[\t,;]([^\t,;]+)$/, /^(\S+)\s+(\S+)$/, /^(.+)$/];

function rangeOf(line: string): readonly RangeDraft[] {
  const forms = LINES.map((form) => form.exec(line)?.slice(1));
  const [startMPN, numPages = ''] = forms.find((parts) => parts?.every((part) => parseInteger(part).ok)) ?? [];
  return startMPN === undefined ? [] : [{ startMPN, numPages: numPages.trim() }];
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
