import type { ByteFault } from '../../base/bytes';
import { err, ok, type Result } from '../../base/result';
import { DOCUMENT_LIMITS } from '../limits';
import { readOp, writeOp, type OpDocument } from './ops';
import { LinkReader, LinkWriter } from './stream';
import { json, writeObject } from './value';

/** The low bits of the first number say what there is beside title and operations; above them is the number of operations. */
const NOTE = 1;
const CONFIG = 2;
const EXTRA = 4;
const BITS = 8;

/** A document, as printScenario gives it, in bytes. */
export function writeDocument(document: unknown): Uint8Array {
  const { version: _, title, note, config, ops, ...extra } = document as Readonly<Record<string, unknown>>;
  const list = ops as readonly OpDocument[];
  const to = new LinkWriter();
  const extras = Object.keys(extra).length > 0;
  const bits = (note === undefined ? 0 : NOTE) + (config === undefined ? 0 : CONFIG) + (extras ? EXTRA : 0);
  to.number(list.length * BITS + bits);
  json.write(to, title);
  if (note !== undefined) json.write(to, note);
  if (config !== undefined) json.write(to, config);
  if (extras) writeObject(to, extra);
  for (const op of list) writeOp(to, op);
  return to.done();
}

/** The version of the documents that these bytes stand for. */
const VERSION = 1;

/** The document in these bytes; whether it is a valid one is for parseScenario to say. */
export function readDocument(bytes: Uint8Array): Result<unknown, ByteFault> {
  const from = new LinkReader(bytes);
  const head = from.number();
  const title = json.read(from);
  const note = head & NOTE ? { note: json.read(from) } : {};
  const config = head & CONFIG ? { config: json.read(from) } : {};
  const extra = head & EXTRA ? json.read(from) : {};
  const count = Math.floor(head / BITS);
  if (count > DOCUMENT_LIMITS.ops.max) from.fail('large');
  // Each takes a byte at least.
  if (count > from.left) from.fail('damaged');
  const ops = from.fault ? [] : Array.from({ length: count }, () => readOp(from));
  if (from.left > 0) from.fail('damaged');
  return from.fault ? err(from.fault) : ok({ ...(extra as object), version: VERSION, title, ...note, ...config, ops });
}
