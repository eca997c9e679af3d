import { meets } from '../base/stretches';
import type { Lit } from '../engine/thing';

/** Whether any of the addresses [start, end) belongs to what is pointed at or selected. */
export const litVas = ({ vas }: Lit, start: bigint, end: bigint): boolean => meets(vas, start, end);
/** Whether any of `count` frames does. */
export const litFrames = ({ frames }: Lit, mpn: number, count = 1): boolean => meets(frames, mpn, mpn + count);
/** Whether any of the steps [start, end) does. */
export const litSteps = ({ steps }: Lit, start: number, end = start + 1): boolean => meets(steps, start, end);
/** Whether any of the operations [start, end) does. */
export const litOps = ({ ops }: Lit, start: number, end = start + 1): boolean => meets(ops, start, end);
