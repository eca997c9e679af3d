/** Texts that stand in fields and are not part of the form: by the name of their field. */
export type Typed = Readonly<Record<string, string | undefined>>;
/** What an entry is to become, while nobody has written it: the text as typed, and the last value that it stood for. */
export interface PokeDraft {
  readonly text: string;
  readonly value: bigint;
}
/** What entries may become, by their machine address. */
export type Pokes = Readonly<Record<number, PokeDraft | undefined>>;

function objectOf(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    return typeof read === 'object' && read !== null ? (read as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {}; // Cut off, or not ours.
  }
}

/** The texts of an earlier visit. */
export const keptTyped = (text: string | undefined): Typed =>
  Object.fromEntries(
    Object.entries(objectOf(text)).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );

export const printPokes = (pokes: Pokes): string =>
  JSON.stringify(pokes, (_, value: unknown) => (typeof value === 'bigint' ? `0x${value.toString(16)}` : value));

/** The what-ifs of an earlier visit. */
export function keptPokes(text: string | undefined): Pokes {
  const read = Object.entries(objectOf(text)).flatMap(([ma, draft]) => {
    const { text: typed, value } = (draft ?? {}) as Readonly<Record<string, unknown>>;
    const whole = typeof value === 'string' && /^0x[\da-f]{1,16}$/.test(value);
    return typeof typed === 'string' && whole ? [[Number(ma), { text: typed, value: BigInt(value) }] as const] : [];
  });
  return Object.fromEntries(read);
}
