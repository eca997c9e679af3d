import type { EntryKind, Field } from './entry-format';

/** What a field of an entry means, as one sentence for whoever points at it. */
const FIELDS: Readonly<Record<string, string>> = {
  P: 'Present. When 0, no other bit of the entry is looked at.',
  RW: 'Writable, if every other level agrees.',
  US: 'User-mode accesses are allowed, if every other level agrees.',
  A: 'Accessed: set by the processor when it uses the entry; never cleared by it.',
  D: 'Dirty: set by the processor at the first write through the page; never cleared by it.',
  G: 'Global: kept by MOV CR3 when CR4.PGE = 1.',
  PS: 'Page size. 1: this entry maps a page; 0: it points to a table.',
  PK: 'Protection key; ignored here, because CR4.PKE = 0.',
  XD: 'Execute disable, if EFER.NXE = 1; with NXE = 0 this bit is reserved.',
};

const TABLE: Readonly<Record<string, string>> = {
  PWT: 'Chooses, with PCD, the memory type for reading the next table; not for the data.',
  PCD: 'Chooses, with PWT, the memory type for reading the next table; not for the data.',
  address: 'The machine address of the next table.',
};
const PAGE: Readonly<Record<string, string>> = {
  PWT: 'Lowest bit of the PAT index of the page.',
  PCD: 'Middle bit of the PAT index of the page.',
  address: 'The machine address of the page.',
};
const ROLES = {
  reserved: 'Must be 0 in a present entry; otherwise its use is a page fault with RSVD.',
  ignored: 'The processor does not look at these bits; software may use them.',
} as const;

export function fieldText(kind: EntryKind, { name, role, low }: Field): string {
  if (role === 'reserved') return ROLES.reserved;
  if (name === 'PAT') {
    return `Highest bit of the PAT index of the page; bit ${low} in a ${kind === 'PTE' ? '4 KiB' : 'large'} entry.`;
  }
  const page = kind === 'PTE' || kind === 'PDE_2M' || kind === 'PDPTE_1G';
  return (page ? PAGE : TABLE)[name] ?? FIELDS[name] ?? ROLES.ignored;
}
