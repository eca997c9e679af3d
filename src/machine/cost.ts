/**
 * What things cost, in cycles. What each figure means and where it comes from is in cost-text.ts, apart because a picture does not
 * need it.
 */
export const COST_NAMES = [
  'call', 'check', 'vaSearch', 'takeTable', 'writeEntry', 'hitL1', 'hitL2', 'readTable', 'readTableFirst', 'fault',
  'invlpg', 'flush', 'ipiSend', 'ipiFlight', 'interrupt', 'ack', 'ackFlight', 'flushLine', 'setRegister', 'poke',
] as const; // prettier-ignore
export type CostName = (typeof COST_NAMES)[number];
export type CostProfile = Readonly<Record<CostName, number>>;

export const COST_PROFILES = {
  haswell: {
    call: 40,
    check: 20,
    vaSearch: 60,
    takeTable: 120,
    writeEntry: 2,
    hitL1: 1,
    hitL2: 7,
    readTable: 14,
    readTableFirst: 200,
    fault: 1000,
    invlpg: 260,
    flush: 96,
    ipiSend: 156,
    ipiFlight: 900,
    interrupt: 267,
    ack: 20,
    ackFlight: 180,
    flushLine: 4,
    setRegister: 100,
    poke: 2,
  },
} as const satisfies Record<string, CostProfile>;
export type CostProfileName = keyof typeof COST_PROFILES;
