import { unreachable } from '../base/assert';
import { decimalGroups, hexGroups } from '../base/number';
import { TABLE_NAMES } from '../machine/address';
import { HAZARD_RULES } from '../machine/hazards';
import type { Machine } from '../machine/machine';
import type { Micro } from '../machine/micro';
import type { StepRecord } from '../machine/state';
import { attrsText } from '../machine/vmkapi';
import { CALLS, opLabel } from './labels';
import { plural } from './text';

/** What the last step did, as one plain sentence, and what went wrong in it. */
export function narrate(m: Machine, record: StepRecord | undefined): string {
  const wrong = m.state.hazards.filter(
    ({ rule, step }) => step === m.state.step && HAZARD_RULES[rule].severity === 'error',
  );
  return [happened(m, record), ...wrong.map(({ rule }) => `${HAZARD_RULES[rule].title}.`)].join(' ');
}

function happened(m: Machine, record: StepRecord | undefined): string {
  if (!record) return 'The machine is ready: vmkernel has its tables, every TLB is empty.';
  const who = `PCPU ${record.pcpu}`;
  if (record.act.kind === 'micro') {
    const { micro } = record.act;
    if (record.says !== undefined) return `${who} ${where(micro, record.says)}`;
    return micro.do === 'begin' ? `${who}${begins(m, record.op)}` : `${who} ${says(m, micro as Named, record)}`;
  }
  const { kind, from } = record.act.message;
  if (kind === 'ack') return `The acknowledgement of PCPU ${from} reaches ${who}.`;
  return m.state.pcpus[record.pcpu].masked
    ? `The IPI from PCPU ${from} reaches ${who}, which has interrupts off: it must wait.`
    : `The IPI from PCPU ${from} reaches ${who}.`;
}

/** What a micro-op says of itself, with what it leaves out: whose TLB it was, and what the end of a round means. */
function where({ do: what }: Micro, says: string): string {
  switch (what) {
    case 'flushLocal':
      return says.replace('by INVLPG.', 'by INVLPG in its own TLB.').replace('whole TLB.', 'own TLB, all of it.');
    case 'flushRemote':
      return says.replace('by INVLPG.', 'by INVLPG in its own TLB: no other PCPU can do that for it.');
    default:
      return says;
  }
}

/** The micro-ops whose name and data say what they did; the others say it themselves. */
type Named = Exclude<Micro, { do: 'begin' | 'flushLocal' | 'flushRemote' | 'awaitAcks' | 'release' }>;

function says(m: Machine, micro: Named, { op }: StepRecord): string {
  switch (micro.do) {
    case 'lock':
      return `enters ${CALLS[m.ops[op].op]}; mapping calls go one after the other.`;
    case 'takeVa':
      return `finds ${plural(micro.work.mapping.pages, 'page')} of free address space.`;
    case 'takeTables':
      return takes(m, op);
    case 'writeLeaves':
      return `writes ${plural(micro.work.leaves, 'leaf entry', 'leaf entries')}; nothing points to them yet.`;
    case 'linkTables':
      return `links the new tables, from the bottom up: now a walk finds the pages.`;
    case 'mapDone':
      return `returns from vmk_Map with VA ${hexGroups(micro.work.mapping.vpn * 4096)}. What is not present is never cached, so no TLB needs a flush.`;
    case 'clearEntries':
      return `clears the entries of ${micro.mapping.name}; a TLB that holds them goes on using them.`;
    case 'rewriteEntries':
      return micro.phase === 'notPresent'
        ? `makes the entries of ${micro.mapping.name} not present, because their memory type will change.`
        : `writes the entries of ${micro.mapping.name} as ${attrsText(micro.attrs)}${micro.phase === 'all' ? '; a TLB that holds the old ones goes on using them' : ''}.`;
    case 'flushCaches':
      return `flushes ${plural(micro.lines, 'cache line')}: data may be cached with the old memory type.`;
    case 'changeDone':
      return 'returns from vmk_MapChangeAttributes.';
    case 'unlinkHeld':
      return 'unlinks the tables that are empty by now and flushes for everything held back.';
    case 'sendIpis':
      return `interrupts ${plural(m.config.pcpus - 1, 'other PCPU')}, one after the other: their TLBs may hold the old entries.`;
    case 'unmapDone':
      return 'returns from vmk_Unmap.';
    case 'flushDone':
      return 'has flushed all that was held back.';
    case 'interrupt':
      return `stops what it does and enters the interrupt handler, because of PCPU ${micro.from}.`;
    case 'sendAck':
      return `sends its acknowledgement to PCPU ${micro.to}.`;
    case 'walk':
      return walked(m, op);
    case 'fault':
      return micro.touch.fault
        ? 'takes the page fault.'
        : 'takes a fault from its TLB entry and drops it; the tables may allow more by now.';
    case 'burst':
      return bursts(m, op);
    default:
      return unreachable(micro);
  }
}

function begins(m: Machine, op: number): string {
  const record = m.state.records.get(op);
  const label = opLabel(m.ops[op]);
  const call = m.ops[op];
  if (call.op === 'sync') return ' goes on once every PCPU is idle and no message is on its way.';
  if (call.op === 'fault' && record) return `: something is set up to go wrong. ${record.says}`;
  if (record) return `, ${label}: ${record.says}`;
  if (call.op !== 'access') return ` begins ${label}: the request passes its checks.`;
  return call.count > 1
    ? ` begins ${label}: ${decimalGroups(call.count)} accesses, one after the other.`
    : `, ${label}: looks in its TLB and does not find what it needs.`;
}

/** A part of many accesses, and what they came to when they are done. */
function bursts(m: Machine, op: number): string {
  const record = m.state.records.get(op);
  if (record) return `has made its accesses. ${record.says}`;
  const rest = m.state.pcpus.flatMap(({ stack }) => stack).find((micro) => micro.op === op && micro.do === 'burst');
  const call = m.ops[op];
  if (rest?.do !== 'burst' || call.op !== 'access') return `carries on: ${opLabel(call)}.`;
  return `has made ${decimalGroups(rest.done)} of ${decimalGroups(call.count)} accesses.`;
}

function takes(m: Machine, op: number): string {
  const record = m.state.records.get(op);
  if (record) return `cannot go on: ${record.says}`;
  const next = m.state.pcpus
    .flatMap(({ stack }) => stack)
    .find((micro) => micro.op === op && micro.do === 'writeLeaves');
  const tables = next?.do === 'writeLeaves' ? next.work.tables : [];
  if (tables.length === 0) return 'needs no new table.';
  const list = tables.map(({ level, count }) => plural(count, TABLE_NAMES[level]));
  return `takes frames for ${list.join(', ')}.`;
}

function walked(m: Machine, op: number): string {
  const record = m.state.records.get(op);
  return record ? `walks the tables. ${record.says}` : 'walks the tables and meets an entry that stops it.';
}
