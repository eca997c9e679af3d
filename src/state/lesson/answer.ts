import { unreachable } from '../../base/assert';
import { decimalGroups, hexGroups } from '../../base/number';
import type { Outcome, Picture, PcpuPicture, WalkEnd } from '../../engine/picture';
import { plural } from '../../engine/text';
import { ENTRY_NAMES, PAGE_SIZE } from '../../machine/address';
import { HAZARD_RULES } from '../../machine/hazards';
import { REASON_TEXT, RW, US, XD } from '../../machine/rights';
import { opOf, type Ask, type Is, type OpRef } from '../../scenario/lesson/lesson';
import { vaOf, type Played } from './moment';

/** What the machine answers, and in its own words what happened. */
export interface Answer {
  readonly is: string | number;
  readonly says: string;
}
/** The moment at which a question is answered, with the address that it asks about selected. */
export interface Seen extends Played {
  readonly picture: Picture;
}

/** The answer of the machine. Undefined: it has none at this moment, such as the error code of an access that goes well. */
export function answerOf(ask: Ask, seen: Seen): Answer | undefined {
  switch (ask.what) {
    case 'frame':
    case 'rights':
    case 'type':
    case 'slot':
    case 'bit':
    case 'tlb':
      return ofAddress(ask, seen);
    case 'stale':
    case 'hazard':
    case 'tables':
      return ofMachine(ask, seen.picture);
    default:
      return ofOperation(ask, seen);
  }
}

type About<W extends Ask['what']> = Extract<Ask, { what: W }>;
type OfAddress = About<'frame' | 'rights' | 'type' | 'slot' | 'bit' | 'tlb'>;
type OfMachine = About<'stale' | 'hazard' | 'tables'>;
type OfOperation = Exclude<Ask, OfAddress | OfMachine>;

// ---- Operations

function ofOperation(ask: OfOperation, seen: Seen): Answer | undefined {
  const outcome = outcomeOf(ask.of.op, seen);
  if (outcome?.state !== 'done') return undefined;
  if (ask.what === 'dearer') return compared(outcome, outcomeOf(ask.of.than, seen), seen);
  const is = factOf(ask.what, outcome, seen);
  const label = labelOf(outcome, seen);
  const says =
    ask.what === 'cycles'
      ? `${label} took ${decimalGroups(outcome.total)} cycles.`
      : ask.what === 'ipis'
        ? `${label} sent ${plural(Number(is), 'interrupt')}.`
        : `${label}: ${outcome.says}`;
  return is === undefined ? undefined : { is, says };
}

const outcomeOf = (ref: OpRef, { scenario, picture }: Seen): Outcome | undefined =>
  picture.outcomes.find(({ index }) => index === opOf(ref, scenario));

const labelOf = ({ index }: Outcome, { timeline }: Seen): string => timeline.ops[index].label;

function factOf(
  what: Exclude<OfOperation['what'], 'dearer'>,
  outcome: Outcome,
  { timeline }: Seen,
): Answer['is'] | undefined {
  const { access, fault } = outcome;
  switch (what) {
    case 'fault':
      return fault?.reason ?? (outcome.faulted ? undefined : 'none');
    case 'faultLevel':
      return fault?.level ?? (outcome.faulted ? undefined : 'none');
    case 'errorCode':
      return fault?.errorCode ?? (outcome.faulted ? undefined : 'none');
    case 'status':
      return outcome.status;
    case 'hits':
      return access && access.hits1 + access.hits2;
    case 'walks':
    case 'faults':
    case 'spurious':
      return access?.[what];
    case 'value':
      return exact(outcome.value);
    case 'ipis':
      return timeline.messages.kinds.filter((kind, i) => kind === 'ipi' && timeline.messages.ops[i] === outcome.index)
        .length;
    case 'cycles':
      return outcome.total;
    default:
      return unreachable(what);
  }
}

/** Answers are numbers that a document can hold. */
const exact = (value: bigint | undefined): number | undefined =>
  value !== undefined && value <= Number.MAX_SAFE_INTEGER ? Number(value) : undefined;

function compared(one: Outcome, other: Outcome | undefined, seen: Seen): Answer | undefined {
  if (other?.state !== 'done') return undefined;
  const says = `${labelOf(one, seen)} took ${decimalGroups(one.total)} cycles, ${labelOf(other, seen)} ${decimalGroups(other.total)}.`;
  return { is: one.total > other.total ? 'more' : one.total < other.total ? 'less' : 'same', says };
}

// ---- Addresses

function ofAddress(ask: OfAddress, seen: Seen): Answer | undefined {
  const { walk, pcpus } = seen.picture;
  const va = vaOf(ask.of.address, seen);
  if (va === undefined || va !== walk.va) return undefined;
  const where = hexGroups(va, 12);
  if (ask.what === 'tlb') return inTlb(pcpus[ask.of.pcpu], where);
  if (ask.what === 'bit') {
    const { level, bit } = ask.of;
    const entry = walk.levels.find((one) => one.level === level)?.entry;
    if (entry === undefined) return undefined;
    const is = Number((entry >> BigInt(bit)) & 1n);
    return { is, says: `Bit ${bit} of the ${ENTRY_NAMES[level]} of ${where} is ${is}.` };
  }
  const { end } = walk;
  const is = leadsTo(ask.what, end);
  return is === undefined ? undefined : { is, says: `The walk of ${where} ${endText(end)}.` };
}

function leadsTo(what: 'frame' | 'rights' | 'type' | 'slot', end: WalkEnd): Answer['is'] | undefined {
  if (end.kind === 'fault') return 'none';
  switch (what) {
    case 'frame':
      return Math.floor(end.ma / PAGE_SIZE);
    case 'rights':
      return rightsWord(end.rights);
    case 'type':
      return end.type.effective;
    case 'slot':
      return end.type.patIndex;
    default:
      return unreachable(what);
  }
}

/** `RW`, `user RX`: what the entries of all levels leave. */
const rightsWord = (rights: number): string =>
  `${rights & US ? 'user ' : ''}R${rights & RW ? 'W' : ''}${rights & XD ? '' : 'X'}`;

function endText(end: WalkEnd): string {
  if (end.kind === 'fault') {
    const { level, reason } = end.fault;
    return `ends at ${level === undefined ? 'once' : `the ${ENTRY_NAMES[level]}`}: ${REASON_TEXT[reason]}`;
  }
  const { pat, patIndex, mtrr, effective } = end.type;
  const type = `${effective} (PAT slot ${patIndex} ${pat}, MTRR ${mtrr})`;
  return `leads to MPN ${hexGroups(Math.floor(end.ma / PAGE_SIZE))} with ${rightsWord(end.rights)}, memory type ${type}`;
}

function inTlb(pcpu: PcpuPicture | undefined, where: string): Answer | undefined {
  if (!pcpu) return undefined;
  const { id, covers } = pcpu;
  const words = {
    none: `has no TLB entry for ${where}`,
    fresh: `has a TLB entry for ${where} that agrees with the tables`,
    stale: `has a TLB entry for ${where} that the tables no longer say`,
  } as const;
  return { is: covers, says: `PCPU ${id} ${words[covers]}.` };
}

// ---- The machine as a whole

function ofMachine(ask: OfMachine, { pcpus, stale, hazards, tables }: Picture): Answer | undefined {
  if (ask.what === 'tables')
    return { is: tables.used, says: `${plural(tables.used, 'frame holds', 'frames hold')} tables.` };
  if (ask.what === 'stale') {
    const { pcpu } = ask.of;
    const is = pcpu === undefined ? stale : pcpus[pcpu]?.stale;
    const who = pcpu === undefined ? 'All PCPUs together have' : `PCPU ${pcpu} has`;
    return is === undefined ? undefined : { is, says: `${who} ${plural(is, 'stale TLB entry', 'stale TLB entries')}.` };
  }
  const found = hazards.find(({ rule }) => rule === ask.of.rule);
  return found
    ? { is: 'yes', says: `${found.title}: ${found.says}` }
    : { is: 'no', says: `No hazard so far: ${HAZARD_RULES[ask.of.rule].title}.` };
}

// ---- Judging

/** Whether what the machine answered is what a choice says. */
export const isRight = (is: Is, answer: Answer['is']): boolean =>
  typeof is === 'object' ? typeof answer === 'number' && answer >= is.from && answer <= is.to : is === answer;

/** Whether a typed number is right. */
export function isNear(typed: number, answer: Answer['is'], within = 0): boolean {
  return typeof answer === 'number' && Math.abs(typed - answer) * 100 <= answer * within;
}
