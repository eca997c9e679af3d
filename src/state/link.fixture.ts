/** Scenarios of a size, for what links are measured by. */
import { printScenario, type Scenario } from '../scenario';
import { scenarioOf } from '../scenario/scenario.fixture';

/** Numbers below 2^bits, the same at each run. */
export function numbers(seed: number): (bits: number) => bigint {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
  return (bits) => ((BigInt(next()) << 48n) | (BigInt(next()) << 24n) | BigInt(next())) >> BigInt(72 - bits);
}

const KINDS = ['read', 'write', 'execute'];

/** Accesses of all kinds on all PCPUs at random addresses of 47 bits. */
export function accesses(count: number, seed = 1): Scenario {
  const random = numbers(seed);
  const ops = Array.from({ length: count }, () => ({
    op: 'access',
    at: `0x${random(47).toString(16)}`,
    kind: KINDS[Number(random(8)) % KINDS.length],
    pcpu: Number(random(2)),
  }));
  return scenarioOf({ version: 1, title: `${count} accesses at random addresses`, ops });
}

/** What a scenario says, for comparing it with what a link once held. */
export const saidBy = (scenario: Scenario): string => JSON.stringify(printScenario(scenario));
