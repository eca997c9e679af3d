import type { Scenario } from '../parse';
import { printScenario } from '../print';
import { commentLines, isPlainTitle } from './notes';
import { printMachine } from './print-machine';
import { OpPrinter } from './print-op';

type Json = Readonly<Record<string, unknown>>;

/** A scenario as a script. Like its document it says only what is not as usual, and always in the same way. */
export function printScript(scenario: Scenario): string {
  const { version, title, note, config, ops } = printScenario(scenario) as {
    readonly version: number;
    readonly title: string;
    readonly note?: string;
    readonly config?: Json;
    readonly ops: readonly Json[];
  };
  const comments = note === undefined ? [] : (commentLines(note) ?? [`note ${JSON.stringify(note)}`]);
  const head = [
    ...comments,
    ...(version === 1 ? [] : [`version ${version}`]),
    `title ${isPlainTitle(title) ? title : JSON.stringify(title)}`,
    ...(config ? printMachine(config) : []),
  ];
  const printer = new OpPrinter();
  const lines = ops.flatMap((op) => printer.lines(op));
  return `${[...head, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n')}\n`;
}
