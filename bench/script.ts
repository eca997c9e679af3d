import { parseScript, printScript } from '../src/scenario/script';
import { cost, milliseconds, quantile, type Figure } from './measure';
import { longScenario } from './worlds';

/** A script of 1000 lines, read as a scenario and printed from it. */
export function script(): Figure[] {
  const rounds = 60;
  const scenario = longScenario(58 * Math.ceil(1000 / 7));
  const text = printScript(scenario);
  const lines = text.split('\n').length;
  if (!parseScript(text).ok) throw new Error('the printed script is not read');
  const median = (work: () => unknown): number =>
    quantile(
      Array.from({ length: rounds }, () => milliseconds(() => void work())),
      0.5,
    );
  const parse = median(() => parseScript(text));
  const print = median(() => printScript(scenario));
  return [
    cost('script-parse', parse, 'ms', 20, rounds, `a script of ${lines} lines read as a scenario, median`),
    cost('script-print', print, 'ms', 20, rounds, `a scenario printed as a script of ${lines} lines, median`),
  ];
}
