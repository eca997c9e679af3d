import { HAZARD_RULES } from '../../machine/hazards';
import type { Strip, StripHazard, StripMessage } from '../../engine/picture-strip';
import { ACTS, type ActKind } from '../acts';

/** Of the picture; a column is one wide. */
export const WIDTH = 128;
export const HEIGHT = 48;
/** Room above the first track for the marks of hazards. */
const TOP = 5;
const HIGHEST_BAR = 13;

/** The bits of what a PCPU is in, as `engine/picture-strip.ts` has them: a view takes no values from there. */
const OWES = 1;
const WAITS = 2;

interface Row {
  /** The bar of what is done, and below it the stripe of what is owed. */
  readonly bar: number;
  readonly high: number;
  readonly owed: number;
}

function rowOf(track: number, tracks: number): Row {
  const pitch = (HEIGHT - TOP) / tracks;
  const high = Math.min(HIGHEST_BAR, pitch * 0.55);
  const bar = TOP + track * pitch + (pitch - high - 3) / 2;
  return { bar, high, owed: bar + high + 1 };
}

const short = (value: number): string => String(Math.round(value * 100) / 100);
const box = (x: number, y: number, width: number, height: number): string =>
  `M${x} ${short(y)}h${width}v${short(height)}h${-width}z`;

/** Stretches of a track in which a value does not change. */
function* stretches(values: Uint8Array, track: number): Generator<readonly [from: number, to: number, value: number]> {
  for (let from = 0; from < WIDTH;) {
    const value = values[track * WIDTH + from] ?? 0;
    let to = from + 1;
    while (to < WIDTH && values[track * WIDTH + to] === value) to++;
    yield [from, to, value];
    from = to;
  }
}

const tracksOf = ({ tracks }: Strip): readonly number[] => Array.from({ length: tracks }, (_, i) => i);

/** The bars of each sort of work as one path. */
export function barPaths(strip: Strip): ReadonlyMap<ActKind, string> {
  const paths = new Map<ActKind, string>();
  for (const track of tracksOf(strip)) {
    const { bar, high } = rowOf(track, strip.tracks);
    for (const [from, to, code] of stretches(strip.acts, track)) {
      const name = strip.names[code - 1];
      if (!name) continue;
      const { kind } = ACTS[name];
      paths.set(kind, (paths.get(kind) ?? '') + box(from, bar, to - from, high));
    }
  }
  return paths;
}

/** A line along each track, what is owed, and where a PCPU waits. */
export function groundPaths(strip: Strip): { readonly line: string; readonly owed: string; readonly waits: string } {
  const paths = { line: '', owed: '', waits: '' };
  for (const track of tracksOf(strip)) {
    const { bar, high, owed } = rowOf(track, strip.tracks);
    paths.line += `M0 ${short(bar + high / 2)}h${WIDTH}`;
    for (const [from, to, bits] of stretches(strip.under, track)) {
      if (bits & OWES) paths.owed += box(from, owed, to - from, 2);
      if (bits & WAITS) paths.waits += `M${from} ${short(bar + high / 2)}h${to - from}`;
    }
  }
  return paths;
}

/** How much of its way a lost message is drawn. */
const LOST_AFTER = 0.6;

/** Messages of a kind as one path of lines, and a cross at the end of each that was lost. */
export function messagePaths({ messages, tracks }: Strip, kind: StripMessage['kind']): readonly [string, string] {
  const middle = (track: number): number => {
    const { bar, high } = rowOf(track, tracks);
    return bar + high / 2;
  };
  let lines = '';
  let crosses = '';
  for (const message of messages) {
    if (message.kind !== kind) continue;
    const way = message.lost ? LOST_AFTER : 1;
    const x = message.sent + way * (message.arrives - message.sent);
    const y = middle(message.from) + way * (middle(message.to) - middle(message.from));
    lines += `M${short(message.sent)} ${short(middle(message.from))}L${short(x)} ${short(y)}`;
    if (message.lost) crosses += `M${short(x - 2)} ${short(y - 2)}l4 4m0-4l-4 4`;
  }
  return [lines, crosses];
}

/** A triangle above the track for an error or a warning, a dot for a note. */
export function hazardPath({ at, track }: StripHazard, tracks: number, severity: string): string {
  const { bar } = rowOf(track, tracks);
  const x = Math.max(3, Math.min(WIDTH - 3, at));
  if (severity === 'note') return `M${short(x - 1.5)} ${short(bar - 1.5)}a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z`;
  return `M${short(x)} ${short(bar - 4.5)}l3 5.5h-6z`;
}
export const severityOf = ({ rule }: StripHazard): 'error' | 'warning' | 'note' => HAZARD_RULES[rule].severity;

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** The picture in words. */
export function stripText({ pcpus, steps, messages, hazards, whole }: Strip): string {
  const lost = messages.filter((message) => message.lost).length;
  return [
    `${counted(steps, 'step')} on ${counted(pcpus, 'PCPU')}`,
    ...(messages.length > 0 ? [`${counted(messages.length, 'message')}${lost > 0 ? `, ${lost} lost` : ''}`] : []),
    ...(hazards.length > 0 ? ['with hazards'] : []),
    ...(whole ? [] : ['cut off']),
  ].join(', ');
}
