import { IntervalMap } from '../base/interval-map';
import { decimalGroups } from '../base/number';
import { err, ok, type Result } from '../base/result';
import { PAGE_SIZE } from '../machine/address';
import { describeProblems, DOCUMENT_LIMITS, parseScenarioText, type Scenario } from '../scenario';
import { readJson as readValue } from '../scenario/json-error';
import { isLesson } from '../scenario/lesson/lesson';
import { isJson, isKnown, readAny } from '../scenario/read-any';
import type { CReading } from '../scenario/c';
import type { LinkFault } from '../scenario/link/fault';
import { looksLikeInfoTlb, readInfoTlb } from '../scenario/tables/info-tlb';
import { firstPage, scenarioOfTables } from '../scenario/tables/machine-of';
import { isSidecar, readSidecar, type Sidecar } from '../scenario/tables/sidecar';
import { follow } from '../timeline/follow';
import { readLink, type Opened } from './link';
import { dumpFrom, readImageTables, rootOf, type Bytes, type OffsetOf } from './read-image';
import { knownFile } from './signatures';

/** A file as browsers give one. */
export interface DroppedFile extends Bytes {
  readonly name: string;
  text(): Promise<string>;
}

/** What a file opens as, or what keeps it from opening. */
export type Dropped =
  | { readonly kind: 'scenario'; readonly scenario: Scenario; readonly va?: bigint | undefined }
  /** C in which something was taken for granted, which its reader must be told. */
  | { readonly kind: 'source'; readonly text: string; readonly reading: CReading }
  | { readonly kind: 'link'; readonly opened: Opened }
  /** The text of a lesson, and the name of its file. */
  | { readonly kind: 'lesson'; readonly text: string; readonly name: string }
  /** A memory image, of which only the reader knows where its tables begin. */
  | { readonly kind: 'image'; readonly file: DroppedFile }
  | { readonly kind: 'wrong'; readonly says: string };

/** Something that reads texts of one sort. A new sort of file is a row here; the first that takes a text reads it. */
interface TextReader {
  readonly what: string;
  readonly takes: (name: string, head: string) => boolean;
  readonly read: (text: string, name: string) => Dropped;
}

const READERS: readonly TextReader[] = [
  { what: 'a scenario as JSON', takes: (name, head) => isJson(head, name), read: readJson },
  {
    what: 'the text of info tlb',
    takes: (name, head) => !isKnown(head, name) && looksLikeInfoTlb(head),
    read: readTlb,
  },
  {
    what: 'a script or vmkapi C',
    takes: (name, head) => isKnown(head, name) || /\bvmk_[A-Za-z]/.test(head) || SCRIPT.test(head),
    read: readWritten,
  },
];

/** How scripts begin. */
const SCRIPT = /^\s*(#|(title|machine|version|map|sync)\b)/;

/** As much as tells what a file is. */
const HEAD = 4096;

/** A link from Share, or a whole address with one, and nothing else. */
const LINK = /^\s*(\S*#)?v\d+\.\S*\s*$/;

const TAKEN =
  'Pagescope opens scenarios (JSON, scripts, vmkapi C), links to them, lessons, the text of info tlb and raw memory images.';

/** Reads files that were dropped or chosen: one scenario in any form, or a memory image, also together with its sidecar. */
export async function readDropped(files: readonly DroppedFile[]): Promise<Dropped> {
  try {
    if (files.length === 1) return await readOne(files[0]);
    if (files.length === 2) return await readPair(files);
  } catch {
    return wrong(
      files[0].name,
      'it cannot be read: it is a folder, or has been moved or changed. Choose the file again.',
    );
  }
  return { kind: 'wrong', says: `${files.length} files: open one, or a memory image together with its .json.` };
}

const wrong = (name: string, says: string): Dropped => ({ kind: 'wrong', says: `${name}: ${says}` });

async function readOne(file: DroppedFile): Promise<Dropped> {
  if (file.size === 0) return wrong(file.name, 'it is empty.');
  const bytes = await headOf(file);
  const known = knownFile(bytes);
  if (known !== undefined) return wrong(file.name, `it is ${known}. ${TAKEN}`);
  const head = textOf(bytes);
  if (head === undefined) return { kind: 'image', file };
  if (LINK.test(head)) return openedLink(file.name, await readLink(await file.text()));
  const reader = READERS.find(({ takes }) => takes(file.name, head));
  if (!reader) return wrong(file.name, `nothing here reads this text. ${TAKEN}`);
  const { max } = DOCUMENT_LIMITS.textBytes;
  const most = reader.read === readTlb ? 4 * max : max;
  if (file.size > most)
    return wrong(
      file.name,
      `it has ${decimalGroups(file.size)} bytes; at most ${decimalGroups(most)} are read as ${reader.what}.`,
    );
  const text = await file.text();
  return reader.read(text, file.name);
}

const opened = (name: string, read: Result<Scenario>): Dropped => {
  if (!read.ok) return wrong(name, read.error);
  const { image } = read.value.config;
  return {
    kind: 'scenario',
    scenario: read.value,
    va: image && read.value.ops.length === 0 ? firstPage(image) : undefined,
  };
};

const openedLink = (name: string, read: Result<Opened, LinkFault>): Dropped =>
  read.ok ? { kind: 'link', opened: read.value } : wrong(name, read.error.says);

const headOf = async (file: DroppedFile): Promise<Uint8Array> =>
  new Uint8Array(await file.slice(0, Math.min(HEAD, file.size)).arrayBuffer());

/** Undefined for bytes that are no text. */
const textOf = (head: Uint8Array): string | undefined =>
  head.includes(0) ? undefined : new TextDecoder().decode(head);

function readWritten(text: string, name: string): Dropped {
  const read = readAny(text, name, follow);
  if (!read.ok) return wrong(name, describeProblems(read.error));
  const { scenario, remarks } = read.value;
  return remarks.length > 0 ? { kind: 'source', text, reading: read.value } : opened(name, ok(scenario));
}

function readJson(text: string, name: string): Dropped {
  const value = parsed(text);
  if (isLesson(value)) return { kind: 'lesson', text, name };
  if (isSidecar(value))
    return wrong(name, 'it belongs to a memory image. Open both together: this file and the image beside it.');
  const read = parseScenarioText(text);
  return opened(name, read.ok ? read : err(describeProblems(read.error)));
}

/** Undefined for no JSON; what is wrong with it is found out where documents are read. */
function parsed(text: string): unknown {
  const value = readValue(text);
  return value.ok ? value.value : undefined;
}

const titleOf = (name: string): string => `Tables of ${name}`;

function readTlb(text: string, name: string): Dropped {
  const frames = readInfoTlb(text);
  const read = frames.ok
    ? scenarioOfTables({ title: titleOf(name), root: frames.value[0].mpn, frames: frames.value })
    : frames;
  return opened(name, read);
}

async function readPair(files: readonly DroppedFile[]): Promise<Dropped> {
  const sides = await Promise.all(
    files.map(async (file) => (textOf(await headOf(file)) === undefined ? undefined : parsed(await file.text()))),
  );
  const at = sides.findIndex(isSidecar);
  if (at < 0)
    return {
      kind: 'wrong',
      says: 'Two files: open one, or a memory image together with the .json that was saved with it.',
    };
  const sidecar = readSidecar(sides[at]);
  if (!sidecar.ok) return wrong(files[at].name, `${sidecar.error}.`);
  const image = files[1 - at];
  return opened(image.name, await readSidecarImage(image, sidecar.value));
}

async function readSidecarImage(image: DroppedFile, { root, frames, config }: Sidecar): Promise<Result<Scenario>> {
  const said = frames.reduce((sum, { count }) => sum + count, 0) * PAGE_SIZE;
  if (said !== image.size)
    return err(
      `it has ${decimalGroups(image.size)} bytes, and its .json says ${decimalGroups(said)}: the two do not belong together.`,
    );
  const tables = await readImageTables(image, placesOf(frames), root);
  return tables.ok ? scenarioOfTables({ title: titleOf(image.name), root, frames: tables.value, config }) : tables;
}

/** Frames follow each other in the file as the sidecar lists them. */
function placesOf(frames: Sidecar['frames']): OffsetOf {
  let places = IntervalMap.empty<number>((at, by) => at + by * PAGE_SIZE);
  let at = 0;
  for (const { mpn, count } of frames) {
    places = places.put(mpn, mpn + count, at);
    at += count * PAGE_SIZE;
  }
  return (mpn) => places.at(mpn);
}

/** Reads an image when its reader has said where CR3 points, and at which machine address the file begins. */
export async function readImageAt(file: DroppedFile, cr3: bigint, start: bigint): Promise<Dropped> {
  const root = Number(rootOf(cr3) / BigInt(PAGE_SIZE));
  const tables = await readImageTables(file, dumpFrom(Number(start), file.size), root);
  if (!tables.ok) return wrong(file.name, `${tables.error}.`);
  return opened(file.name, scenarioOfTables({ title: titleOf(file.name), root, frames: tables.value }));
}
