import type { TimelinePicture } from '../engine/picture';
import type { FaultOp, Op } from '../machine/op';
import type { Scenario } from '../scenario';
import { inserted } from './insert';

/** What can be done to a message that is on its way. */
export type MessageChange = { readonly kind: 'drop' } | { readonly kind: 'delay'; readonly cycles: number };

/** A document in which one message fares differently. */
export interface MessageEdit {
  readonly document: Scenario;
  /** Where an operation of the old document stands in the new one. */
  readonly opNow: (op: number) => number;
}

/** Why it cannot be done, in words. */
export type Refusal = string;

type Verb = 'drop' | 'delay';
type Kind = 'ipi' | 'ack';

/** A fault as the machine meets it: armed by a step, and then used up by one message after the other. */
interface Armed {
  /** Its operation; undefined for one that is only considered. */
  readonly op: number | undefined;
  readonly what: FaultOp['what'];
  readonly step: number;
  readonly times: number;
  readonly cycles: number;
}

/** What happens to one sending; `op` is the fault that does it. */
interface Fate {
  readonly lost: boolean;
  readonly delay: number;
  readonly by: readonly (number | undefined)[];
}

const whatOf = (verb: Verb, kind: Kind) => `${verb}${kind === 'ipi' ? 'Ipi' : 'Ack'}` as const;

/** The PCPU whose faults a message meets: the target of an IPI, the sender of an acknowledgement. */
const aboutOf = ({ messages: { kinds, from, to } }: TimelinePicture, index: number): number =>
  kinds[index] === 'ipi' ? to[index] : from[index];

/** The messages of the same kind about the same PCPU, in the order of sending; of one sent twice, the first. */
function siblings(timeline: TimelinePicture, index: number): readonly number[] {
  const { kinds, sentBy, sent } = timeline.messages;
  const list: number[] = [];
  kinds.forEach((kind, i) => {
    if (kind !== kinds[index] || aboutOf(timeline, i) !== aboutOf(timeline, index)) return;
    const last = list.at(-1);
    if (last === undefined || sentBy[last] !== sentBy[i] || sent[last] !== sent[i]) list.push(i);
  });
  return list;
}

/** The first of the sending that a message belongs to. */
const headOf = (list: readonly number[], index: number): number => list.findLast((i) => i <= index) ?? index;

/** The faults of the document that messages of this kind about this PCPU can meet, in the order of arming. */
function armedIn({ ops }: Scenario, timeline: TimelinePicture, index: number): readonly Armed[] {
  const kind = timeline.messages.kinds[index];
  const about = aboutOf(timeline, index);
  return ops.flatMap((op, i): Armed[] => {
    if (op.op !== 'fault' || op.pcpu !== about) return [];
    if (op.what !== whatOf('drop', kind) && op.what !== whatOf('delay', kind)) return [];
    const step = timeline.ops[i]?.first ?? 0;
    return step > 0 ? [{ op: i, what: op.what, step, times: op.times, cycles: op.cycles }] : [];
  });
}

/** Plays the faults against the messages by the machine's own rule: of each kind the first that is armed, a loss before a delay. */
function fates(list: readonly number[], sentBy: Int32Array, armed: readonly Armed[]): readonly Fate[] {
  const left = armed.map(({ times }) => times);
  const use = (verb: Verb, step: number): Armed | undefined => {
    const at = armed.findIndex((one, i) => one.what.startsWith(verb) && one.step < step && (left[i] ?? 0) > 0);
    if (at >= 0) left[at]--;
    return armed[at];
  };
  return list.map((i) => {
    const drop = use('drop', sentBy[i] ?? 0);
    if (drop) return { lost: true, delay: 0, by: [drop.op] };
    const delay = use('delay', sentBy[i] ?? 0);
    return { lost: false, delay: delay?.cycles ?? 0, by: delay ? [delay.op] : [] };
  });
}

/** The fault of the document that a message met: its operation, and what it does. */
export function faultOf(
  document: Scenario,
  timeline: TimelinePicture,
  index: number,
): { readonly op: number; readonly kind: Verb; readonly cycles: number } | undefined {
  const list = siblings(timeline, index);
  const fate = fates(list, timeline.messages.sentBy, armedIn(document, timeline, index))[
    list.indexOf(headOf(list, index))
  ];
  const op = fate?.by[0];
  const fault = op === undefined ? undefined : document.ops[op];
  if (op === undefined || fault?.op !== 'fault') return undefined;
  return { op, kind: fault.what.startsWith('drop') ? 'drop' : 'delay', cycles: fault.cycles };
}

/** A place for the new fault: before which operation, behind a `sync` of its own or not, and the step it counts as armed after. */
interface Spot {
  readonly before: number;
  readonly sync: boolean;
  readonly step: number;
}

/**
 * The places to try. Where the machine is idle anyway a fault changes no time: at the start of the document, or behind the last
 * `sync` before the operation that sends. Right before that operation it comes later, at the price of waiting for everybody.
 */
function spotsFor({ ops }: Scenario, timeline: TimelinePicture, sender: number): readonly Spot[] {
  const idle = ops.slice(0, sender).findLastIndex(({ op }) => op === 'sync') + 1;
  const armedBy = (op: number): number => (timeline.ops[op]?.first ?? 1) - 0.5;
  const early: Spot = { before: idle, sync: false, step: armedBy(idle) };
  return idle === sender ? [early] : [early, { before: sender, sync: true, step: armedBy(sender) }];
}

/**
 * The document in which this message gets lost or takes longer, and no earlier one. Faults are armed for the next message of a kind
 * to or from a PCPU, so the new one stands where that is this message; a delay may let earlier ones pass, a loss cannot.
 */
export function messageChanged(
  document: Scenario,
  timeline: TimelinePicture,
  index: number,
  change: MessageChange,
): MessageEdit | Refusal {
  const { kinds, ops, sentBy } = timeline.messages;
  const kind = kinds[index];
  const sender = ops[index];
  if (kind === undefined || sender === undefined) return 'This message is not sent any more.';
  if (faultOf(document, timeline, index)) return 'A fault already changes this message; take that back first.';
  const list = siblings(timeline, index);
  const nth = list.indexOf(headOf(list, index));
  const armed = armedIn(document, timeline, index);
  const before = fates(list, sentBy, armed);
  const pcpu = aboutOf(timeline, index);
  const fault = (times: number, cycles: number): FaultOp => ({
    op: 'fault',
    pcpu,
    what: whatOf(change.kind, kind),
    times,
    cycles,
  });
  const cycles = change.kind === 'delay' ? change.cycles : 0;
  for (const spot of spotsFor(document, timeline, sender)) {
    const between = list.slice(0, nth).filter((i) => sentBy[i] > spot.step).length;
    const passing = change.kind === 'delay' && between > 0 ? [fault(between, 0)] : [];
    const added = [...passing, fault(1, cycles)];
    const considered = added.map((one) => ({ ...one, op: undefined, step: spot.step }));
    const after = fates(list, sentBy, inOrder(armed, considered, spot));
    const exact = after.slice(0, nth + 1).every((fate, i) => {
      const old = before[i];
      if (i < nth) return fate.lost === old?.lost && fate.delay === old.delay;
      return change.kind === 'drop' ? fate.lost : !fate.lost && fate.delay === cycles;
    });
    if (exact) return edit(document, spot, added);
  }
  const name = kind === 'ipi' ? `IPI to PCPU ${pcpu}` : `acknowledgement from PCPU ${pcpu}`;
  return `The same operation sends an earlier ${name}, and a fault takes the next one: that one would be hit instead.`;
}

const inOrder = (armed: readonly Armed[], added: readonly Armed[], { before }: Spot): readonly Armed[] => [
  ...armed.filter(({ op }) => op !== undefined && op < before),
  ...added,
  ...armed.filter(({ op }) => op !== undefined && op >= before),
];

function edit(document: Scenario, { before, sync }: Spot, added: readonly Op[]): MessageEdit {
  const next = sync
    ? inserted(document, before, added).document
    : { ...document, ops: document.ops.toSpliced(before, 0, ...added) };
  const more = next.ops.length - document.ops.length;
  return { document: next, opNow: (op) => (op < before ? op : op + more) };
}

/** The document without the fault that a message met. */
export function messageRestored(document: Scenario, timeline: TimelinePicture, index: number): MessageEdit | Refusal {
  const found = faultOf(document, timeline, index);
  const fault = found && document.ops[found.op];
  if (!found || fault?.op !== 'fault') return 'No fault of the document changes this message.';
  if (fault.times > 1) return `One operation does this to ${fault.times} messages; change it in the script.`;
  // Delays of nothing, which let earlier messages pass, go with the delay that they were for.
  const passing = document.ops[found.op - 1];
  const pair =
    passing?.op === 'fault' && passing.what === fault.what && passing.pcpu === fault.pcpu && passing.cycles === 0;
  const first = pair && fault.what.startsWith('delay') ? found.op - 1 : found.op;
  const gone = found.op - first + 1;
  const list = siblings(timeline, index);
  const armed = armedIn(document, timeline, index).filter(({ op }) => op === undefined || op < first || op > found.op);
  const fate = fates(list, timeline.messages.sentBy, armed)[list.indexOf(headOf(list, index))];
  if (fate && fate.by.length > 0) return 'Another fault of the document would then take this message.';
  return {
    document: { ...document, ops: document.ops.toSpliced(first, gone) },
    opNow: (op) => (op < first ? op : Math.max(first, op - gone)),
  };
}
