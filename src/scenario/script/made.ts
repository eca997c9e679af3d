import { DEFAULT_MODULES, DEFAULT_RESOURCES } from '../../machine/config';
import { defaultName } from '../names';
import { readDocument } from './document';

type Json = Readonly<Record<string, unknown>>;

/** The names that the lines above a place have made, as far as they can be read. */
export interface Made {
  readonly mappings: readonly string[];
  readonly modules: readonly string[];
  readonly resources: readonly string[];
  readonly reservations: readonly string[];
  /** Whether an operation stands above, so that the machine is settled. */
  readonly begun: boolean;
}

/** What was asked last: while a line is typed, those above it are the same from letter to letter. */
let last: { readonly text: string; readonly made: Made } | undefined;

export function madeBy(text: string): Made {
  if (last?.text !== text) last = { text, made: madeIn(text) };
  return last.made;
}

function madeIn(text: string): Made {
  const { config, ops } = readDocument(text).document as { readonly config?: Json; readonly ops: readonly Json[] };
  const usualResources = config?.['regions'] ? [] : DEFAULT_RESOURCES;
  const field = (op: unknown, name: string): string[] =>
    ops.flatMap((one) => (one['op'] === op && typeof one[name] === 'string' ? [one[name]] : []));
  return {
    mappings: ops
      .filter(({ op }) => op === 'map')
      .map(({ as }, i) => (typeof as === 'string' ? as : defaultName(i + 1))),
    modules: ['vmkernel', ...(texts(config?.['modules']) ?? DEFAULT_MODULES), ...field('load', 'module')],
    resources: [...named(config?.['resources'] ?? usualResources), ...field('register', 'resource')],
    reservations: [...named(config?.['reservations']), ...field('reserve', 'as')],
    begun: ops.length > 0,
  };
}

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;

const named = (list: unknown): string[] =>
  Array.isArray(list) ? list.flatMap((one: unknown) => texts([(one as Json | null)?.['name']]) ?? []) : [];
