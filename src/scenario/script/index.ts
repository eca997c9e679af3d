/** Scripts: the document of a scenario as lines that are read aloud. docs/script.md has their grammar. */
export { parseScript, readScript, type ReadScript, type ScriptProblem, type ScriptProblems } from './parse';
export { foreignKind, type Foreign } from './foreign';
export { printScript } from './print';
export type { Places } from './places';
export { tokens, type Token } from './tokens';
export type { TokenKind } from './part';
export { completions, type Completion } from './complete';
export { printOp } from './print-op';
export { readOpLine } from './one-op';
