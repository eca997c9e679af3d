import type { Thing } from '../engine/thing';
import type { Around } from './around';
import type * as module from './lit';

/** What finds out what belongs to a thing. It is more than the first picture needs, and comes behind it. */
type Lights = typeof module;
let lights: Lights | undefined;

export const loadLights = async (): Promise<void> => {
  lights ??= await import('./lit');
};

/** Undefined until it is loaded. */
export const lightsNow = (): Lights | undefined => lights;

/** The address that a thing stands for, if it stands for one. */
export const vaOf = (thing: Thing, around: Around): bigint | undefined =>
  'va' in thing ? thing.va : lights?.vaOf(thing, around);
