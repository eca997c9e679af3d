import { printConfig } from './print-config';
import { printOps } from './print-op';
import type { Scenario } from './parse';

/**
 * The document of a scenario, as JSON.stringify takes it. It says only what differs from the defaults, so that it is short, and
 * always in the same way, so that equal scenarios have equal documents. Reading it gives the same scenario.
 */
export function printScenario({ version, title, note, config, ops }: Scenario): unknown {
  const machine = printConfig(config);
  return {
    version,
    title,
    ...(note !== undefined && { note }),
    ...(Object.keys(machine).length > 0 ? { config: machine } : {}),
    ops: printOps(ops, config.maxPhyAddr),
  };
}
