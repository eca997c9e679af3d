/** The control-register bits that paging looks at, alike on every PCPU, and their fields here. Their meaning is in control-text.ts. */
export const CONTROL_BITS = {
  'CR0.WP': 'wp',
  'CR4.PGE': 'pge',
  'CR4.SMEP': 'smep',
  'CR4.SMAP': 'smap',
  'CR4.PCIDE': 'pcide',
  'EFER.NXE': 'nxe',
} as const satisfies Record<string, keyof ControlBits>;
export type ControlName = keyof typeof CONTROL_BITS;

export interface ControlBits {
  readonly wp: boolean;
  readonly pge: boolean;
  readonly smep: boolean;
  readonly smap: boolean;
  readonly pcide: boolean;
  readonly nxe: boolean;
}

/** What the registers of public ESXi 5.0 crash screens show. */
export const DEFAULT_CONTROL: ControlBits = { wp: true, pge: false, smep: false, smap: false, pcide: false, nxe: true };
