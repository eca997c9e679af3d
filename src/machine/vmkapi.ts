/** The constants of vmkapi_mapping.h and its neighbours, under their own names. */

export const MAP_TYPES = { NONE: 0, DEFAULT: 1, DEVICE: 2 } as const;
export type MapTypeName = keyof typeof MAP_TYPES;

/** One row an attribute bit; everything that lists attributes reads this table. */
export const MAP_ATTRS = [
  { name: 'READWRITE', bit: 0 },
  { name: 'EXECUTABLE', bit: 1 },
  { name: 'WRITECOMBINE', bit: 2 },
  { name: 'UNCACHED', bit: 3 },
  { name: 'MIGHTCHANGE', bit: 4 },
] as const;
export type MapAttrName = (typeof MAP_ATTRS)[number]['name'];

export const READONLY = 0n;
export const READWRITE = 1n;
export const EXECUTABLE = 2n;
export const WRITECOMBINE = 4n;
export const UNCACHED = 8n;
export const MIGHTCHANGE = 16n;
export const KNOWN_ATTRS = 31n;

/** `READWRITE | MIGHTCHANGE`, `READONLY`, or the unknown bits in hex behind the known ones. */
export function attrsText(attrs: bigint): string {
  const names: string[] = MAP_ATTRS.filter(({ bit }) => attrs & (1n << BigInt(bit))).map(({ name }) => name);
  const unknown = attrs & ~KNOWN_ATTRS;
  if (unknown) names.push(`0x${unknown.toString(16)}`);
  return names.join(' | ') || 'READONLY';
}

/** vmk_ContextType by our spelling of its names. */
export const CONTEXTS = ['world', 'bottomHalf', 'interrupt', 'nmi'] as const;
export type Context = (typeof CONTEXTS)[number];

/** vmk_IOResourceAttrs. */
export const IO_ATTRS = { SHAREABLE: 1, CACHEABLE: 2, PREFETCHABLE: 4 } as const;
export type IoAttrName = keyof typeof IO_ATTRS;

export const MAX_UINT32 = 0xffff_ffff;
