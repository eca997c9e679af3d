let last = 0;

/**
 * A number never given before. What carries the current epoch of its owner was made since the last snapshot and may be
 * changed in place; anything older is shared with a snapshot and is copied before a change.
 */
export const nextEpoch = (): number => ++last;
