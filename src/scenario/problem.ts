import { hex } from '../base/number';

/** One mistake in a document: where, what stands there, what would be right. */
export interface Problem {
  /** `ops[3].pcpu`; for text that is not JSON, `line 2, column 7`. Empty for the document itself. */
  readonly path: string;
  readonly value: string;
  /** `must be …` */
  readonly rule: string;
}

/** The first mistakes, and how many were found before reading ended. */
export interface Problems {
  readonly first: readonly Problem[];
  readonly count: number;
}

const SHOWN = 20;
const LONGEST = 40;

/** A rule in words, or what makes them: to search for the name that was meant takes a while, and only the first few are said. */
type Rule = string | (() => string);

/** Collects mistakes; keeps the first few and counts the rest. */
export class Report {
  private readonly first: Problem[] = [];
  count = 0;

  add(path: string, value: string, rule: Rule): void {
    this.count++;
    if (this.first.length < SHOWN) this.first.push({ path, value, rule: typeof rule === 'string' ? rule : rule() });
  }

  problems(): Problems {
    return { first: this.first, count: this.count };
  }
}

/** `ops[3].pcpu is 7: must be below 4, the number of PCPUs` */
export const describeProblem = ({ path, value, rule }: Problem): string =>
  `${path === '' ? 'the scenario' : path} is ${value}: ${rule}`;

export function describeProblems({ first, count }: Problems): string {
  const lines = first.map(describeProblem);
  if (count > first.length) lines.push(`and ${count - first.length} more`);
  return lines.join('\n');
}

/** A value as a message shows it: short, and never the inside of a list or an object. */
export function shortValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string')
    return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value);
  if (typeof value === 'bigint') return value < 10_000n ? String(value) : hex(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;

/** `config.control["CR0.WP"]`, `ops[3].at` */
export function pathText(keys: readonly unknown[]): string {
  return keys
    .map((key, i) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      if (!PLAIN_KEY.test(name)) return `[${shortValue(name)}]`;
      return i === 0 ? name : `.${name}`;
    })
    .join('');
}

const LAST_STEP = /(?:(?:^|\.)[\w$]+|\[(?:\d+|"(?:[^"\\]|\\.)*")\])$/;

/** A path of pathText without its last step, and so always shorter; empty at the top. */
export const parentOf = (path: string): string => path.slice(0, LAST_STEP.exec(path)?.index ?? 0);
