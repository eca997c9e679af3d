import { parseInteger } from '../base/number';
import { DEFAULT_CONFIG, LIMITS, type LimitName, type PolicyName } from '../machine/config';
import type { ControlName } from '../machine/control-bits';
import type { PatType } from '../machine/memory-type';
import type { Op } from '../machine/op';
import type { Picture } from '../engine/picture';
import {
  configDocument,
  describeProblem,
  parseScenario,
  printScenario,
  wholeConfig,
  wholeControl,
  wholeMtrrs,
  wholePolicies,
  type Problem,
  type Scenario,
  type WholeConfig,
  type WholeMtrrs,
} from '../scenario';

/** What stands in the settings dialog, as typed. */
export interface SettingsDraft {
  /** The machine from the start. */
  readonly config: WholeConfig;
  /** What is to change from the playhead on; only what was touched. */
  readonly now: NowDraft;
}
export interface NowDraft {
  readonly control: Readonly<Partial<Record<ControlName, boolean>>>;
  /** By slot. */
  readonly pat: Readonly<Record<string, PatType>>;
  readonly policies: Readonly<Partial<Record<PolicyName | LimitName, string>>>;
  readonly mtrrs: WholeMtrrs | undefined;
}
/** The registers and policies in the step at the playhead, in the form of the draft. */
export type InForce = Pick<WholeConfig, 'control' | 'pat' | 'mtrrs' | 'policies'>;

export const NOTHING_NOW: NowDraft = { control: {}, pat: {}, policies: {}, mtrrs: undefined };
export const DEFAULTS: WholeConfig = wholeConfig(DEFAULT_CONFIG);

export const settingsOf = ({ config }: Scenario): SettingsDraft => ({ config: wholeConfig(config), now: NOTHING_NOW });

export const inForceOf = ({ control, pat, mtrrs, policies }: Picture, maxPhyAddr: number): InForce => ({
  control: wholeControl(control),
  pat,
  mtrrs: wholeMtrrs(mtrrs, maxPhyAddr),
  policies: wholePolicies(policies),
});

export const sameSettings = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A document and the operations to add to it at the playhead. */
export interface Revision {
  readonly document: Scenario;
  readonly ops: readonly Op[];
}

export interface Checked {
  /** What is wrong, by field: `config.regions.2.pages`, `now.policies.ackTimeout`. */
  readonly problems: Readonly<Record<string, string>>;
  /** What is wrong with operations, in full sentences. */
  readonly others: readonly string[];
  /** Operations on PCPUs that are no longer there; they go to the last one that is. */
  readonly moved: number;
  /** Absent while something is wrong, and while nothing has changed. */
  readonly revision?: Revision | undefined;
}

/** So many operations and ranges are checked at each key. */
const MOST_CHECKED = 2_000;

/** Whether the operations of a document can be checked while somebody types. */
export const isShort = ({ ops }: Scenario): boolean =>
  ops.length + ops.reduce((sum, op) => sum + (op.op === 'map' ? op.ranges.length : 0), 0) <= MOST_CHECKED;

/**
 * Reads the draft by the rules of the document: it is written as one and parsed. `thorough` reads the operations too, whose names
 * and numbers may no longer fit the machine.
 */
export function checkSettings(document: Scenario, draft: SettingsDraft, force: InForce, thorough: boolean): Checked {
  const { ops: before, moved } = onPcpus(document.ops, draft.config.pcpus);
  const rebuilt = !sameSettings(draft.config, wholeConfig(document.config));
  const kept = thorough && rebuilt ? printedOps({ ...document, ops: before }) : [];
  const settings = settingOps(draft.now, force);
  const read = parseScenario({
    version: document.version,
    title: document.title,
    config: configDocument(draft.config),
    ops: [...kept, ...settings.map(({ op }) => op)],
  });
  if (!read.ok) return { ...sorted(read.error.first, kept.length, settings), moved };
  const ops = read.value.ops.slice(kept.length);
  if (!rebuilt && ops.length === 0) return { problems: {}, others: [], moved: 0 };
  const next = rebuilt
    ? { ...document, config: read.value.config, ops: kept.length > 0 ? read.value.ops.slice(0, kept.length) : before }
    : document;
  return { problems: {}, others: [], moved, revision: { document: next, ops } };
}

const printedOps = (document: Scenario): readonly unknown[] => (printScenario(document) as { ops: unknown[] }).ops;

/** The operations with none on a PCPU that is not there. */
function onPcpus(ops: readonly Op[], text: string): { readonly ops: readonly Op[]; readonly moved: number } {
  const read = parseInteger(text);
  const pcpus = read.ok && read.value > 0n ? Number(read.value) : Infinity;
  const beyond = (op: Op): boolean => op.op !== 'sync' && op.pcpu >= pcpus;
  return {
    ops: ops.map((op) => (beyond(op) ? { ...op, pcpu: pcpus - 1 } : op)),
    moved: ops.filter(beyond).length,
  };
}

/** An operation as a document writes it, with the place of the draft that each of its fields comes from. */
interface Setting {
  readonly op: Readonly<Record<string, unknown>>;
  readonly from: string;
  /** The field of the operation that holds the value. */
  readonly field: string;
}

/** The `set` operations that lead from what is in force to what the draft wants from here on. */
function settingOps({ control, pat, policies, mtrrs }: NowDraft, force: InForce): readonly Setting[] {
  const set = (from: string, field: string, rest: object): Setting => ({ op: { op: 'set', ...rest }, from, field });
  return [
    ...changesOf(control, force.control).map(([name, value]) =>
      set(`now.control.${name}`, 'value', { what: 'control', name, value }),
    ),
    ...changesOf(pat, force.pat).map(([slot, type]) =>
      set(`now.pat.${slot}`, 'type', { what: 'pat', slot: Number(slot), type }),
    ),
    ...(mtrrs && !sameSettings(mtrrs, force.mtrrs) ? [set('now.mtrrs', 'mtrrs', { what: 'mtrrs', mtrrs })] : []),
    ...changesOf(policies, force.policies).map(([name, value]) =>
      set(`now.policies.${name}`, 'value', { what: name in LIMITS ? 'limit' : 'policy', name, value }),
    ),
  ];
}

const changesOf = <T>(wanted: Readonly<Record<string, T>>, force: object): readonly (readonly [string, T])[] =>
  Object.entries(wanted).filter(([name, value]) => (force as Readonly<Record<string, T>>)[name] !== value);

/** Mistakes of the document, told apart by where the reader can correct them. */
function sorted(
  list: readonly Problem[],
  kept: number,
  settings: readonly Setting[],
): Pick<Checked, 'problems' | 'others'> {
  const problems: Record<string, string> = {};
  const others: string[] = [];
  for (const problem of list) {
    const place = placeOf(problem.path, kept, settings);
    if (place === undefined) others.push(describeProblem(problem));
    else problems[place] ??= `${problem.value === '""' ? 'is empty; it' : problem.value} ${problem.rule}`;
  }
  return { problems, others };
}

/** The field of the draft that a path of the document stands for. */
function placeOf(path: string, kept: number, settings: readonly Setting[]): string | undefined {
  const keys = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    (parts) => parts[1] ?? parts[2] ?? parts[3],
  );
  if (keys[0] === 'config') return keys.join('.');
  const setting = keys[0] === 'ops' ? settings[Number(keys[1]) - kept] : undefined;
  if (!setting) return undefined;
  return [setting.from, ...keys.slice(keys[2] === setting.field ? 3 : 2)].join('.');
}
