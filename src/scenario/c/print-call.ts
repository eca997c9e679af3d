import { hex } from '../../base/number';
import type { AddressRef, MapOp, Op, RangeSpec } from '../../machine/op';
import { KNOWN_ATTRS, MAP_ATTRS, MAP_TYPES } from '../../machine/vmkapi';
import { countOrHex } from '../print-value';
import { withComment } from './comments';
import type { Plan } from './plan';
import { noteOf } from './token';

/** Filling in the request of a map operation. */
export function requestLines({ ranges, mapType, attrs, reservation }: MapOp, { reservations }: Plan): string[] {
  let next = 0;
  const filled = ranges.flatMap((range) => {
    const lines = rangeLines(range, next);
    next += range.count ?? 1;
    return lines;
  });
  return [
    ...filled,
    `request.mapType = ${typeText(mapType)};`,
    `request.mapAttrs = ${attrsText(attrs)};`,
    `request.numElements = ${next};`,
    'request.mpnRanges = ranges;',
    `request.reservation = ${reservation !== undefined && reservations.has(reservation) ? reservation : 'NULL'};`,
  ];
}

function rangeLines({ startMPN, numPages, count = 1, stride = 0n }: RangeSpec, at: number): string[] {
  const [start, pages] = [countOrHex(startMPN), countOrHex(numPages)];
  if (count === 1) return [`ranges[${at}].startMPN = ${start};`, `ranges[${at}].numPages = ${pages};`];
  return [
    `for (i = 0; i < ${count}; i++) {`,
    `   ranges[${at} + i].startMPN = ${start} + (vmk_MPN)i * ${countOrHex(stride)};`,
    `   ranges[${at} + i].numPages = ${pages};`,
    '}',
  ];
}

/** A call with the comments above it. */
export function callLines(op: Op, document: Readonly<Record<string, unknown>>, plan: Plan): string[] {
  const comment = op.note === undefined ? undefined : commentLines(op.note);
  const fields = {
    ...(op.op === 'map' && mapFields(op, document, plan)),
    pcpu: document['pcpu'],
    context: document['context'],
    note: comment ? undefined : op.note,
  };
  const hasFields = Object.values(fields).some((value) => value !== undefined);
  return [...(comment ?? []), ...(hasFields ? [withComment(fields)] : []), callText(op, plan)];
}

/** What of a map operation C cannot express. */
function mapFields(op: MapOp, document: Readonly<Record<string, unknown>>, plan: Plan): Record<string, unknown> {
  return {
    as: plan.variables.get(op.as)?.name === op.as ? undefined : op.as,
    module: moduleText(op.module, plan) === undefined ? op.module : undefined,
    ranges: op.ranges.some(({ count = 1 }) => count > 1) ? document['ranges'] : undefined,
    reservation: op.reservation !== undefined && !plan.reservations.has(op.reservation) ? op.reservation : undefined,
  };
}

function callText(op: Op, plan: Plan): string {
  switch (op.op) {
    case 'map': {
      const { name, status } = plan.variables.get(op.as) ?? { name: op.as, status: undefined };
      const module = moduleText(op.module, plan) ?? 'VMK_INVALID_MODULE_ID';
      return `${status ? `${status} = ` : ''}vmk_Map(${module}, &request, &${name});`;
    }
    case 'unmap':
      return `vmk_Unmap(${addressText(op.at, plan)});`;
    case 'change':
      return `vmk_MapChangeAttributes(${addressText(op.at, plan)}, ${attrsText(op.attrs)});`;
    case 'va2ma':
      return `vmk_VA2MA(${addressText(op.at, plan)}, ${countOrHex(op.length)}, &ma);`;
    default:
      return '';
  }
}

/** vmk_ModuleID is a signed int; a number beyond it is left to a comment. */
function moduleText(module: string | number, { modules }: Plan): string | undefined {
  if (typeof module === 'string') return modules.has(module) ? module : undefined;
  return module < 2 ** 31 ? String(module) : undefined;
}

function addressText(at: AddressRef, { variables }: Plan): string {
  if ('va' in at) return hex(at.va);
  const name = variables.get(at.mapping)?.name ?? at.mapping;
  return at.offset === 0n ? name : `${name} + ${hex(at.offset)}`;
}

function typeText(mapType: number): string {
  const name = Object.entries(MAP_TYPES).find(([, value]) => value === mapType)?.[0];
  return name === undefined ? `(vmk_MapRequestType)${mapType}` : `VMK_MAPTYPE_${name}`;
}

function attrsText(attrs: bigint): string {
  const names = MAP_ATTRS.filter(({ bit }) => attrs & (1n << BigInt(bit))).map(({ name }) => `VMK_MAPATTRS_${name}`);
  const unknown = attrs & ~KNOWN_ATTRS;
  if (unknown) names.push(hex(unknown));
  return names.join(' | ') || 'VMK_MAPATTRS_READONLY';
}

/** A note as a comment, or undefined when reading the comment would not give the note again. */
function commentLines(note: string): string[] | undefined {
  const lines = note.includes('\n')
    ? ['/*', ...note.split('\n').map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */']
    : [`/* ${note} */`];
  const text = lines.join('\n');
  const whole = text.indexOf('*/') === text.length - 2;
  // A lone CR ends a line of a source, too.
  return note !== '' && whole && !note.includes('\r') && noteOf(text) === note ? lines : undefined;
}
