import { ACCESS_KINDS, PRIVILEGES } from '../machine/access';
import { CONTEXTS, MAP_TYPES } from '../machine/vmkapi';
import { EXAMPLE_DRAFT, MAX_RANGES, type AccessDraft, type Draft, type RangeDraft } from './draft';

/** The form's text form: JSON, read again with care, because what is stored may be old or damaged. */
export const printDraft = (draft: Draft): string => JSON.stringify(draft);

type Loose = Readonly<Record<string, unknown>>;

export function keptDraft(text: string | undefined): Draft | undefined {
  if (text === undefined) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    return isObject(kept) ? draftOf(kept) : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of the right type and, if there is a list, on it; or the default. Numbers are those from 0 to 255. */
function pick<T extends string | number>(kept: Loose, name: string, byDefault: T, allowed?: readonly T[]): T {
  const value = kept[name];
  const fits =
    typeof value === typeof byDefault &&
    (!allowed || allowed.includes(value as T)) &&
    (typeof value === 'string' || value === (Number(value) & 255));
  return fits ? (value as T) : byDefault;
}

function draftOf(kept: Loose): Draft {
  const { ranges } = kept;
  return {
    module: pick(kept, 'module', EXAMPLE_DRAFT.module),
    pcpu: pick(kept, 'pcpu', EXAMPLE_DRAFT.pcpu),
    context: pick(kept, 'context', EXAMPLE_DRAFT.context, CONTEXTS),
    mapType: pick(kept, 'mapType', EXAMPLE_DRAFT.mapType, Object.keys(MAP_TYPES) as Draft['mapType'][]),
    attrs: pick(kept, 'attrs', EXAMPLE_DRAFT.attrs) & 31,
    ranges: Array.isArray(ranges) ? ranges.filter(isObject).slice(0, MAX_RANGES).map(rangeOf) : EXAMPLE_DRAFT.ranges,
    reservation: pick(kept, 'reservation', ''),
    access: isObject(kept['access']) ? accessOf(kept['access']) : EXAMPLE_DRAFT.access,
  };
}

const rangeOf = (kept: Loose): RangeDraft => ({
  startMPN: pick(kept, 'startMPN', ''),
  numPages: pick(kept, 'numPages', ''),
});

const accessOf = (kept: Loose): AccessDraft => ({
  pcpu: pick(kept, 'pcpu', EXAMPLE_DRAFT.access.pcpu),
  kind: pick(kept, 'kind', EXAMPLE_DRAFT.access.kind, ACCESS_KINDS),
  privilege: pick(kept, 'privilege', EXAMPLE_DRAFT.access.privilege, PRIVILEGES),
  count: pick(kept, 'count', EXAMPLE_DRAFT.access.count),
  stride: pick(kept, 'stride', EXAMPLE_DRAFT.access.stride),
});
