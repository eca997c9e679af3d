import type { TimelinePicture } from '../engine/picture';

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 16, 64] as const;
export type Speed = (typeof SPEEDS)[number];
/** Steps a second at speed 1. */
export const STEPS_PER_SECOND = 3;

/** Where operations end, and the start: what "next operation" stops at. Sorted, each once. */
export const stopsOf = ({ ops }: TimelinePicture): readonly number[] =>
  [...new Set([0, ...ops.map(({ last }) => last)])].toSorted((a, b) => a - b);

export const nextStop = (timeline: TimelinePicture, step: number): number =>
  stopsOf(timeline).find((stop) => stop > step) ?? lastStep(timeline);

export const previousStop = (timeline: TimelinePicture, step: number): number =>
  stopsOf(timeline).findLast((stop) => stop < step) ?? 0;

/** Steps count from 0, the state before anything; `steps` of them are behind it. */
export const lastStep = ({ times }: TimelinePicture): number => Math.max(0, times.length - 1);
