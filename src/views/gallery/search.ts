import { HAZARD_RULES, type HazardRule } from '../../machine/hazards';

/** What a card says. */
export interface CardText {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly why: string;
  readonly source: string;
  readonly look: string;
  readonly hazards: readonly HazardRule[];
  /** Its picture takes seconds. */
  readonly slow: boolean;
}

/** Everything about a card that is searched; hazards by rule and by title. */
const textOf = ({ id, group, title, why, source, look, hazards }: CardText): string =>
  [id, group, title, why, source, look, ...hazards.flatMap((rule) => [rule, HAZARD_RULES[rule].title])]
    .join('\n')
    .toLowerCase();

/** The cards that have every word of a query somewhere, in their order. */
export function found(cards: readonly CardText[], query: string): readonly CardText[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return cards.filter((card) => {
    const text = textOf(card);
    return words.every((word) => text.includes(word));
  });
}

export const countText = (shown: number, all: number): string =>
  shown === 0
    ? 'No scenario has all of these words. Try fewer, or a part of one.'
    : shown === all
      ? `${all} scenarios`
      : `${shown} of ${all} scenarios`;
