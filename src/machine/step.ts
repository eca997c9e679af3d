import { unreachable } from '../base/assert';
import type { Act, Site } from './act';
import { addCycles } from './cycles';
import { definition, nextEvent, type Event } from './events';
import { execute } from './execute';
import type { Machine } from './machine';
import type { Micro } from './micro';
import { acknowledge, deliver } from './ops/flushing';
import { LOCKED, needsMapping } from './op';
import type { StepRecord } from './state';
import type { Message } from './shootdown';

/**
 * Makes one step and returns its record; undefined when nothing is left to do.
 */
export function step(m: Machine): StepRecord | undefined {
  skipUnmade(m);
  let event = nextEvent(m);
  while (event?.kind === 'issue' && mustWait(m, event)) {
    issue(m, event);
    skipUnmade(m);
    event = nextEvent(m);
  }
  if (!event) return undefined;
  m.update({ step: m.state.step + 1, time: event.time });
  const record = event.kind === 'arrival' ? arrive(m, event.message) : run(m, event);
  m.update({ last: record });
  // At once, so that the state after a step does not depend on whether another one was asked for.
  skipUnmade(m);
  return record;
}

/**
 * An operation on a mapping that was never made does not run, as code behind `if (status == VMK_OK)` would not.
 */
function skipUnmade(m: Machine): void {
  for (;;) {
    const op = m.ops[m.state.nextOp];
    const name = op && needsMapping(op);
    if (!op || name === undefined) return;
    const needed = definition(m, op);
    const record = needed === undefined ? undefined : m.state.records.get(needed);
    if (!record || record.vpn !== undefined) return;
    const says = `Left out: ${name} was not mapped (${record.status ?? 'skipped'}).`;
    const time = Math.max(m.state.issuedAt, record.ended);
    m.update({
      records: m.state.records.set(m.state.nextOp, { says, skipped: true, started: time, ended: time, cycles: {} }),
      nextOp: m.state.nextOp + 1,
    });
  }
}

function run(m: Machine, event: Event): StepRecord {
  if (event.kind === 'issue') issue(m, event);
  const pcpu = m.state.pcpus[event.pcpu];
  const micro = pcpu.stack[pcpu.stack.length - 1];
  const waited = micro.do === 'lock' ? event.time - (pcpu.call?.started ?? event.time) : 0;
  m.updatePcpu(pcpu.id, { stack: pcpu.stack.slice(0, -1) });
  const site: Site = { op: micro.op, pcpu: pcpu.id, now: event.time };
  const act = execute(m, micro, site);
  settle(m, site, act, waited);
  return {
    time: event.time,
    pcpu: pcpu.id,
    op: micro.op,
    cycles: act.cycles,
    says: act.says,
    act: { kind: 'micro', micro },
  };
}

/** The next operation is a mapping call and another one is under way: it starts to wait, which is no step of its own. */
function mustWait(m: Machine, { time }: Event): boolean {
  const { lock, unlockedAt, nextOp } = m.state;
  return LOCKED.has(m.ops[nextOp].op) && (lock !== undefined || unlockedAt > time);
}

function issue(m: Machine, { pcpu, time }: Event): void {
  const op = m.state.nextOp;
  const stack: Micro[] = [{ do: 'begin', op }];
  if (LOCKED.has(m.ops[op].op)) stack.push({ do: 'lock', op });
  m.updatePcpu(pcpu, { stack, readyAt: time, call: { op, started: time, cycles: {} } });
  m.update({ nextOp: op + 1, issuedAt: time });
}

/** Writes down what a micro-op came to. */
function settle(m: Machine, site: Site, act: Act, waited: number): void {
  const pcpu = m.state.pcpus[site.pcpu];
  const ended = site.now + act.cycles;
  const stack = act.next ? [...pcpu.stack, ...act.next.toReversed()] : pcpu.stack;
  m.updatePcpu(site.pcpu, { stack, readyAt: ended });
  charge(m, site, act, waited);
  if (!act.done) return;
  const { call } = m.state.pcpus[site.pcpu];
  if (!call) throw new Error(`operation ${site.op} ended without a call`);
  m.update({
    records: m.state.records.set(site.op, { ...act.done, started: call.started, ended, cycles: call.cycles }),
  });
  m.updatePcpu(site.pcpu, { call: undefined });
  if (m.state.lock === site.pcpu) m.update({ lock: undefined, unlockedAt: ended });
}

/** Cycles count for the operation on its own PCPU; what others do for it counts as remote. */
function charge(m: Machine, { op, pcpu }: Site, act: Act, waited: number): void {
  const owner = m.state.pcpus.find(({ call }) => call?.op === op);
  if (!owner?.call) return;
  const own = owner.id === pcpu;
  const cycles = addCycles(addCycles(owner.call.cycles, own ? act.kind : 'remote', act.cycles), 'wait', waited);
  m.updatePcpu(owner.id, { call: { ...owner.call, cycles } });
}

function arrive(m: Machine, message: Message): StepRecord {
  m.update({ messages: m.state.messages.filter(({ id }) => id !== message.id) });
  const { time } = m.state;
  switch (message.kind) {
    case 'ipi':
      deliver(m, message);
      break;
    case 'ack':
      acknowledge(m, message);
      break;
    default:
      unreachable(message.kind);
  }
  return { time, pcpu: message.to, op: message.op, cycles: 0, act: { kind: 'arrival', message } };
}
