/** The types of C that the reader understands. */
export interface IntType {
  readonly kind: 'int';
  readonly name: string;
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
  /** Of a pointer to memory, which is its address: what lies there. */
  readonly to?: CType;
}
export type StructName = 'vmk_MpnRange' | 'vmk_MapRequest';
export interface StructType {
  readonly kind: 'struct';
  readonly name: StructName;
}
export interface ArrayType {
  readonly kind: 'array';
  readonly of: CType;
  readonly length: number;
}
export interface PointerType {
  readonly kind: 'pointer';
  readonly to: CType;
}
/** An opaque handle that a name of the scenario stands for. */
export interface HandleType {
  readonly kind: 'handle';
  readonly name: 'vmk_IOReservation';
}
export interface VoidType {
  readonly kind: 'void';
}
export type CType = IntType | StructType | ArrayType | PointerType | HandleType | VoidType;

const int = (name: string, bits: IntType['bits'], signed: boolean): IntType => ({ kind: 'int', name, bits, signed });

export const INT = int('int', 32, true);
export const UINT = int('unsigned int', 32, false);
export const LONG = int('long', 64, true);
export const ULONG = int('unsigned long', 64, false);
export const VA = int('vmk_VA', 64, false);
export const MA = int('vmk_MA', 64, false);
export const MODULE_ID = int('vmk_ModuleID', 32, true);
export const STATUS = int('VMK_ReturnStatus', 32, false);
export const HANDLE: HandleType = { kind: 'handle', name: 'vmk_IOReservation' };
export const VOID: VoidType = { kind: 'void' };
/** What a pointer to memory becomes: its address. */
export const ADDRESS: IntType = { ...int('void *', 64, false), to: VOID };
export const MPN_RANGE: StructType = { kind: 'struct', name: 'vmk_MpnRange' };
const MAP_REQUEST: StructType = { kind: 'struct', name: 'vmk_MapRequest' };

const unsigned64 = [
  'vmk_MPN',
  'vmk_VPN',
  'vmk_uint64',
  'vmk_MapAttrs',
  'vmk_ByteCount',
  'vmk_PageNumber',
  'vmk_PageAddress',
];

/** The types that have a name of one word. */
export const NAMED: ReadonlyMap<string, CType> = new Map<string, CType>(
  [
    ...[VA, MA, MODULE_ID, STATUS, HANDLE, MPN_RANGE, MAP_REQUEST],
    ...[...unsigned64, 'uint64_t', 'size_t', 'uintptr_t'].map((name) => int(name, 64, false)),
    ...['vmk_int64', 'vmk_ByteCountSigned', 'int64_t', 'ssize_t', 'intptr_t'].map((name) => int(name, 64, true)),
    ...['vmk_uint32', 'vmk_ByteCountSmall', 'vmk_MapRequestType', 'uint32_t'].map((name) => int(name, 32, false)),
    ...['vmk_int32', 'int32_t'].map((name) => int(name, 32, true)),
    ...['vmk_uint16', 'uint16_t'].map((name) => int(name, 16, false)),
    ...['vmk_int16', 'int16_t'].map((name) => int(name, 16, true)),
    ...['vmk_uint8', 'uint8_t'].map((name) => int(name, 8, false)),
    ...['vmk_int8', 'int8_t', 'vmk_Bool'].map((name) => int(name, 8, true)),
  ].map((type) => [type.name, type]),
);

/** Words that together name a type of C itself, such as `unsigned long`. */
export const WORDS: ReadonlySet<string> = new Set(['void', 'char', 'short', 'int', 'long', 'signed', 'unsigned']);

/** The type of such words, or undefined when C has none. */
export function typeOfWords(words: readonly string[]): CType | undefined {
  const count = (word: string): number => words.filter((each) => each === word).length;
  if (count('void') > 0) return words.length === 1 ? VOID : undefined;
  const [longs, shorts, chars] = [count('long'), count('short'), count('char')];
  const signs = count('signed') + count('unsigned');
  if (signs > 1 || longs > 2 || shorts + chars > 1 || count('int') > 1) return undefined;
  if ((longs > 0 && shorts + chars > 0) || (chars > 0 && count('int') > 0)) return undefined;
  return int(words.join(' '), longs > 0 ? 64 : shorts > 0 ? 16 : chars > 0 ? 8 : 32, count('unsigned') === 0);
}

interface Field {
  readonly name: string;
  readonly type: CType;
}
const named = (name: string): CType => NAMED.get(name) ?? VOID;

/** The structs of the header, field by field. */
export const STRUCTS: Readonly<Record<StructName, readonly Field[]>> = {
  vmk_MpnRange: [
    { name: 'startMPN', type: named('vmk_MPN') },
    { name: 'numPages', type: named('vmk_uint32') },
  ],
  vmk_MapRequest: [
    { name: 'mapType', type: named('vmk_MapRequestType') },
    { name: 'mapAttrs', type: named('vmk_MapAttrs') },
    { name: 'numElements', type: named('vmk_uint32') },
    { name: 'mpnRanges', type: { kind: 'pointer', to: MPN_RANGE } },
    { name: 'reservation', type: HANDLE },
  ],
};

const SIZES: Readonly<Record<StructName, number>> = { vmk_MpnRange: 16, vmk_MapRequest: 40 };

/** sizeof; 64-bit code. */
export function sizeOf(type: CType): number {
  switch (type.kind) {
    case 'int':
      return type.bits / 8;
    case 'struct':
      return SIZES[type.name];
    case 'array':
      return type.length * sizeOf(type.of);
    case 'void':
      return 1;
    default:
      return 8;
  }
}

export function typeText(type: CType): string {
  switch (type.kind) {
    case 'array':
      return `${typeText(type.of)}[${type.length}]`;
    case 'pointer':
      return `${typeText(type.to)} *`;
    case 'void':
      return 'void';
    default:
      return type.name;
  }
}

/** The address of memory in which values of a type lie. */
export const addressOf = (to: CType): IntType => ({ ...ADDRESS, name: `${typeText(to)} *`, to });

/** Whether a value of one type can be used as one of the other, in place. */
export const isAlike = (a: CType, b: CType): boolean =>
  a.kind === b.kind &&
  sizeOf(a) === sizeOf(b) &&
  (a.kind !== 'int' || b.kind !== 'int' || a.signed === b.signed) &&
  (a.kind !== 'struct' || b.kind !== 'struct' || a.name === b.name);
