import { err, ok, type Result } from '../../base/result';
import { parseScenario, type Scenario } from '../parse';
import { printScenario } from '../print';
import { describeProblem } from '../problem';
import { readDocument, writeDocument } from './document';
import { invalidFault, linkFault, newerFault, type LinkFault } from './fault';
import { readSections, writeSections } from './sections';
import { LINK_VERSION, upgraded } from './upgrade';

/** What travels in a link. What `place` and `lesson` hold is not known here. */
export interface LinkParts {
  readonly scenario: Scenario;
  readonly place?: Uint8Array | undefined;
  readonly lesson?: Uint8Array | undefined;
}

/** The bytes of a link, before they are packed. */
export const linkBytes = ({ scenario, place, lesson }: LinkParts): Uint8Array =>
  writeSections({
    document: writeDocument(printScenario(scenario)),
    ...(place && { place }),
    ...(lesson && { lesson }),
  });

/** Whatever the bytes are, the answer is what a link of that version holds or why it cannot be opened. */
export function readLinkBytes(version: number, bytes: Uint8Array): Result<LinkParts, LinkFault> {
  const sections = readSections(bytes);
  if (!sections.ok || !sections.value.document) return err(linkFault('damaged'));
  const document = readDocument(sections.value.document);
  if (!document.ok) return err(linkFault(document.error));
  const { place, lesson } = sections.value;
  const raw = upgraded({ document: document.value, place, lesson }, version);
  const read = parseScenario(raw.document);
  if (!read.ok) return err(invalidFault(describeProblem(read.error.first[0])));
  return ok({ scenario: read.value, place: raw.place, lesson: raw.lesson });
}

/** The text of a link from packed bytes. */
export const linkText = (packed: string): string => `v${LINK_VERSION}.${packed}`;

const LINK = /^v([1-9]\d{0,8})\.(.+)$/s;

/** Takes a link apart: the text as it is, behind a `#`, or at the end of an address. */
export function splitLink(text: string): Result<{ readonly version: number; readonly packed: string }, LinkFault> {
  const [, number, packed] = LINK.exec(text.slice(text.indexOf('#') + 1).trim()) ?? [];
  if (number === undefined) return err(linkFault('none'));
  const version = Number(number);
  return version > LINK_VERSION ? err(newerFault(number)) : ok({ version, packed });
}
