import type { ReactNode } from 'react';
import type { MappingPicture, ModulePicture, Outcome, Prediction } from '../../engine/picture';
import type { Context, MapTypeName } from '../../machine/vmkapi';

/** The form as typed; numbers are text until the operation is made. */
export interface RequestDraft {
  readonly module: string;
  readonly pcpu: number;
  readonly context: Context;
  readonly mapType: MapTypeName;
  readonly attrs: number;
  readonly ranges: readonly RangeDraft[];
  readonly reservation: string;
  /** Numbers in place of what is chosen above; empty: what is chosen. */
  readonly raw: RawDraft;
}
export interface RawDraft {
  readonly module: string;
  readonly mapType: string;
  /** Bits beside those of the five attributes. */
  readonly attrs: string;
}
export interface RangeDraft {
  readonly startMPN: string;
  readonly numPages: string;
}

export type RequestAct = 'map' | 'unmap' | 'change' | 'access';
/** Lines as rows, at most as many as there is room for, and in words what was left out. */
export type ReadRanges = (
  text: string,
  room?: number,
) => { readonly rows: readonly RangeDraft[]; readonly left: string };
/** Why a field is wrong, by its path: `mpnRanges[0].startMPN`. */
export type FieldProblems = Readonly<Record<string, string>>;

export interface RequestProps {
  /** Other ways to write the request; they stand beside the heading. */
  readonly ways?: ReactNode;
  readonly draft: RequestDraft;
  /** What there is to choose from. */
  readonly pcpus: number;
  readonly modules: readonly Pick<ModulePicture, 'id' | 'name' | 'loaded'>[];
  readonly reservations: readonly string[];
  readonly resources: readonly string[];
  /** The selected one. */
  readonly mapping: MappingPicture | undefined;
  readonly forecast: {
    readonly act: RequestAct;
    readonly prediction?: Prediction | undefined;
    readonly problems: FieldProblems;
  };
  /** The last call that has ended. */
  readonly lastCall: Outcome | undefined;
  readonly mostRanges: number;
  readonly readRanges: ReadRanges;
  /** What stands in the field for pasted lines, while it is open. */
  readonly lines: string | undefined;
  readonly onLines: (text: string | undefined) => void;
  readonly onDraft: (change: Partial<RequestDraft>) => void;
  readonly onAct: (act: RequestAct) => void;
  /** The reader is about to press a button. */
  readonly onConsider: (act: RequestAct) => void;
  readonly onReserve: (resource: string) => void;
  readonly onSelect: (va: bigint) => void;
}

/** The problems of both kinds: what could not be read, and what the call would refuse. */
export function problemsOf({ prediction, problems }: RequestProps['forecast']): FieldProblems {
  const field = prediction?.outcome.field;
  if (field === undefined) return problems;
  return { ...problems, [field]: prediction?.outcome.says ?? '' };
}
