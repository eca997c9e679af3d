import type { Field } from '../../machine/entry-format';

/** The part of a field that lies in one block of eight bits. */
export interface Segment {
  readonly field: Field;
  /** Bits of it in the block. */
  readonly span: number;
  /** What is written under it; empty where there is no room, or where a block beside it says so already. */
  readonly text: string;
}

/** Letters that fit under one bit. */
const LETTERS = 3;

/** The fields of a block, high bits first. */
export function segmentsOf(fields: readonly Field[], top: number): readonly Segment[] {
  return fields.flatMap((field) => {
    const high = Math.min(field.high, top);
    const span = high - Math.max(field.low, top - 7) + 1;
    if (span <= 0) return [];
    // Two blocks stand side by side; the right one continues the left.
    const begins = high === field.high || top % 16 === 15;
    return [{ field, span, text: begins ? label(field, span) : '' }];
  });
}

function label({ name, high, low }: Field, span: number): string {
  const names = high > low ? [`${name} ${high}:${low}`, name] : [name];
  return names.find(({ length }) => length <= span * LETTERS) ?? '';
}
