import { unreachable } from '../base/assert';
import { decimalGroups, hexGroups } from '../base/number';
import { ENTRY_NAMES, fullVa, TABLE_NAMES } from '../machine/address';
import { leafFlags } from '../machine/attributes';
import { BIT, XD_HIGH } from '../machine/entry-format';
import { HAZARD_RULES } from '../machine/hazards';
import type { Machine } from '../machine/machine';
import type { Micro } from '../machine/micro';
import { INJECTIONS, type AccessOp } from '../machine/op';
import type { OpRecord } from '../machine/outcome';
import { REASON_TEXT } from '../machine/rights';
import type { StepRecord } from '../machine/state';
import { attrsText } from '../machine/vmkapi';
import { errorCode, type Fault } from '../machine/walk';
import { CALLS, opLabel } from './labels';
import { addressText, plural } from './text';

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
    if (micro.do === 'begin') return begins(m, who, record);
    return `${who} ${record.says === undefined ? says(m, micro as Named, record) : where(micro, record.says)}`;
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
      return `returns from vmk_Map with VA ${hexGroups(micro.work.mapping.vpn * 4096)}; no TLB needs a flush, since what is not present is never cached.`;
    case 'clearEntries':
      return `clears the entries of ${micro.mapping.name}; a TLB that holds them goes on using them.`;
    case 'rewriteEntries':
      return micro.phase === 'notPresent'
        ? `makes the entries of ${micro.mapping.name} not present, because their memory type will change.`
        : rewrites(m, micro);
    case 'flushCaches':
      return `flushes ${plural(micro.lines, 'cache line')}: data may be cached with the old memory type.`;
    case 'changeDone':
      return 'returns from vmk_MapChangeAttributes.';
    case 'unlinkHeld':
      return 'unlinks the tables that are empty by now and flushes for everything held back.';
    case 'sendIpis':
      return m.config.pcpus === 2
        ? 'interrupts the other PCPU: its TLB may hold the old entries.'
        : `interrupts ${plural(m.config.pcpus - 1, 'other PCPU')}, one after the other: their TLBs may hold the old entries.`;
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
        ? `takes ${faultText(micro.touch.fault)}`
        : `takes ${codeText(errorCode(micro.touch.access, true, false, m.state.control))} at ${hexGroups(fullVa(micro.touch.va))} by its TLB entry alone; that drops the entry, and the access tries again with a walk.`;
    case 'burst':
      return bursts(m, op);
    default:
      return unreachable(micro);
  }
}

/** A change of entries; rights that go are the reason for the shootdown behind it. */
function rewrites(m: Machine, { mapping, attrs, phase }: Extract<Micro, { do: 'rewriteEntries' }>): string {
  const { control, types, policies } = m.state;
  const { lo, hi } = leafFlags(attrs, 1, control, types.pat, policies);
  const lost = [mapping.written.lo & ~lo & BIT.RW && 'W', hi & ~mapping.written.hi & XD_HIGH && 'X'].filter(Boolean);
  const goes = lost.length === 0 ? '' : ` and takes ${lost.join(' and ')} away`;
  const text = `writes the entries of ${mapping.name} as ${attrsText(attrs)}${goes}`;
  if (phase === 'present') return `${text}.`;
  return lost.length === 0
    ? `${text}; a TLB that holds the old ones goes on using them.`
    : `${text}: a TLB that holds the old ones still allows it, so every PCPU must flush.`;
}

/** `#PF(0x3)`. */
const codeText = (code: number): string => `#PF(0x${code.toString(16)})`;

/** `#PF(0x0) at 0x4400 0000 0000: the entry is not present (P = 0).` */
const faultText = ({ vector, errorCode: code, cr2, reason }: Fault): string =>
  `${vector === 'GP' ? '#GP(0)' : codeText(code)} at ${hexGroups(cr2)}: ${REASON_TEXT[reason]}.`;

const VERBS = { read: 'reads', write: 'writes', execute: 'fetches from' } as const;

function begins(m: Machine, who: string, { op, says: found }: StepRecord): string {
  const record = m.state.records.get(op);
  const call = m.ops[op];
  const label = opLabel(call);
  if (call.op === 'sync') return `${who} goes on once every PCPU is idle and no message is on its way.`;
  if (call.op === 'fault') return `${who} is set up to go wrong: ${INJECTIONS[call.what]}.`;
  if (call.op === 'access') {
    if (record?.fault) return `${who} takes ${faultText(record.fault)}`;
    if (record?.ma !== undefined) return `${who} ${reached(record, call)}`;
    if (call.count > 1) return `${who} begins ${label}, one access after the other.`;
    return `${who} begins ${label}: ${found ?? 'it looks in its TLB.'}`;
  }
  if (!record) return `${who} begins ${label}: the request passes its checks.`;
  // What is no call of vmkapi says by itself what it did.
  if (!CALLS[call.op].startsWith('vmk_')) return record.says;
  return `${who} calls ${label}${record.status === undefined ? '' : ` and gets ${record.status}`}: ${record.says}`;
}

/** The byte that an access came to, and how; the latter is what its outcome says behind the colon. */
function reached({ ma = 0, says: outcome }: OpRecord, { kind, at }: AccessOp): string {
  const how = outcome.slice(outcome.indexOf(': ') + 2);
  return `${VERBS[kind]} ${addressText(at)}, which is MA ${hexGroups(ma)}: ${how}`;
}

/** A part of many accesses, and what they came to when they are done. */
function bursts(m: Machine, op: number): string {
  const record = m.state.records.get(op);
  if (record) return `has made its ${record.says}`;
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
  const call = m.ops[op];
  if (record?.fault) return `walks the tables and takes ${faultText(record.fault)}`;
  if (record && call.op === 'access') return `walks the tables and ${reached(record, call)}`;
  const next = m.state.pcpus.flatMap(({ stack }) => stack).find((micro) => micro.op === op && micro.do === 'fault');
  const fault = next?.do === 'fault' ? next.touch.fault : undefined;
  if (fault?.level === undefined) return 'walks the tables and meets an entry that stops it.';
  return `walks the tables as far as the ${ENTRY_NAMES[fault.level]}, which stops it: ${REASON_TEXT[fault.reason]}.`;
}
