import type { ControlBits } from '../../machine/control-bits';
import type { PatType } from '../../machine/memory-type';
import type { Level } from '../../machine/address';
import type { ComponentType } from 'react';
import type { Tried, WalkLevelPicture, WalkPicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import type { Pointing } from '../pointing';

/** An entry as it is to become: the text as typed, and the last value that it stood for. */
export interface Draft {
  readonly text: string;
  readonly value: bigint;
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
  /** The moment of the walk with the entry as it is and as it is drafted; absent while it is being computed. */
  readonly forecast: Tried | undefined;
  /** Why there is none, when there will be none. */
  readonly noForecast: string | undefined;
  /** The PCPU that would write the word. */
  readonly pcpu: number;
  /** While an operation is under way: the one that the poke would come behind. */
  readonly behind: string | undefined;
  readonly onDraft: (ma: number, draft: Draft | undefined) => void;
  readonly onPoke: (ma: number, value: bigint) => void;
  /** Says what a draft would do. */
  readonly WhatIf: ComponentType<WhatIfProps>;
}

export interface WhatIfProps extends Pick<
  BitsProps,
  'control' | 'maxPhyAddr' | 'forecast' | 'noForecast' | 'behind' | 'pcpu' | 'onPoke'
> {
  readonly draft: Draft;
  readonly entry: WalkLevelPicture;
  /** How many bits the reader has flipped; with each, what comes of it is to be in view. */
  readonly flips: number;
  readonly onDiscard: () => void;
}
