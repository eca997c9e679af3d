import { decimalGroups } from '../base/number';
import { LIMITS, POLICIES, type MachineConfig } from '../machine/config';
import type { MapOp, Op, RangeSpec } from '../machine/op';
import { buildMtrrs } from './build-mtrrs';
import type { OpDoc } from './form-op';
import { MAX_UINT64 } from './form-number';
import { DOCUMENT_LIMITS, type DocumentLimitName } from './limits';
import { defaultName, Names } from './names';
import { shortValue, type Report } from './problem';

/** The operations that a document asks for, checked against the machine and against the operations before each. */
export const buildOps = (docs: readonly OpDoc[], config: MachineConfig, report: Report): Op[] =>
  docs.map(opBuilder(config, report));

/** Builds operations one after the other, as they come. */
export function opBuilder(config: MachineConfig, report: Report): (doc: OpDoc) => Op {
  const names = new Names(config);
  const totals = { ranges: 0, accesses: 0 };
  let count = 0;
  let maps = 0;
  return (doc) => {
    const path = `ops[${count++}]`;
    const op = doc.op === 'map' ? buildMap(doc, ++maps) : buildOther(doc, config, path, report);
    checkPcpu(op, config.pcpus, path, report);
    names.use(op, path, report);
    checkValues(op, config, path, report);
    addUp(op, totals, path, report);
    return op;
  };
}

function buildMap({ as, reservation, ...rest }: Extract<OpDoc, { op: 'map' }>, nth: number): MapOp {
  return { ...rest, as: as ?? defaultName(nth), ...(reservation ? { reservation } : {}) };
}

function buildOther(doc: Exclude<OpDoc, { op: 'map' }>, config: MachineConfig, path: string, report: Report): Op {
  if (doc.op !== 'set' || doc.what !== 'mtrrs') return doc;
  return { ...doc, mtrrs: buildMtrrs(doc.mtrrs, config.maxPhyAddr, `${path}.mtrrs`, report) };
}

function checkPcpu(op: Op, pcpus: number, path: string, report: Report): void {
  if (op.op === 'sync' || op.pcpu < pcpus) return;
  report.add(`${path}.pcpu`, String(op.pcpu), `must be below ${pcpus}, the number of PCPUs`);
}

/** Rules that tie one field to another, or to the machine. */
function checkValues(op: Op, config: MachineConfig, path: string, report: Report): void {
  switch (op.op) {
    case 'map':
      return op.ranges.forEach((range, i) => checkRange(range, `${path}.ranges[${i}]`, report));
    case 'poke': {
      const limit = 2n ** BigInt(config.maxPhyAddr);
      if (op.ma % 8n !== 0n) report.add(`${path}.ma`, shortValue(op.ma), 'must be a multiple of 8');
      else if (op.ma >= limit)
        report.add(`${path}.ma`, shortValue(op.ma), `must be below ${shortValue(limit)}, 2^MAXPHYADDR`);
      return;
    }
    case 'access':
      if (op.value !== undefined && op.kind !== 'write') {
        report.add(`${path}.value`, shortValue(op.value), 'must be left out unless kind is "write"');
      }
      return;
    case 'invalidate':
      if (op.how === 'invpcid' && op.type === 0 && !op.at) {
        report.add(`${path}.at`, 'missing', 'must be given for type 0, which invalidates one address');
      }
      return;
    case 'set':
      return checkSetting(op, path, report);
    case 'fault':
      if (op.what.startsWith('delay') && op.cycles === 0) {
        report.add(`${path}.cycles`, '0', `must be at least 1 for ${op.what}`);
      }
      return;
    default:
  }
}

function checkSetting(op: Extract<Op, { op: 'set' }>, path: string, report: Report): void {
  if (op.what === 'policy') {
    const values: readonly string[] = POLICIES[op.name];
    if (!values.includes(op.value))
      report.add(`${path}.value`, shortValue(op.value), `must be one of ${values.join(', ')}`);
  } else if (op.what === 'limit' && op.value > LIMITS[op.name].max) {
    report.add(`${path}.value`, shortValue(op.value), `must be at most ${LIMITS[op.name].max}, the largest ${op.name}`);
  }
}

function checkRange({ startMPN, count = 1, stride = 0n }: RangeSpec, path: string, report: Report): void {
  if (count === 1 || startMPN + BigInt(count - 1) * stride <= MAX_UINT64) return;
  report.add(`${path}.stride`, shortValue(stride), 'must leave the last startMPN within 64 bits');
}

/** Counts what costs time to run, against the limits. */
function addUp(op: Op, totals: { ranges: number; accesses: number }, path: string, report: Report): void {
  const check = (what: DocumentLimitName, value: number, where: string, noun: string): void => {
    const { max } = DOCUMENT_LIMITS[what];
    if (value > max) report.add(where, `${decimalGroups(value)} ${noun}`, `must be at most ${decimalGroups(max)}`);
  };
  if (op.op === 'map') {
    const ranges = op.ranges.reduce((sum, { count = 1 }) => sum + count, 0);
    totals.ranges += ranges;
    check('rangesPerRequest', ranges, `${path}.ranges`, 'ranges');
    check('ranges', totals.ranges, `${path}.ranges`, 'ranges in all so far');
  } else if (op.op === 'access') {
    totals.accesses += op.count;
    check('accesses', totals.accesses, `${path}.count`, 'accesses in all so far');
  }
}
