/** The kinds that the cycles of an operation are added up by. */
export const COST_KINDS = [
  'check',
  'tables',
  'entries',
  'translate',
  'invalidate',
  'ipi',
  'wait',
  'cache',
  'remote',
] as const;
export type CostKind = (typeof COST_KINDS)[number];
export type Cycles = Readonly<Partial<Record<CostKind, number>>>;

export const addCycles = (cycles: Cycles, kind: CostKind, amount: number): Cycles =>
  amount === 0 ? cycles : { ...cycles, [kind]: (cycles[kind] ?? 0) + amount };

/** What the caller spent; `remote` is the work of other PCPUs meanwhile. */
export const totalCycles = (cycles: Cycles): number =>
  COST_KINDS.reduce((sum, kind) => (kind === 'remote' ? sum : sum + (cycles[kind] ?? 0)), 0);
