import type { ControlBits } from '../../machine/control-bits';
import type { PatType } from '../../machine/memory-type';
import type { Level } from '../../machine/address';
import type { ComponentType } from 'react';
import type { WalkLevelPicture, WalkPicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import type { Pointing } from '../pointing';
import type { State } from './what-if';

/** An entry as it is to become: the text as typed, and the last value that it stood for. */
export interface Draft {
  readonly text: string;
  readonly value: bigint;
}

/** What the machine would be like, and what it would be like without the poke, once all that is under way has ended. */
export interface Forecast {
  readonly now: State;
  readonly after: State;
  /** What would be reported, as titles of the rules. */
  readonly hazards: readonly string[];
}

/** What the picture says about the entry whose bits are shown. */
export interface Surroundings {
  readonly walk: WalkPicture;
  readonly control: ControlBits;
  readonly maxPhyAddr: number;
  readonly pat: readonly PatType[];
  /** The attributes of the mapping that the address lies in. */
  readonly attrs: bigint | undefined;
  /** Those that a change under way writes. */
  readonly becoming?: bigint | undefined;
}

export interface BitsProps extends Surroundings, Pointing {
  readonly level: Level;
  readonly lit: Lit;
  /** By the machine address of the entry. */
  readonly draft: Draft | undefined;
  /** Absent while it is being computed. */
  readonly forecast: Forecast | undefined;
  /** Why there is none, when there will be none. */
  readonly noForecast: string | undefined;
  /** The PCPU that would write the word. */
  readonly pcpu: number;
  readonly onDraft: (ma: number, draft: Draft | undefined) => void;
  readonly onPoke: (ma: number, value: bigint) => void;
  /** Says what a draft would do. */
  readonly WhatIf: ComponentType<WhatIfProps>;
}

export interface WhatIfProps extends Pick<BitsProps, 'control' | 'forecast' | 'noForecast' | 'pcpu' | 'onPoke'> {
  readonly draft: Draft;
  readonly entry: WalkLevelPicture;
  readonly onDiscard: () => void;
}
