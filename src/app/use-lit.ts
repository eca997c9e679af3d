import type { Lit, Thing } from '../engine/thing';
import type { Around } from '../state/around';
import { litBy } from '../state/lit';
import { shared } from '../state/sharing';
import { useSession, useView } from './use-explorer';

/** The last answer: all hosts ask the same question. */
let last: (Around & { readonly thing: Thing; readonly lit: Lit }) | undefined;

const PARTS = ['document', 'timeline', 'picture', 'reach', 'preview'] as const;

function remembered(thing: Thing, { document, timeline, picture, reach, preview }: Around): Lit {
  const around = { document, timeline, picture, reach, preview };
  if (last?.thing !== thing || PARTS.some((part) => last?.[part] !== around[part]))
    last = { ...around, thing, lit: shared(last?.lit, litBy(thing, around)) };
  return last.lit;
}

/** What belongs to the thing under the pointer, or else to the one selected. */
export function useLit(): Lit {
  const thing = useView(({ hover, selected }) => hover ?? selected);
  return useSession((session) => remembered(thing, session));
}
