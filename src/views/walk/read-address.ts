import { parseInteger } from '../../base/number';
import { err, ok, type Result } from '../../base/result';

/** A live mapping by its name. */
export interface Named {
  readonly name: string;
  readonly va: bigint;
}

/** `va`, `va + 0xf000`: the name of a mapping, and how far behind its start. */
const RELATIVE = /^([A-Za-z_][\w.-]*)\s*(?:\+(.*))?$/s;
/** More names than this would not be read. */
const MOST_NAMED = 4;

/** Reads an address as the page writes one. The error says what is understood. */
export function readAddress(text: string, mappings: readonly Named[]): Result<bigint> {
  const typed = text.trim();
  const [, name, offset] = RELATIVE.exec(typed) ?? [];
  if (name === undefined) {
    const read = parseInteger(typed);
    return read.ok ? read : err(`The address ${problem(typed, mappings)}`);
  }
  const mapping = mappings.find((one) => one.name === name);
  if (!mapping) return err(`“${clip(name)}” is no live mapping; write ${understood(mappings)}`);
  const behind = parseInteger(offset?.trim() ?? '0');
  if (!behind.ok) return err(`The offset behind ${name} ${behind.error}`);
  return ok(BigInt.asUintN(64, mapping.va + behind.value));
}

function problem(typed: string, mappings: readonly Named[]): string {
  if (typed === '') return `is empty; write ${understood(mappings)}`;
  // What can be read where more is allowed is only too large.
  const tooLarge = parseInteger(typed, 1n << 400n).ok;
  return tooLarge ? 'has more than 64 bits' : `“${clip(typed)}” cannot be read; write ${understood(mappings)}`;
}

function understood(mappings: readonly Named[]): string {
  const [first] = mappings;
  if (!first) return 'hex (0x4400…) or decimal; no mapping is live, whose name would do';
  const names = mappings.slice(0, MOST_NAMED).map(({ name }) => name);
  const list = `${names.join(', ')}${mappings.length > MOST_NAMED ? ' …' : ''}`;
  return `hex (0x4400…), decimal, or a mapping (${list}) with or without an offset (${first.name} + 0xf000)`;
}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text);
