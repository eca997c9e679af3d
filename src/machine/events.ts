import type { Machine } from './machine';
import { needsMapping, pcpuOf, type Op } from './op';
import type { Message } from './shootdown';
import type { Pcpu } from './state';

/** What happens next: a message arrives, a PCPU goes on, or the next operation starts on its PCPU. */
export type Event = { readonly time: number; readonly pcpu: number } & (
  { readonly kind: 'arrival'; readonly message: Message } | { readonly kind: 'micro' } | { readonly kind: 'issue' }
);

/** The earliest event; then the lower PCPU number, then arrivals before micro-ops. Nothing depends on anything but the state. */
export function nextEvent(m: Machine): Event | undefined {
  let best: Event | undefined;
  const consider = (event: Event | undefined): void => {
    if (event && (!best || event.time < best.time || (event.time === best.time && event.pcpu < best.pcpu)))
      best = event;
  };
  for (const message of m.state.messages)
    consider({ kind: 'arrival', time: message.arrives, pcpu: message.to, message });
  for (const pcpu of m.state.pcpus) if (pcpu.stack.length > 0) consider(microEvent(m, pcpu));
  consider(issueEvent(m));
  return best;
}

/** The time of the next event that another PCPU or a message brings; a burst stops there. */
export function nextTimeBeside(m: Machine, self: number): number {
  let time = Infinity;
  for (const { arrives } of m.state.messages) time = Math.min(time, arrives);
  for (const pcpu of m.state.pcpus) {
    if (pcpu.id !== self && pcpu.stack.length > 0) time = Math.min(time, microEvent(m, pcpu)?.time ?? Infinity);
  }
  // The PCPU itself is busy: nothing starts on it, and a sync waits for it.
  const op = m.ops[m.state.nextOp];
  if (!op || op.op === 'sync' || pcpuOf(op) === self) return time;
  return Math.min(time, issueEvent(m)?.time ?? Infinity);
}

/** When the top of a stack can run; undefined while it waits for somebody else. */
function microEvent(m: Machine, pcpu: Pcpu): Event | undefined {
  const micro = pcpu.stack[pcpu.stack.length - 1];
  let time = Math.max(pcpu.readyAt, pcpu.wakeAt);
  if (micro.do === 'lock') {
    if (m.state.lock !== undefined && m.state.lock !== pcpu.id) return undefined;
    time = Math.max(time, m.state.unlockedAt);
  }
  if (micro.do === 'awaitAcks') {
    const shootdown = m.state.shootdowns.find(({ id }) => id === micro.shootdown);
    if (shootdown && shootdown.unacked.length > 0) time = Math.max(time, micro.deadline);
  }
  return { kind: 'micro', time, pcpu: pcpu.id };
}

/** When the next operation of the document can start: in order, when its PCPU is free and the mapping it names is made. */
function issueEvent(m: Machine): Event | undefined {
  const op = m.ops[m.state.nextOp];
  if (!op) return undefined;
  if (op.op === 'sync') return syncEvent(m);
  const pcpu = m.state.pcpus[pcpuOf(op)];
  if (pcpu.stack.length > 0) return undefined;
  const needed = definition(m, op);
  const record = needed === undefined ? undefined : m.state.records.get(needed);
  if (needed !== undefined && !record) return undefined;
  return {
    kind: 'issue',
    time: Math.max(m.state.time, m.state.issuedAt, pcpu.readyAt, record?.ended ?? 0),
    pcpu: pcpu.id,
  };
}

/** The operation that makes the mapping an operation names. */
export const definition = (m: Machine, op: Op): number | undefined => {
  const name = needsMapping(op);
  return name === undefined ? undefined : m.definingOp(name);
};

function syncEvent(m: Machine): Event | undefined {
  const { pcpus, messages, issuedAt, time } = m.state;
  if (messages.length > 0 || pcpus.some(({ stack }) => stack.length > 0)) return undefined;
  return { kind: 'issue', time: Math.max(time, issuedAt, ...pcpus.map(({ readyAt }) => readyAt)), pcpu: 0 };
}
