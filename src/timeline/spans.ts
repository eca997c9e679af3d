import type { Machine } from '../machine/machine';
import type { MicroName } from '../machine/micro';
import type { StepRecord } from '../machine/state';
import type { Message, Shootdown } from '../machine/shootdown';

/** A message from its sending to its arrival. */
export interface MessageSpan extends Pick<Message, 'kind' | 'op' | 'from' | 'to' | 'sent' | 'arrives'> {
  readonly sentBy: number;
  /** The step of its arrival; 0 while it is on its way, and for ever if it was lost. */
  arrivedAt: number;
}

/** A PCPU that could not go on, in cycles. */
export interface Waiting {
  readonly pcpu: number;
  readonly op: number;
  readonly what: 'lock' | 'acks';
  readonly from: number;
  readonly to: number;
}

/** A PCPU that had to invalidate something, from the change of the entries to its flush. */
export interface Owed {
  readonly pcpu: number;
  readonly op: number;
  readonly from: number;
  to: number;
}

/** What lasts, written down step by step while a scenario is played for the first time. */
export class Spans {
  /** What the codes in `acts` mean: micro-operations and arrivals, in the order they were met. */
  readonly names: (MicroName | Message['kind'])[] = [];
  // One element a step; element 0 stands for no step.
  readonly pcpus: number[] = [0];
  readonly ops: number[] = [-1];
  readonly acts: number[] = [0];
  readonly cycles: number[] = [0];
  readonly messages: MessageSpan[] = [];
  readonly waits: Waiting[] = [];
  readonly owed: Owed[] = [];
  private readonly codes = new Map<string, number>();
  private readonly flying = new Map<number, MessageSpan>();
  private known: readonly Message[] = [];
  private shootdowns: readonly Shootdown[] = [];
  private readonly owing = new Map<string, Owed>();
  /** The time at which an operation began to wait for the lock. */
  private readonly entering = new Map<number, number>();

  /** Takes note of the step just made. */
  note(m: Machine, record: StepRecord): void {
    const { act, pcpu, op, cycles } = record;
    this.pcpus.push(pcpu);
    this.ops.push(op);
    this.acts.push(this.codeOf(act.kind === 'micro' ? act.micro.do : act.message.kind));
    this.cycles.push(cycles);
    this.noteMessages(m, record);
    this.noteOwed(m, record);
    this.noteWaits(m, record);
  }

  private codeOf(name: MicroName | Message['kind']): number {
    const known = this.codes.get(name);
    if (known !== undefined) return known;
    this.codes.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  private noteMessages(m: Machine, { act, pcpu, op, time }: StepRecord): void {
    const { messages, step } = m.state;
    if (act.kind === 'arrival') {
      const span = this.flying.get(act.message.id);
      if (span) span.arrivedAt = step;
      this.flying.delete(act.message.id);
    } else if (act.micro.do === 'sendIpis') {
      const { shootdown } = act.micro;
      const targets = m.state.shootdowns.find(({ id }) => id === shootdown)?.unacked ?? [];
      const { ipiSend, ipiFlight } = m.costs;
      targets.forEach((to, i) => {
        if (messages.some((one) => one.to === to && one.kind === 'ipi' && !this.known.includes(one))) return;
        const sent = time + (i + 1) * ipiSend;
        this.messages.push({
          kind: 'ipi',
          op,
          from: pcpu,
          to,
          sentBy: step,
          arrivedAt: 0,
          sent,
          arrives: sent + ipiFlight,
        });
      });
    } else if (act.micro.do === 'sendAck' && messages.every((one) => this.known.includes(one))) {
      const sent = time + m.costs.ack;
      const { to } = act.micro;
      this.messages.push({
        kind: 'ack',
        op,
        from: pcpu,
        to,
        sentBy: step,
        arrivedAt: 0,
        sent,
        arrives: sent + m.costs.ackFlight,
      });
    }
    if (messages === this.known) return;
    for (const message of messages) if (!this.known.includes(message)) this.fly(message, step);
    this.known = messages;
  }

  private fly({ id, kind, op, from, to, sent, arrives }: Message, step: number): void {
    const span: MessageSpan = { kind, op, from, to, sent, arrives, sentBy: step, arrivedAt: 0 };
    this.messages.push(span);
    this.flying.set(id, span);
  }

  private noteOwed(m: Machine, { time, cycles }: StepRecord): void {
    const { shootdowns } = m.state;
    if (shootdowns === this.shootdowns) return;
    const before = this.shootdowns;
    this.shootdowns = shootdowns;
    for (const { id, op, owes } of shootdowns) {
      if (before.some((one) => one.id === id)) continue;
      for (const pcpu of owes) {
        const span: Owed = { pcpu, op, from: time, to: Infinity };
        this.owing.set(`${id} ${pcpu}`, span);
        this.owed.push(span);
      }
    }
    for (const { id, owes } of before) {
      const left = shootdowns.find((one) => one.id === id)?.owes;
      for (const pcpu of owes) {
        const span = this.owing.get(`${id} ${pcpu}`);
        if (left?.includes(pcpu) || !span) continue;
        // A round that is over while a PCPU still owes: nobody will ask it any more.
        if (left) span.to = time + cycles;
        this.owing.delete(`${id} ${pcpu}`);
      }
    }
  }

  private noteWaits(m: Machine, { act, pcpu, op, time }: StepRecord): void {
    if (act.kind === 'micro') {
      const { micro } = act;
      if (micro.do === 'awaitAcks' && time > micro.since) {
        this.waits.push({ pcpu, op, what: 'acks', from: micro.since, to: time });
      }
      const since = this.entering.get(pcpu);
      if (micro.do === 'lock' && since !== undefined) {
        if (time > since) this.waits.push({ pcpu, op, what: 'lock', from: since, to: time });
        this.entering.delete(pcpu);
      }
    }
    for (const { id, stack, call } of m.state.pcpus) {
      if (call && stack.at(-1)?.do === 'lock' && !this.entering.has(id)) this.entering.set(id, call.started);
    }
  }
}
