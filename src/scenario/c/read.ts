import { err, ok, type Result } from '../../base/result';
import type { MachineConfig } from '../../machine/config';
import { parseScenario, type Scenario } from '../parse';
import { describeProblem } from '../problem';
import { scenarioFields } from './comments';
import { withoutStars } from './copied';
import { Cursor } from './cursor';
import { caller, returnsOf, runFile } from './functions';
import { tokensOf } from './lexer';
import { Refusal, refuse, type Mistake, type Remark } from './mistake';
import { parseFile } from './parse-file';
import { Play, type Answers } from './play';
import type { Token } from './token';

export interface CReading {
  readonly scenario: Scenario;
  readonly remarks: readonly Remark[];
}

/**
 * Reads vmkapi C by playing it. Where the source asks how a call ended, `follow` is asked, with the operations so far; it is made
 * once for the machine of the scenario. Any text is answered with a scenario or with its first mistake.
 */
export function readC(text: string, follow: (config: MachineConfig) => Answers): Result<CReading, Mistake> {
  try {
    return ok(read(text, follow));
  } catch (refusal) {
    if (refusal instanceof Refusal) return err(refusal.mistake);
    throw refusal;
  }
}

function read(text: string, follow: (config: MachineConfig) => Answers): CReading {
  const plain = withoutStars(text);
  const tokens = tokensOf(plain ?? text);
  const [head] = tokens;
  const fields = head.kind === 'directive' ? scenarioFields(head) : undefined;
  const scenario = machineOf(head, fields ?? {});
  const file = parseFile(new Cursor(fields ? tokens.slice(1) : tokens));
  const play = new Play(scenario.config, follow(scenario.config), caller(file.functions), returnsOf(file.functions));
  if (plain !== undefined) {
    play.remark({ line: 1, column: 1, text: '' }, 'The stars of the comment that this was copied from are left out.');
  }
  runFile(play, file);
  if (play.ops.length === 0)
    play.remark({ line: 1, column: 1, text: '' }, 'No call was reached: the scenario is empty.');
  return { scenario: { ...scenario, ops: play.ops }, remarks: play.remarks };
}

/** The scenario without its operations. */
function machineOf(at: Token, fields: Readonly<Record<string, unknown>>): Scenario {
  const scenario = parseScenario({ title: 'C source', ...fields, version: 1, ops: [] });
  if (scenario.ok) return scenario.value;
  return refuse(at, `must be a machine: ${describeProblem(scenario.error.first[0])}`);
}
