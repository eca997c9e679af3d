import type { Lit, Stretch } from '../engine/thing';

const overlaps = <T>(list: readonly Stretch<T>[], start: T, end: T): boolean =>
  list.some((one) => one.start < end && one.end > start);

/** Whether any of the addresses [start, end) belongs to what is pointed at or selected. */
export const litVas = ({ vas }: Lit, start: bigint, end: bigint): boolean => overlaps(vas, start, end);
/** Whether any of `count` frames does. */
export const litFrames = ({ frames }: Lit, mpn: number, count = 1): boolean => overlaps(frames, mpn, mpn + count);
/** Whether any of the steps [start, end) does. */
export const litSteps = ({ steps }: Lit, start: number, end = start + 1): boolean => overlaps(steps, start, end);
