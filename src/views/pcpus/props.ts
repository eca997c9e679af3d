import type { ComponentType, ReactNode } from 'react';
import type { PcpuPicture, TlbEntryPicture } from '../../engine/picture';
import type { Lit, Thing } from '../../engine/thing';
import type { TlbName } from '../../machine/tlb';
import type { Places } from './places';

/** What every part of the view reports. */
export interface Marked {
  readonly onHover: (thing: Thing | undefined) => void;
  readonly onSelect: (thing: Thing) => void;
}

export interface PcpusProps extends Marked {
  readonly pcpus: readonly PcpuPicture[];
  readonly step: number;
  /** The selected address. */
  readonly va: bigint;
  readonly lit: Lit;
  readonly selected: Thing;
  /** The PCPUs whose lanes are opened, where there are too many for a lane each. */
  readonly open: readonly number[];
  /** The PCPUs whose entries are listed. */
  readonly listed: readonly number[];
  /** Draws what is on its way between the places: apart, because it alone moves between two steps. */
  readonly flights: (places: Places) => ReactNode;
  /** Shows more of them than have a lane each. */
  readonly Many: ComponentType<ManyProps>;
  /** The same as a list, where the picture of them is too small to be pressed. */
  readonly list?: ReactNode;
  /** Tells of a message; of the selected one also what can be done with it. */
  readonly message?: (index: number, selected: boolean) => ReactNode;
  readonly onSeek: (step: number) => void;
  readonly onToggle: (id: number) => void;
  readonly onList: (id: number) => void;
}

/** Up to so many PCPUs have a lane with all their TLBs, then a line, then a tile. */
export type Form = 'lanes' | 'rows' | 'tiles';

export type ManyProps = PcpusProps & { readonly form: Form };

type ForLanes = Pick<PcpusProps, 'step' | 'va' | 'lit' | 'onList' | 'onHover' | 'onSelect'>;
export const laneProps = ({ step, va, lit, listed, onList, onHover, onSelect }: PcpusProps, pcpu: PcpuPicture) => ({
  ...({ step, va, lit, onList, onHover, onSelect } satisfies ForLanes),
  pcpu,
  isListed: listed.includes(pcpu.id),
});

/** A TLB entry with where it was met. */
export interface Place {
  readonly pcpu: number;
  readonly tlb: TlbName;
  readonly entry: TlbEntryPicture;
}

export const entryThing = ({ pcpu, tlb, entry: { set, way, va, level, mpn, born } }: Place): Thing => ({
  kind: 'tlb',
  pcpu,
  tlb,
  set,
  way,
  va,
  level,
  mpn,
  born,
});

/** Where a TLB entry is that was pointed at or selected, if it still is. */
export function entryOf(thing: Thing | undefined, pcpus: readonly PcpuPicture[]): Place | undefined {
  if (thing?.kind !== 'tlb') return undefined;
  const { pcpu, tlb, set, way, va } = thing;
  const held = pcpus[pcpu]?.caches?.tlbs.find(({ name }) => name === tlb);
  const entry = held?.entries.find((one) => one.set === set && one.way === way && one.va === va);
  return entry && { pcpu, tlb, entry };
}
