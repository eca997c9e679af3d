import type { Act, Site } from '../act';
import { done } from '../act';
import type { Machine } from '../machine';
import type { Micro } from '../micro';
import type { Injection } from '../op';
import { without, type Message, type Release, type Shootdown } from '../shootdown';
import type { Tlb } from '../tlb';
import { unlinkEmpty } from './unlink';

/**
 * Invalidation on all PCPUs: the initiator flushes, interrupts every other PCPU, and waits for their acknowledgements; then what
 * was held back is given back (SDM 4.10.5 "Propagation of Paging-Structure Changes to Multiple Processors").
 */

/** Opens a round of invalidation and returns what the initiator has to do. */
export function startShootdown(
  m: Machine,
  { op, pcpu }: Site,
  pages: readonly number[] | undefined,
  releases: readonly Release[],
): readonly Micro[] {
  const id = m.newId();
  const everyone = m.state.pcpus.map((each) => each.id);
  const shootdown: Shootdown = {
    id,
    op,
    initiator: pcpu,
    pages: pages && pages.length <= m.state.policies.flushCeiling ? pages : undefined,
    owes: everyone,
    unacked: without(everyone, pcpu),
    releases,
    timedOut: false,
  };
  m.update({ shootdowns: [...m.state.shootdowns, shootdown] });
  const release: Micro = { do: 'release', op, shootdown: id };
  const send: Micro[] = everyone.length > 1 ? [{ do: 'sendIpis', op, shootdown: id }] : [];
  return [{ do: 'flushLocal', op, shootdown: id }, ...send, release];
}

/** Flushes everything that the lazy policy holds back. */
export const flushDeferred = ({ op }: Site): readonly Micro[] => [{ do: 'unlinkHeld', op }];

/** Unlinks the tables that are empty by now, then opens one round for all that was held back. */
export function unlinkHeld(m: Machine, site: Site): Act {
  const releases = m.state.deferred.map(({ vpn, pages }) => ({ vpn, pages, tables: unlinkEmpty(m, vpn, pages) }));
  m.update({ deferred: [] });
  m.touchTables();
  const links = releases.flatMap(({ tables }) => tables).reduce((sum, { count }) => sum + count, 0);
  return { kind: 'entries', cycles: links * m.costs.writeEntry, next: startShootdown(m, site, undefined, releases) };
}

const find = (m: Machine, id: number): Shootdown | undefined => m.state.shootdowns.find((s) => s.id === id);

const replace = (m: Machine, id: number, change: Partial<Shootdown>): void =>
  m.update({ shootdowns: m.state.shootdowns.map((s) => (s.id === id ? { ...s, ...change } : s)) });

/**
 * Carries out the invalidation of a round on one PCPU. INVLPG reaches one PCID only, so with PCIDE everything is flushed. A round may
 * be over before a late or repeated IPI asks for it; then there is nothing to do.
 */
function invalidate(m: Machine, pcpu: number, id: number, skip: Injection): Act {
  const shootdown = find(m, id);
  if (!shootdown) return { kind: 'invalidate', cycles: 0, says: 'finds nothing left to flush: the round is over.' };
  if (m.injected(skip, pcpu) !== undefined) return { kind: 'invalidate', cycles: 0, says: 'leaves its flush out.' };
  const { pages, owes } = shootdown;
  replace(m, id, { owes: without(owes, pcpu) });
  const tlb = m.tlbs[pcpu];
  if (!pages || m.state.control.pcide) {
    flushAll(tlb);
    return { kind: 'invalidate', cycles: m.costs.flush, says: 'flushes its whole TLB.' };
  }
  for (const vpn of pages) invalidatePage(tlb, vpn, m.state.pcpus[pcpu].pcid);
  const count = `${pages.length} ${pages.length === 1 ? 'page' : 'pages'}`;
  return { kind: 'invalidate', cycles: pages.length * m.costs.invlpg, says: `invalidates ${count} by INVLPG.` };
}

/** INVLPG (SDM 4.10.4.1): the page in this PCID and global, and all paging-structure caches of this PCID. */
export function invalidatePage(tlb: Tlb, vpn: number, pcid: number): void {
  tlb.invalidatePage(Math.floor(vpn / 2 ** 20), (vpn * 4096) | 0, pcid, true);
  tlb.flushStructures(pcid);
}

/** What vmkernel uses for all: MOV CR3, or with global pages or PCIDs the wider forms. Drops everything. */
export function flushAll(tlb: Tlb): void {
  tlb.flush({ global: true });
  tlb.flushStructures();
}

export const flushLocal = (m: Machine, id: number, { pcpu }: Site): Act => invalidate(m, pcpu, id, 'skipLocalFlush');

export function sendIpis(m: Machine, id: number, site: Site): Act {
  const { op, pcpu, now } = site;
  const targets = find(m, id)?.unacked ?? [];
  const { ipiSend, ipiFlight } = m.costs;
  const messages = targets.flatMap((to, i): Message[] => {
    const sent = now + (i + 1) * ipiSend;
    return send(m, { kind: 'ipi', shootdown: id, op, from: pcpu, to, sent, arrives: sent + ipiFlight }, to);
  });
  m.update({ messages: [...m.state.messages, ...messages] });
  if (m.injected('earlyRelease', pcpu) !== undefined) giveBack(m, id);
  const cycles = targets.length * ipiSend;
  const since = now + cycles;
  const deadline = since + m.state.policies.ackTimeout;
  return { kind: 'ipi', cycles, next: [{ do: 'awaitAcks', op, shootdown: id, since, deadline }] };
}

/** A message as it really goes out: once, never, late or twice. `about` is the PCPU whose faults are armed. */
function send(m: Machine, message: Omit<Message, 'id'>, about: number): Message[] {
  const name = message.kind === 'ipi' ? 'Ipi' : 'Ack';
  if (m.injected(`drop${name}`, about) !== undefined) return [];
  const delay = m.injected(`delay${name}`, about) ?? 0;
  const times = m.injected(`duplicate${name}`, about) === undefined ? 1 : 2;
  return Array.from({ length: times }, (_, i) => ({ ...message, id: m.newId(), arrives: message.arrives + delay + i }));
}

export function awaitAcks(m: Machine, id: number, since: number, { op, now }: Site): Act {
  const unacked = find(m, id)?.unacked ?? [];
  chargeWait(m, op, now - since);
  if (unacked.length === 0) return { kind: 'wait', cycles: 0, says: 'has every acknowledgement.' };
  replace(m, id, { timedOut: true });
  for (const pcpu of unacked) {
    m.raise({
      rule: 'missing-ack',
      op,
      pcpu,
      says: `PCPU ${pcpu} failed to acknowledge the invalidation in time; what it may still use stays held back.`,
    });
  }
  return { kind: 'wait', cycles: 0, says: `gives up waiting: PCPU ${unacked.join(', ')} failed to acknowledge.` };
}

function chargeWait(m: Machine, op: number, cycles: number): void {
  const owner = m.state.pcpus.find(({ call }) => call?.op === op);
  if (!owner?.call) return;
  const wait = (owner.call.cycles.wait ?? 0) + cycles;
  m.updatePcpu(owner.id, { call: { ...owner.call, cycles: { ...owner.call.cycles, wait } } });
}

/** The end of a round on the initiator. After a time-out nothing is given back yet. */
export function release(m: Machine, id: number): Act {
  const shootdown = find(m, id);
  if (shootdown && shootdown.unacked.length > 0)
    return { kind: 'tables', cycles: 0, says: 'holds address space and tables back.' };
  const releases = shootdown?.releases ?? [];
  close(m, id);
  const says =
    releases.length === 0
      ? 'ends the round; no address space or table was held back for it.'
      : 'gives back address space and tables that nobody can reach any more.';
  return { kind: 'tables', cycles: releases.length * m.costs.vaSearch, says };
}

/** Ends a round and gives back what it held. */
function close(m: Machine, id: number): void {
  giveBack(m, id);
  m.update({ shootdowns: m.state.shootdowns.filter((s) => s.id !== id) });
}

/** Gives what a round holds back, once. */
function giveBack(m: Machine, id: number): void {
  const shootdown = find(m, id);
  for (const release of shootdown?.releases ?? []) giveBackNow(m, release, shootdown?.op);
  replace(m, id, { releases: [] });
}

/** Gives VA and table frames back. A table that a paging-structure cache still names is reported. */
export function giveBackNow(m: Machine, { vpn, pages, tables }: Release, op: number | undefined): void {
  if (pages > 0) m.update({ va: m.state.va.cut(vpn, vpn + pages) });
  for (const { mpn, count } of tables) {
    reportCachedTables(m, op, mpn, count);
    m.update({ pool: m.state.pool.give({ mpn, count }) });
  }
}

function reportCachedTables(m: Machine, op: number | undefined, mpn: number, count: number): void {
  m.tlbs.forEach((tlb, pcpu) => {
    tlb.forEachStructure((entry) => {
      if (entry.mpn < mpn || entry.mpn >= mpn + count) return;
      m.raise({
        rule: 'freed-table-cached',
        op,
        pcpu,
        mpn: entry.mpn,
        vpn: entry.vpn,
        says: `PCPU ${pcpu} still has the freed table at MPN 0x${entry.mpn.toString(16)} in a paging-structure cache and may walk through it.`,
      });
    });
  });
}

export function interrupt(m: Machine, id: number, from: number, { op }: Site): Act {
  return {
    kind: 'remote',
    cycles: m.costs.interrupt,
    next: [
      { do: 'flushRemote', op, shootdown: id },
      { do: 'sendAck', op, shootdown: id, to: from },
    ],
  };
}

export const flushRemote = (m: Machine, id: number, { pcpu }: Site): Act => invalidate(m, pcpu, id, 'skipRemoteFlush');

export function sendAck(m: Machine, id: number, to: number, { op, pcpu, now }: Site): Act {
  const sent = now + m.costs.ack;
  const arrives = sent + m.costs.ackFlight;
  m.update({
    messages: [
      ...m.state.messages,
      ...send(m, { kind: 'ack', shootdown: id, op, from: pcpu, to, sent, arrives }, pcpu),
    ],
  });
  return { kind: 'ipi', cycles: m.costs.ack };
}

/** An IPI interrupts a PCPU at the end of the micro-op it is in, or waits while interrupts are off. */
export function deliver(m: Machine, message: Message): void {
  const pcpu = m.state.pcpus[message.to];
  if (pcpu.masked) {
    m.updatePcpu(pcpu.id, { held: [...pcpu.held, message] });
    return;
  }
  const { op, shootdown, from } = message;
  const handler: Micro = { do: 'interrupt', op, shootdown, from };
  m.updatePcpu(pcpu.id, { stack: [...pcpu.stack, handler], wakeAt: Math.max(pcpu.wakeAt, m.state.time) });
}

/** An acknowledgement arrives at the initiator. */
export function acknowledge(m: Machine, message: Message): void {
  const shootdown = m.state.shootdowns.find(({ id }) => id === message.shootdown);
  if (!shootdown) return;
  const unacked = without(shootdown.unacked, message.from);
  m.update({ shootdowns: m.state.shootdowns.map((s) => (s === shootdown ? { ...s, unacked } : s)) });
  const waiting = m.state.pcpus[message.to];
  m.updatePcpu(message.to, { wakeAt: Math.max(waiting.wakeAt, m.state.time) });
  // After a time-out nobody waits: the last acknowledgement itself ends the round.
  if (unacked.length === 0 && shootdown.timedOut) close(m, shootdown.id);
}

/** The `flush` operation: what XMapForceFlush does in public traces. */
export function beginFlush(m: Machine, site: Site): Act {
  if (m.state.deferred.length === 0) return done({ says: 'Nothing was held back.' });
  return { kind: 'check', cycles: 0, next: [...flushDeferred(site), { do: 'flushDone', op: site.op }] };
}
