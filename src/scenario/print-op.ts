import {
  type AccessOp,
  type FaultOp,
  type InvalidateOp,
  type MapOp,
  type Op,
  type RangeSpec,
  type SetOp,
} from '../machine/op';
import { unreachable } from '../base/assert';
import { KNOWN_ATTRS, MAP_ATTRS, MAP_TYPES } from '../machine/vmkapi';
import { printAddress } from './address';
import { defaultName } from './names';
import { printMtrrs } from './print-mtrrs';
import { countOrHex, defined, hexText } from './print-value';

type Json = Record<string, unknown>;

/** Operations as a document writes them. `maxPhyAddr` decides how MTRRs read. */
export function printOps(ops: readonly Op[], maxPhyAddr: number): Json[] {
  let maps = 0;
  return ops.map((op) =>
    defined(op.op === 'map' ? printMap(op, ++maps) : { op: op.op, ...fieldsOf(op, maxPhyAddr), ...where(op) }),
  );
}

/** PCPU and context, unless as usual; the note. */
const where = (op: Op): Json => ({
  pcpu: op.op === 'sync' || op.pcpu === 0 ? undefined : op.pcpu,
  context: 'context' in op && op.context !== 'world' ? op.context : undefined,
  note: op.note,
});

function printMap(op: MapOp, nth: number): Json {
  const type = Object.entries(MAP_TYPES).find(([, value]) => value === op.mapType)?.[0] ?? op.mapType;
  return {
    op: 'map',
    as: op.as === defaultName(nth) ? undefined : op.as,
    module: op.module,
    mapType: type === 'DEFAULT' ? undefined : type,
    attrs: op.attrs === 0n ? undefined : printAttrs(op.attrs),
    ranges: op.ranges.map(printRange),
    reservation: op.reservation,
    ...where(op),
  };
}

export function printAttrs(attrs: bigint): unknown {
  if (attrs & ~KNOWN_ATTRS) return hexText(attrs);
  return MAP_ATTRS.filter(({ bit }) => attrs & (1n << BigInt(bit))).map(({ name }) => name);
}

const printRange = ({ startMPN, numPages, count = 1, stride }: RangeSpec): Json => ({
  startMPN: countOrHex(startMPN),
  numPages,
  ...(count > 1 && { count }),
  ...(count > 1 && stride !== undefined && stride !== BigInt(numPages) && { stride: countOrHex(stride) }),
});

function fieldsOf(op: Exclude<Op, MapOp>, maxPhyAddr: number): Json {
  switch (op.op) {
    case 'unmap':
      return { at: printAddress(op.at) };
    case 'change':
      return { at: printAddress(op.at), attrs: printAttrs(op.attrs) };
    case 'access':
      return printAccess(op);
    case 'poke':
      return { ma: hexText(op.ma), value: hexText(op.value) };
    case 'invalidate':
      return printInvalidate(op);
    case 'set':
      return printSet(op, maxPhyAddr);
    case 'mask':
      return { masked: op.masked ? undefined : false };
    case 'fault':
      return printFault(op);
    case 'register':
      return {
        resource: op.resource,
        start: hexText(op.start),
        length: countOrHex(op.length),
        attrs: op.attrs.length > 0 ? op.attrs : undefined,
      };
    case 'reserve':
      return { as: op.as, module: op.module, resource: op.resource };
    case 'release':
      return { reservation: op.reservation };
    case 'va2ma':
      return { at: printAddress(op.at), length: op.length === 4096n ? undefined : countOrHex(op.length) };
    case 'load':
    case 'unload':
      return { module: op.module };
    case 'sync':
    case 'flush':
      return {};
    default:
      return unreachable(op);
  }
}

const printAccess = ({ at, kind, privilege, ac, count, stride, value }: AccessOp): Json => ({
  at: printAddress(at),
  kind: kind === 'read' ? undefined : kind,
  privilege: privilege === 'supervisor' ? undefined : privilege,
  ac: ac || undefined,
  count: count === 1 ? undefined : count,
  stride: stride === 4096n ? undefined : countOrHex(stride),
  value: value === undefined ? undefined : hexText(value),
});

function printInvalidate(op: InvalidateOp): Json {
  const pcid = 'pcid' in op && op.pcid !== 0 ? op.pcid : undefined;
  const at = printedAt(op);
  const type = op.how === 'invpcid' ? op.type : undefined;
  const keep = op.how === 'cr3' && op.keep ? true : undefined;
  return { how: op.how, type, at, pcid, keep };
}

const printedAt = (op: InvalidateOp): string | undefined => ('at' in op && op.at ? printAddress(op.at) : undefined);

function printSet(op: SetOp, maxPhyAddr: number): Json {
  switch (op.what) {
    case 'pat':
      return { what: 'pat', slot: op.slot, type: op.type };
    case 'mtrrs':
      return { what: 'mtrrs', mtrrs: printMtrrs(op.mtrrs, maxPhyAddr) };
    default:
      return { what: op.what, name: op.name, value: op.value };
  }
}

const printFault = ({ what, times, cycles }: FaultOp): Json => ({
  what,
  times: times === 1 ? undefined : times,
  cycles: cycles === 0 ? undefined : cycles,
});
