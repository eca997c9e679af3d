import type { ControlName } from './control-bits';

/** What each control bit does. */
export const CONTROL_TEXT: Readonly<Record<ControlName, string>> = {
  'CR0.WP': 'Supervisor writes obey RW. Without it the kernel writes through read-only entries.',
  'CR4.PGE': 'Entries with G = 1 survive MOV CR3.',
  'CR4.SMEP': 'The kernel cannot fetch from user pages.',
  'CR4.SMAP': 'The kernel cannot touch user data unless EFLAGS.AC = 1.',
  'CR4.PCIDE': 'TLB entries carry the PCID in CR3[11:0].',
  'EFER.NXE': 'Bit 63 of an entry is XD. Without it bit 63 is reserved and every page can be executed.',
};
