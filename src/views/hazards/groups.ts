import type { HazardPicture } from '../../engine/picture';

/** A hazard with its index in the picture. */
export interface Numbered {
  readonly hazard: HazardPicture;
  readonly index: number;
}

/** What one rule found; the list opens when it is long. */
export interface HazardGroup {
  readonly rule: string;
  readonly found: readonly Numbered[];
  /** How often in all. */
  readonly times: number;
}

export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Hazards by rule: the gravest first, and among equals the one that was seen first. */
export function groupsOf(hazards: readonly HazardPicture[]): readonly HazardGroup[] {
  const byRule = new Map<string, Numbered[]>();
  for (const [index, hazard] of hazards.entries()) {
    const found = byRule.get(hazard.rule);
    if (found) found.push({ hazard, index });
    else byRule.set(hazard.rule, [{ hazard, index }]);
  }
  const groups = [...byRule].map(([rule, found]) => ({
    rule,
    found: found.toSorted((a, b) => a.hazard.step - b.hazard.step || a.index - b.index),
    times: found.reduce((sum, { hazard }) => sum + hazard.times, 0),
  }));
  const rank = ({ found: [{ hazard }] }: HazardGroup): number => SEVERITIES.indexOf(hazard.severity);
  return groups.toSorted((a, b) => rank(a) - rank(b) || a.found[0].hazard.step - b.found[0].hazard.step);
}

/** `2 errors, 1 note`. */
export const countsText = (hazards: readonly HazardPicture[]): string =>
  SEVERITIES.flatMap((severity) => {
    const count = hazards.filter((hazard) => hazard.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  }).join(', ');
