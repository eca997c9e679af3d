/** Links, as text: a scenario and the place where somebody is in it. To be loaded when a link is read or made. */
import { packed, packedPlain, unpacked } from '../base/pack';
import { err, ok, type Result } from '../base/result';
import type { Scenario } from '../scenario';
import { linkFault, MOST_BYTES, type LinkFault } from '../scenario/link/fault';
import { linkBytes, linkText, readLinkBytes, splitLink } from '../scenario/link/link';
import { readPlace, writePlace, type Place } from './place';

/** What a link opens. One without a place opens where the page would. */
export interface Opened {
  readonly scenario: Scenario;
  readonly place?: Place | undefined;
  /** A teacher's own lesson, as its own part of the program writes it. */
  readonly lesson?: Uint8Array | undefined;
}

/** The link that opens this, without `#`; a fault when it is too much for a link. */
export async function linkOf(
  scenario: Scenario,
  place?: Place,
  lesson?: Uint8Array,
): Promise<Result<string, LinkFault>> {
  const bytes = linkBytes({ scenario, place: place && writePlace(place), lesson });
  return bytes.length > MOST_BYTES ? err(linkFault('large')) : ok(linkText(await packed(bytes)));
}

/** A link of the same, longer and made at once: for when the page may be gone the next moment. */
export function quickLinkOf(scenario: Scenario, place: Place): Result<string, LinkFault> {
  const bytes = linkBytes({ scenario, place: writePlace(place) });
  return bytes.length > MOST_BYTES ? err(linkFault('large')) : ok(linkText(packedPlain(bytes)));
}

/** Reads any text. It never throws. */
export async function readLink(text: string): Promise<Result<Opened, LinkFault>> {
  const split = splitLink(text);
  if (!split.ok) return split;
  const bytes = await unpacked(split.value.packed, MOST_BYTES);
  if (!bytes.ok) return err(linkFault(bytes.error));
  const read = readLinkBytes(split.value.version, bytes.value);
  if (!read.ok) return read;
  const { scenario, place, lesson } = read.value;
  return ok({ scenario, ...(place && { place: readPlace(place) }), ...(lesson && { lesson }) });
}
