import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fromBase64url, toBase64url } from '../base/base64url';
import { packed, unpacked } from '../base/pack';
import { LIBRARY } from '../scenario/library-files';
import { scenarioOf } from '../scenario';
import { MOST_BYTES } from '../scenario/link/fault';
import { linkText, splitLink } from '../scenario/link/link';
import { linkOf, readLink } from '../state/link';
import { readPlace } from '../state/place';

const USAGE = 'usage: npm run -s fuzz -- N [SEED]   (N texts are read as links)';

const MOST_MS = 50;
const MOST_MIB = 64;
/** A slow one is read again so many times: another program, or the collector, is no hang. */
const AGAIN = 3;
const MIB = 2 ** 20;

/** Reads N broken links. 0 when each was answered, in time and in bounds; 1 otherwise; 2 for wrong arguments. */
export async function main(args: readonly string[]): Promise<number> {
  const [count, seed = Date.now() % 2 ** 31] = args.map(Number);
  if (args.length < 1 || args.length > 2 || !isPositive(count) || !isPositive(seed)) {
    console.error(USAGE);
    return 2;
  }
  const random = randomFrom(seed);
  const links = await realLinks(random);
  const kinds = new Map<string, number>();
  const worst = { ms: 0, mib: 0 };
  for (const link of links) await answerTo(link);
  const before = await keptMiB();
  for (let i = 0; i < count; i++) {
    const text = await WAYS[i % WAYS.length](links[random(links.length)], random);
    const answer = await measured(text);
    kinds.set(answer.kind, (kinds.get(answer.kind) ?? 0) + 1);
    worst.ms = Math.max(worst.ms, answer.ms);
    worst.mib = Math.max(worst.mib, answer.mib);
    if (answer.kind === 'thrown' || answer.ms > MOST_MS || answer.mib > MOST_MIB) console.log(`${answer.kind} ${text}`);
  }
  const kept = (await keptMiB()) - before;
  console.log(`${count} texts, seed ${seed}`);
  for (const [kind, times] of [...kinds].toSorted(([, a], [, b]) => b - a))
    console.log(`  ${kind.padEnd(12)} ${times}`);
  console.log(
    `longest ${worst.ms.toFixed(1)} ms, most memory for one ${worst.mib.toFixed(1)} MiB, kept ${kept.toFixed(1)} MiB`,
  );
  return kinds.has('thrown') || worst.ms > MOST_MS || Math.max(worst.mib, kept) > MOST_MIB ? 1 : 0;
}

const isPositive = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

type Random = (below: number) => number;

/** Numbers from 0 up to a bound, the same for the same seed (xorshift). */
function randomFrom(seed: number): Random {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const randomBytes = (random: Random): Uint8Array => Uint8Array.from({ length: random(200) }, () => random(256));

/** The library, each scenario with a place and without, and two bombs. */
async function realLinks(random: Random): Promise<readonly string[]> {
  const scenarios = LIBRARY.map(scenarioOf);
  const made = await Promise.all(
    scenarios.flatMap((scenario) => [linkOf(scenario), linkOf(scenario, readPlace(randomBytes(random)))]),
  );
  const bombs = [MOST_BYTES, 64 * MIB].map((size) => packed(new Uint8Array(size)).then(linkText));
  return [...made.flatMap((link) => (link.ok ? [link.value] : [])), ...(await Promise.all(bombs))];
}

const flipped = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = bytes.slice();
  for (let i = random(3); i >= 0 && copy.length > 0; i--) copy[random(copy.length)] ^= 1 << random(8);
  return copy;
};

const bytesOf = (link: string): Uint8Array => fromBase64url(link.replace(/^v1\./, '')) ?? new Uint8Array(0);

/** What a link holds, changed, with a checksum that is right. */
async function repacked(link: string, change: (bytes: Uint8Array) => Uint8Array): Promise<string> {
  const split = splitLink(link);
  const held = split.ok ? await unpacked(split.value.packed, MOST_BYTES) : split;
  return linkText(await packed(change(held.ok ? held.value : new Uint8Array(0))));
}

/** How a text is made from a link. */
const WAYS: readonly ((link: string, random: Random) => string | Promise<string>)[] = [
  (link) => link,
  (_, random) => linkText(toBase64url(randomBytes(random))),
  (_, random) => String.fromCharCode(...randomBytes(random)),
  (link, random) => linkText(toBase64url(flipped(bytesOf(link), random))),
  (link, random) => link.slice(0, random(link.length)),
  async (_, random) => linkText(await packed(randomBytes(random))),
  (link, random) => repacked(link, (bytes) => flipped(bytes, random)),
  (link, random) => repacked(link, (bytes) => bytes.slice(0, random(bytes.length + 1))),
];

async function answerTo(text: string): Promise<string> {
  try {
    const read = await readLink(text);
    return read.ok ? 'opened' : read.error.kind;
  } catch (error) {
    console.log(error);
    return 'thrown';
  }
}

/** Time of the processor, of which a busy computer takes nothing away. */
async function measured(text: string, again = AGAIN): Promise<{ kind: string; ms: number; mib: number }> {
  const heap = heapMiB();
  const start = process.cpuUsage();
  const kind = await answerTo(text);
  const { user, system } = process.cpuUsage(start);
  const now = { kind, ms: (user + system) / 1000, mib: heapMiB() - heap };
  if (again === 0 || (now.ms <= MOST_MS && now.mib <= MOST_MIB)) return now;
  const then = await measured(text, again - 1);
  return { kind, ms: Math.min(now.ms, then.ms), mib: Math.min(now.mib, then.mib) };
}

function heapMiB(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / MIB;
}

/** What is in use once the collector has been, and what it only finds the second time. */
async function keptMiB(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  await new Promise((done) => setTimeout(done, 50));
  collect();
  return heapMiB();
}
