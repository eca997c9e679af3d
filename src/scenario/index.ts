/** The scenario document: what it may say, reading it, writing it, and the scenarios that come with the program. */
export { DOCUMENT_LIMITS, type DocumentLimit, type DocumentLimitName } from './limits';
export { VERSION } from './form-document';
export { parseScenario, parseScenarioText, type Scenario } from './parse';
export { printScenario } from './print';
export { describeProblem, describeProblems, type Problem, type Problems } from './problem';
export { scenarioOf } from './library-scenario';
export type { LibraryEntry } from './library';
export { LIBRARY_GROUPS, type LibraryGroup } from './library-groups';
export {
  configDocument,
  wholeConfig,
  wholeControl,
  wholeMtrrs,
  wholePolicies,
  type WholeConfig,
  type WholeMtrrs,
} from './whole-config';
