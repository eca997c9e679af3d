/** The control-register bits that paging looks at; alike on every PCPU. */
export const CONTROL_BITS = {
  'CR0.WP': { field: 'wp', says: 'Supervisor writes obey RW. Without it the kernel writes through read-only entries.' },
  'CR4.PGE': { field: 'pge', says: 'Entries with G = 1 survive MOV CR3.' },
  'CR4.SMEP': { field: 'smep', says: 'The kernel cannot fetch from user pages.' },
  'CR4.SMAP': { field: 'smap', says: 'The kernel cannot touch user data unless EFLAGS.AC = 1.' },
  'CR4.PCIDE': { field: 'pcide', says: 'TLB entries carry the PCID in CR3[11:0].' },
  'EFER.NXE': {
    field: 'nxe',
    says: 'Bit 63 of an entry is XD. Without it bit 63 is reserved and every page can be executed.',
  },
} as const satisfies Record<string, { field: keyof ControlBits; says: string }>;
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
