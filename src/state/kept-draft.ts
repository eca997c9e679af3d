import { ACCESS_KINDS, PRIVILEGES } from '../machine/access';
import { CONTEXTS, MAP_TYPES } from '../machine/vmkapi';
import { EXAMPLE_DRAFT, MAX_RANGES, type Draft } from './draft';

/** The form's text form: JSON, read again with care, because what is stored may be old or damaged. */
export const printDraft = (draft: Draft): string => JSON.stringify(draft);

export function keptDraft(text: string | undefined): Draft | undefined {
  if (text === undefined) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    return isObject(kept) ? draftOf(kept) : undefined;
  } catch {
    return undefined;
  }
}

type Loose = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** For some fields of a form, all that may stand in them. */
type Lists<T> = { readonly [K in keyof T]?: readonly T[K][] };

/** The form by default, with what is kept of its texts, numbers and switches where that can be. A number is one from 0 to 255. */
function mended<T extends object>(byDefault: T, kept: unknown, lists: Lists<T> = {}): T {
  if (!isObject(kept)) return byDefault;
  const fits = (name: string, value: unknown): boolean =>
    (typeof value !== 'number' || value === (value & 255)) &&
    ((lists as Record<string, readonly unknown[]>)[name]?.includes(value) ?? true);
  const fields = Object.entries(byDefault).filter(
    ([name, value]) => typeof value !== 'object' && typeof kept[name] === typeof value && fits(name, kept[name]),
  );
  return { ...byDefault, ...Object.fromEntries(fields.map(([name]) => [name, kept[name]])) };
}

function draftOf(kept: Loose): Draft {
  const { ranges, raw, access, more } = kept;
  const draft = mended(EXAMPLE_DRAFT, kept, {
    context: CONTEXTS,
    mapType: Object.keys(MAP_TYPES) as Draft['mapType'][],
  });
  return {
    ...draft,
    attrs: draft.attrs & 31,
    ranges: Array.isArray(ranges)
      ? ranges.slice(0, MAX_RANGES).map((range) => mended({ startMPN: '', numPages: '' }, range))
      : draft.ranges,
    raw: mended(draft.raw, raw),
    more: mended(draft.more, more),
    access: mended(draft.access, access, { kind: ACCESS_KINDS, privilege: PRIVILEGES }),
  };
}
