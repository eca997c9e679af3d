import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One printed figure. `limit` is what it is held against, measured in the same run where it can be. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  /** value / limit; for rates at least `bar`, for costs at most `bar`. */
  readonly ratio: number;
  readonly n: number;
  readonly bar: number;
  readonly met: boolean;
  readonly says: string;
}

type Make = (name: string, value: number, unit: string, limit: number, n: number, says: string, bar?: number) => Figure;

const figure =
  (met: (ratio: number, bar: number) => boolean): Make =>
  (name, value, unit, limit, n, says, bar = 1) => {
    const ratio = value / limit;
    return { name, value, unit, limit, ratio, n, bar, met: met(ratio, bar), says };
  };

/** A cost: smaller is better, ratio to the limit at most `bar`. */
export const cost = figure((ratio, bar) => ratio <= bar);
/** A rate: larger is better, ratio to the limit at least `bar`. */
export const rate = figure((ratio, bar) => ratio >= bar);

export const milliseconds = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** Runs both in turn, so that noise falls on both, and takes the best of each. */
export function bestOfPairs(
  times: number,
  ours: () => void,
  peer: () => void,
): { readonly ours: number; readonly peer: number } {
  let best = Infinity;
  let bestPeer = Infinity;
  for (let i = 0; i < times; i++) {
    best = Math.min(best, milliseconds(ours));
    bestPeer = Math.min(bestPeer, milliseconds(peer));
  }
  return { ours: best, peer: bestPeer };
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Bytes in use, after a collection. */
export function bytesInUse(): number {
  gc();
  gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** A small deterministic generator (xorshift), so that every run measures the same addresses. */
export function randomInts(count: number, below: number, seed = 0x2545_f491): Int32Array {
  const values = new Int32Array(count);
  let x = seed;
  for (let i = 0; i < count; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    values[i] = (x >>> 0) % below;
  }
  return values;
}
