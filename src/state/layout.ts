import type { LessonPanel } from '../scenario/lesson/panels';

/** Regions of the page by id, in the order of reading: the names of their panels. */
export const PANELS = {
  request: 'Request',
  mappings: 'Mappings',
  walk: 'Page walk',
  frames: 'Machine frames',
  pcpus: 'PCPUs',
  bits: 'Entry bits',
  'memory-type': 'Memory type',
  hazards: 'Hazards',
  timeline: 'Timeline',
} as const satisfies Readonly<Record<LessonPanel, string>>;
export type PanelId = keyof typeof PANELS;
export const PANEL_IDS = Object.keys(PANELS) as readonly PanelId[];

/**
 * Where a border may lie at all. `left`, `right` and `timeline` are sizes in CSS pixels; the others are the part of their
 * column or row before them, in percent.
 */
const BORDERS = {
  left: [200, 1200],
  right: [200, 1200],
  timeline: [60, 1200],
  request: [5, 95],
  walk: [5, 95],
  frames: [5, 95],
  bits: [2, 96],
  type: [4, 98],
} as const;
export type BorderName = keyof typeof BORDERS;
export type Borders = { readonly [B in BorderName]?: number };

/** How the panels are arranged: plain data, for storage and for links. */
export interface Layout {
  /** Those that were moved; where the others lie is up to the style. */
  readonly borders: Borders;
  /** The panel that fills the place of all. */
  readonly maximised: PanelId | undefined;
  /** The time line shows its controls only. */
  readonly folded: boolean;
}

export const PLAIN_LAYOUT: Layout = { borders: {}, maximised: undefined, folded: false };

type Loose = Readonly<Record<string, unknown>>;
const looseOf = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {};

/** Borders with what can be used of any value; numbers out of range are brought into it. */
function bordersOf(value: unknown): Borders {
  const read = Object.entries(BORDERS).flatMap(([name, [least, most]]) => {
    const at = looseOf(value)[name];
    return typeof at === 'number' && Number.isFinite(at) ? [[name, Math.max(least, Math.min(at, most))]] : [];
  });
  const borders = Object.fromEntries(read) as Borders;
  const { bits, type, ...rest } = borders;
  // These two lie in one column: neither says anything without the other.
  return bits !== undefined && type !== undefined && bits < type ? borders : rest;
}

/** A layout from any value, as far as it is one. */
export function layoutOf(value: unknown): Layout {
  const { borders, maximised, folded } = looseOf(value);
  return {
    borders: bordersOf(borders),
    maximised: PANEL_IDS.find((id) => id === maximised && id !== 'timeline'),
    folded: folded === true,
  };
}

/** The layout of an earlier visit. */
export function keptLayout(text: string | undefined): Layout {
  try {
    return layoutOf(JSON.parse(text ?? '{}'));
  } catch {
    return PLAIN_LAYOUT; // Cut off, or not ours.
  }
}
