import { PAGE_SIZE } from '../address';
import type { Machine } from '../machine';
import { VMKERNEL, type IoResource, type Module } from '../mapping';
import type { MapOp } from '../op';
import type { Outcome } from '../outcome';
import { rangeList, type RangeList } from '../ranges';
import type { Status } from '../status';
import { IO_ATTRS, KNOWN_ATTRS, MAP_TYPES, UNCACHED, WRITECOMBINE } from '../vmkapi';

/** A request that passed every check. */
export interface CheckedMap {
  readonly module: Module;
  readonly ranges: RangeList;
  readonly device: boolean;
}

type Refusal = Outcome & { readonly status: Status };
const refuse = (status: Status, field: string, says: string): Refusal => ({ status, field, says });

export const isRefusal = (checked: CheckedMap | Refusal): checked is Refusal => 'status' in checked;

export function findModule(m: Machine, module: string | number): Module | undefined {
  return m.state.modules.find(({ id, name, loaded }) => loaded && (id === module || name === module));
}

/** The checks of vmk_Map, in the order of docs/model.md; the first that fails decides and nothing has changed. */
export function checkMap(m: Machine, op: MapOp): CheckedMap | Refusal {
  if (op.context !== 'world') {
    return refuse(
      'VMK_NOT_SUPPORTED',
      'context',
      `vmk_Map may only be called from a world, not from ${contextName(op.context)}.`,
    );
  }
  const module = findModule(m, op.module);
  if (!module) return refuse('VMK_INVALID_MODULE', 'module', `Module ${op.module} is not loaded.`);
  if (op.mapType !== MAP_TYPES.DEFAULT && op.mapType !== MAP_TYPES.DEVICE) {
    return refuse(
      'VMK_BAD_PARAM',
      'mapType',
      `mapType is ${op.mapType}; it must be VMK_MAPTYPE_DEFAULT (1) or VMK_MAPTYPE_DEVICE (2).`,
    );
  }
  const wrongAttrs = attrsProblem(op.attrs);
  if (wrongAttrs) return refuse('VMK_BAD_PARAM', 'mapAttrs', wrongAttrs);
  const ranges = rangeList(op.ranges);
  const device = op.mapType === MAP_TYPES.DEVICE;
  return (
    rangeProblem(m, ranges) ?? (device ? deviceProblem(m, op, module, ranges) : undefined) ?? { module, ranges, device }
  );
}

export const contextName = (context: string): string =>
  context === 'bottomHalf' ? 'a bottom half' : `an ${context === 'nmi' ? 'NMI' : context} context`;

/** What is wrong with attributes, for vmk_Map and vmk_MapChangeAttributes alike. */
export function attrsProblem(attrs: bigint): string | undefined {
  const unknown = attrs & ~KNOWN_ATTRS;
  if (unknown) return `Bits 0x${unknown.toString(16)} are no attributes; the five attributes are bits 0 to 4.`;
  if (attrs & WRITECOMBINE && attrs & UNCACHED)
    return 'WRITECOMBINE and UNCACHED ask for two memory types; choose one.';
  return undefined;
}

function rangeProblem(m: Machine, { starts, pages, total, high, empty }: RangeList): Refusal | undefined {
  if (starts.length === 0)
    return refuse('VMK_BAD_PARAM', 'numElements', 'numElements is 0; a request needs at least one range.');
  if (empty >= 0)
    return refuse(
      'VMK_BAD_PARAM',
      `mpnRanges[${empty}].numPages`,
      `Range ${empty + 1} has 0 pages; it needs at least 1.`,
    );
  const limit = 2 ** (m.config.maxPhyAddr - 12);
  if (high > limit) {
    const beyond = starts.findIndex((start, i) => start + pages[i] > limit);
    const last = `0x${(limit - 1).toString(16)}`;
    return refuse(
      'VMK_BAD_PARAM',
      `mpnRanges[${beyond}].startMPN`,
      `Range ${beyond + 1} goes beyond the last machine page ${last} (MAXPHYADDR ${m.config.maxPhyAddr}).`,
    );
  }
  if (total > m.config.window.pages) {
    return refuse(
      'VMK_NO_ADDRESS_SPACE',
      'mpnRanges',
      `${total} pages do not fit in the mapping window of ${m.config.window.pages} pages.`,
    );
  }
  return undefined;
}

/** For DEVICE: the reservation must be given, hold every page, and be of a resource that allows the attributes. */
function deviceProblem(m: Machine, op: MapOp, module: Module, ranges: RangeList): Refusal | undefined {
  if (op.reservation === undefined) {
    return refuse(
      'VMK_BAD_PARAM',
      'reservation',
      'Mapping device memory needs an IO reservation; reservation is NULL.',
    );
  }
  const reservation = m.state.reservations.find(({ name }) => name === op.reservation);
  const resource = m.state.resources.find(({ name }) => name === reservation?.resource);
  if (!reservation || !resource)
    return refuse('VMK_BAD_PARAM', 'reservation', `${op.reservation} is no live reservation.`);
  if (reservation.module !== module.id && module.id !== VMKERNEL) {
    return refuse('VMK_BAD_PARAM', 'reservation', `${op.reservation} belongs to another module.`);
  }
  const outsideOf = outside(resource, ranges);
  if (outsideOf) return outsideOf;
  const fights = attrsOfResource(resource, op.attrs);
  return fights === undefined ? undefined : refuse('VMK_BAD_PARAM', 'mapAttrs', fights);
}

/** Pages are whole, resources count bytes: a page that the resource only touches counts as inside. */
function outside({ name, start, length }: IoResource, { starts, pages }: RangeList): Refusal | undefined {
  const first = Math.floor(start / PAGE_SIZE);
  const end = Math.ceil((start + length) / PAGE_SIZE);
  const at = starts.findIndex((mpn, i) => mpn < first || mpn + pages[i] > end);
  if (at < 0) return undefined;
  const has = `MPN 0x${first.toString(16)} to 0x${(end - 1).toString(16)}`;
  return refuse(
    'VMK_BAD_ADDR_RANGE',
    `mpnRanges[${at}]`,
    `Range ${at + 1} leaves the reservation of ${name}, which has ${has}.`,
  );
}

/** What is wrong with attributes for a resource: its properties were fixed when it was registered. */
export function attrsOfResource({ name, attrs }: IoResource, wanted: bigint): string | undefined {
  const prefetchable = (attrs & IO_ATTRS.PREFETCHABLE) !== 0;
  if (wanted & WRITECOMBINE && !prefetchable)
    return `${name} is not PREFETCHABLE, so it cannot be mapped WRITECOMBINE.`;
  if (!(wanted & (WRITECOMBINE | UNCACHED)) && !(attrs & IO_ATTRS.CACHEABLE)) {
    return `${name} is not CACHEABLE; ask for UNCACHED${prefetchable ? ' or WRITECOMBINE' : ''}.`;
  }
  return undefined;
}
