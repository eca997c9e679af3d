import { parseInteger } from '../../base/number';

/** What a query may ask for that is in no list. */
export type Asked =
  | { readonly kind: 'va'; readonly va: bigint }
  | { readonly kind: 'frame'; readonly mpn: number }
  | { readonly kind: 'step'; readonly step: number }
  /** It begins like one of these; this says what is wrong. */
  | { readonly kind: 'wrong'; readonly says: string };

export interface Limits {
  readonly lastStep: number;
  /** Bits of a machine address. */
  readonly maxPhyAddr: number;
}

/** So many hex digits without 0x can only be meant as an address. */
const BARE = /^(?=.*\d)[0-9a-f]{8,16}$/i;

/** Reads `0x4400_0000_3a10`, `va 4400…`, `mpn 0x2a`, `step 12`. Undefined: it is none of them. */
export function asked(query: string, { lastStep, maxPhyAddr }: Limits): Asked | undefined {
  const text = query.trim();
  const [, word = '', rest = ''] = /^(step|mpn|frame|va)\s+(.+)$/i.exec(text) ?? [];
  switch (word.toLowerCase()) {
    case 'step':
      return number(rest, BigInt(lastStep), (step) => ({ kind: 'step', step: Number(step) }));
    case 'mpn':
    case 'frame':
      return number(rest, (1n << BigInt(maxPhyAddr - 12)) - 1n, (mpn) => ({ kind: 'frame', mpn: Number(mpn) }));
    case 'va':
      return address(rest);
    default:
      return /^0x/i.test(text) || BARE.test(text.replace(/[_ ]/g, '')) ? address(text) : undefined;
  }
}

const address = (text: string): Asked =>
  number(/^0x/i.test(text) ? text : `0x${text}`, (1n << 64n) - 1n, (va) => ({ kind: 'va', va }));

function number(text: string, max: bigint, made: (value: bigint) => Asked): Asked {
  const read = parseInteger(text, max);
  return read.ok ? made(read.value) : { kind: 'wrong', says: read.error };
}
