import { decimalGroups } from '../../base/number';
import type { PackFault } from '../../base/pack';
import { LINK_VERSION } from './upgrade';

/**
 * Bytes that a link may unpack to: room for 20 000 operations at random addresses, and little enough that whatever is read from them stays
 * below 64 MiB.
 */
export const MOST_BYTES = 288 * 1024;

/** Why a text opens nothing. */
export type LinkFaultKind = 'none' | 'newer' | 'invalid' | PackFault;
export interface LinkFault {
  readonly kind: LinkFaultKind;
  /** In words for the reader: what is wrong, and what to do. */
  readonly says: string;
}

/** What the reader of a page does to have another version of the program. */
export const RELOAD = 'Reload the page to get the newest one';

const WORDS: Readonly<Record<Exclude<LinkFaultKind, 'newer' | 'invalid'>, string>> = {
  none: 'This is not a link to a scenario: such a link has “v1.” and then letters, digits, - and _. Copy it again, whole.',
  characters:
    'This link has a character that no link has. Copy it again from where it came, without what stands around it.',
  short: 'The end of this link is missing. Copy it again, whole.',
  damaged: 'This link was changed on its way. Copy it again from where it came.',
  large: `This link unpacks to more than a link may hold (${decimalGroups(MOST_BYTES)} bytes). Ask for the scenario as a file.`,
  unknown: `This link uses something that this Pagescope does not know. ${RELOAD}, or ask for the scenario as a file.`,
};

export const linkFault = (kind: keyof typeof WORDS): LinkFault => ({ kind, says: WORDS[kind] });

export const newerFault = (version: string): LinkFault => ({
  kind: 'newer',
  says: `This link was made by a newer Pagescope (v${version}); this one reads links up to v${LINK_VERSION}. ${RELOAD}, or ask for the scenario as a file.`,
});

/** `problem` says what is wrong with the scenario. */
export const invalidFault = (problem: string): LinkFault => ({
  kind: 'invalid',
  says: `This link holds a scenario that cannot be: ${problem}. Ask whoever made it for the scenario as a file.`,
});
