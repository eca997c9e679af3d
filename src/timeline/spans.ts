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

/** A PCPU that had to invalidate something, from the change of the entries to the end of its flush; Infinity: it never did. */
export interface Owed {
  readonly pcpu: number;
  readonly op: number;
  from: number;
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
  /** Accesses of a burst that were done before. */
  readonly done: number[] = [0];
  readonly messages: MessageSpan[] = [];
  readonly waits: Waiting[] = [];
  readonly owed: Owed[] = [];
  private readonly codes = new Map<string, number>();
  private readonly flying = new Map<number, MessageSpan>();
  /** Ids of messages yet to be sent start here. */
  private nextId = 0;
  private shootdowns: readonly Shootdown[] = [];
  /** By round and PCPU: what is still to be done. */
  private readonly owing = new Map<number, Map<number, Owed>>();

  /** Takes note of the step just made. */
  note(m: Machine, record: StepRecord): void {
    const { act, pcpu, op, cycles } = record;
    this.pcpus.push(pcpu);
    this.ops.push(op);
    this.acts.push(this.codeOf(act.kind === 'micro' ? act.micro.do : act.message.kind));
    this.cycles.push(cycles);
    this.done.push(act.kind === 'micro' && act.micro.do === 'burst' ? act.micro.done : 0);
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

  private noteMessages(m: Machine, record: StepRecord): void {
    const known = this.messages.length;
    this.noteLostAndFlying(m, record);
    // A lost one keeps its place among those that the same step sent.
    if (this.messages.length > known + 1)
      this.messages.push(...this.messages.splice(known).toSorted((a, b) => a.sent - b.sent));
  }

  private noteLostAndFlying(m: Machine, { act, pcpu, op, time }: StepRecord): void {
    const sent = this.sentNow(m);
    if (act.kind === 'arrival') {
      const span = this.flying.get(act.message.id);
      if (span) span.arrivedAt = m.state.step;
      this.flying.delete(act.message.id);
      return;
    }
    const { micro } = act;
    if (micro.do === 'sendIpis') {
      const { ipiSend, ipiFlight } = m.costs;
      const targets = m.state.shootdowns.find(({ id }) => id === micro.shootdown)?.unacked ?? [];
      const reached = new Set(sent.map(({ to }) => to));
      targets.forEach((to, i) => {
        const at = time + (i + 1) * ipiSend;
        if (!reached.has(to)) this.lose(m, { kind: 'ipi', op, from: pcpu, to, sent: at, arrives: at + ipiFlight });
      });
    } else if (micro.do === 'sendAck' && sent.length === 0) {
      const at = time + m.costs.ack;
      this.lose(m, { kind: 'ack', op, from: pcpu, to: micro.to, sent: at, arrives: at + m.costs.ackFlight });
    }
    for (const message of sent) this.fly(message, m.state.step);
  }

  /** The messages that the step just made sent out; they stand behind those that were on their way, and ids only grow. */
  private sentNow({ state: { messages, nextId } }: Machine): readonly Message[] {
    const known = messages.findLastIndex(({ id }) => id < this.nextId);
    this.nextId = nextId;
    return known < messages.length - 1 ? messages.slice(known + 1) : [];
  }

  private lose({ state: { step } }: Machine, message: Omit<MessageSpan, 'sentBy' | 'arrivedAt'>): void {
    this.messages.push({ ...message, sentBy: step, arrivedAt: 0 });
  }

  private fly({ id, kind, op, from, to, sent, arrives }: Message, step: number): void {
    const span: MessageSpan = { kind, op, from, to, sent, arrives, sentBy: step, arrivedAt: 0 };
    this.messages.push(span);
    this.flying.set(id, span);
  }

  private noteOwed(m: Machine, record: StepRecord): void {
    this.dateOwed(record);
    const { shootdowns } = m.state;
    if (shootdowns === this.shootdowns) return;
    const before = new Map(this.shootdowns.map((one) => [one.id, one]));
    this.shootdowns = shootdowns;
    for (const round of shootdowns) {
      const old = before.get(round.id);
      before.delete(round.id);
      if (!old) this.open(round, record);
      else if (old.owes !== round.owes) this.settle(old, round, record);
    }
    // A round that is over while a PCPU still owes: nobody will ask it any more.
    for (const { id } of before.values()) this.owing.delete(id);
  }

  /** A round is planned before the entries change; it is from the change on that what a TLB holds may be stale. */
  private dateOwed({ act, op, time }: StepRecord): void {
    if (act.kind !== 'micro' || (act.micro.do !== 'rewriteEntries' && act.micro.do !== 'clearEntries')) return;
    if (act.micro.do === 'rewriteEntries' && act.micro.phase === 'present') return;
    for (const spans of this.owing.values()) {
      for (const span of spans.values()) if (span.op === op) span.from = time;
    }
  }

  private open({ id, op, owes }: Shootdown, { time }: StepRecord): void {
    const spans = new Map(owes.map((pcpu): [number, Owed] => [pcpu, { pcpu, op, from: time, to: Infinity }]));
    this.owing.set(id, spans);
    this.owed.push(...spans.values());
  }

  /** A flush counts when it ends. */
  private settle(old: Shootdown, { id, owes }: Shootdown, { time, cycles }: StepRecord): void {
    const spans = this.owing.get(id);
    let kept = 0;
    for (const pcpu of old.owes) {
      if (owes[kept] === pcpu) {
        kept++;
        continue;
      }
      const span = spans?.get(pcpu);
      if (span) span.to = time + cycles;
      spans?.delete(pcpu);
    }
  }

  private noteWaits(m: Machine, { act, pcpu, op, time }: StepRecord): void {
    if (act.kind !== 'micro') return;
    const { micro } = act;
    if (micro.do === 'awaitAcks' && time > micro.since) {
      this.waits.push({ pcpu, op, what: 'acks', from: micro.since, to: time });
    }
    const { call } = m.state.pcpus[pcpu];
    if (micro.do === 'lock' && call && time > call.started) {
      this.waits.push({ pcpu, op, what: 'lock', from: call.started, to: time });
    }
  }
}
