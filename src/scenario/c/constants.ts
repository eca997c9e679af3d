import { statusNumber } from '../../machine/status';
import { MAP_ATTRS, MAP_TYPES } from '../../machine/vmkapi';
import { INT, MODULE_ID, NAMED, STATUS, UINT, ULONG, type IntType } from './types';
import { intOf, NULL, type IntValue } from './value';

const PAGE_SHIFT = 12n;
const int = (value: number): IntValue => intOf(INT, BigInt(value));

/** The constants of vmkapi that have to do with mappings. */
const CONSTANTS: ReadonlyMap<string, IntValue> = new Map([
  ['NULL', NULL],
  ['VMK_TRUE', int(1)],
  ['VMK_FALSE', int(0)],
  ['VMK_PAGE_SHIFT', intOf(INT, PAGE_SHIFT)],
  ['VMK_PAGE_SIZE', int(4096)],
  // The bits within a page, unlike the mask of other kernels.
  ['VMK_PAGE_MASK', int(4095)],
  ['VMK_INVALID_MPN', intOf(ULONG, -1n)],
  ['VMK_INVALID_VPN', intOf(ULONG, -1n)],
  ['VMK_INVALID_MODULE_ID', intOf(UINT, -1n)],
  ['VMK_VMKERNEL_MODULE_ID', intOf(MODULE_ID, 0n)],
  ['VMK_MAPATTRS_READONLY', int(0)],
  ...MAP_ATTRS.map(({ name, bit }): [string, IntValue] => [`VMK_MAPATTRS_${name}`, int(1 << bit)]),
  ...Object.entries(MAP_TYPES).map(([name, value]): [string, IntValue] => [
    `VMK_MAPTYPE_${name}`,
    intOf(NAMED.get('vmk_MapRequestType') as IntType, BigInt(value)),
  ]),
]);
export const CONSTANT_NAMES: Iterable<string> = [...CONSTANTS.keys(), 'VMK_OK', 'VMK_FAILURE', 'VMK_BAD_PARAM'];

export function constant(name: string): IntValue | undefined {
  const status = CONSTANTS.has(name) ? undefined : statusNumber(name);
  return status === undefined ? CONSTANTS.get(name) : intOf(STATUS, BigInt(status));
}

/** Page numbers to addresses and back: shifts without any check. */
export const SHIFTS: ReadonlyMap<string, '<<' | '>>'> = new Map([
  ['vmk_MA2MPN', '>>'],
  ['vmk_VA2VPN', '>>'],
  ['vmk_IOA2IOPN', '>>'],
  ['vmk_MPN2MA', '<<'],
  ['vmk_VPN2VA', '<<'],
  ['vmk_IOPN2IOA', '<<'],
]);
export const SHIFT = intOf(INT, PAGE_SHIFT);

/** Calls that change no mapping, so that they are left out. */
export const SILENT: ReadonlySet<string> = new Set([
  ...['vmk_Log', 'vmk_LogMessage', 'vmk_LogDebug', 'vmk_LogDebugMessage', 'vmk_Warning', 'vmk_WarningMessage'],
  ...['vmk_Alert', 'vmk_AlertMessage'],
]);
