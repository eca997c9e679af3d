/** The version of the links that are made. All up to it can be read. */
export const LINK_VERSION = 1;

/** What a link holds: the document as its version has it, and what belongs to other parts of the program. */
export interface RawLink {
  readonly document: unknown;
  readonly place?: Uint8Array | undefined;
  readonly lesson?: Uint8Array | undefined;
}
export type Upgrades = Readonly<Record<number, (raw: RawLink) => RawLink>>;

/** By version: what turns a link of it into one of the next that means the same. An entry stays for ever. */
const UPGRADES: Upgrades = {};

/** A link of any version as one of the newest. */
export function upgraded(raw: RawLink, version: number, upgrades = UPGRADES, newest = LINK_VERSION): RawLink {
  let now = raw;
  for (let at = version; at < newest; at++) now = upgrades[at](now);
  return now;
}
