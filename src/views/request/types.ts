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
  /** Tabs with the ways to write what happens; they stand beside the heading. */
  readonly ways?: ReactNode;
  /** The tab that is open, and what it shows in place of the form. */
  readonly way?: { readonly tab: string; readonly shown: ReactNode } | undefined;
  readonly draft: RequestDraft;
  /** What there is to choose from. */
  readonly pcpus: number;
  readonly modules: readonly Pick<ModulePicture, 'id' | 'name' | 'loaded'>[];
  readonly reservations: readonly string[];
  readonly resources: readonly string[];
  /** The selected one. */
  readonly mapping: MappingPicture | undefined;
  /** What cannot be read of the form's own fields. */
  readonly problems: FieldProblems;
  readonly forecast: {
    readonly act: RequestAct;
    readonly prediction?: Prediction | undefined;
    readonly problems: FieldProblems;
    /** What vmk_Map would refuse, whichever button is considered. */
    readonly refusal?: { readonly field: string; readonly says: string } | undefined;
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

/** What the fields are called where a sentence about them begins. */
const SUBJECTS: Readonly<Record<string, string>> = {
  pcpu: 'PCPU',
  module: 'Raw module id',
  mapType: 'Raw type',
  attrs: 'Other bits',
  startMPN: 'Start MPN',
  numPages: 'Pages',
};

/** `Start MPN is empty`: a problem with its subject. */
const sentence = (field: string, says: string): string => `${SUBJECTS[/\w+$/.exec(field)?.[0] ?? ''] ?? field} ${says}`;

/** By field, in sentences: what could not be read, and what the call would refuse. A field keeps its own whichever button is considered. */
export function problemsOf({ problems, forecast }: Pick<RequestProps, 'problems' | 'forecast'>): FieldProblems {
  const { act, prediction, refusal } = forecast;
  const { field, says } = prediction?.outcome ?? {};
  return {
    ...(refusal && { [refusal.field]: refusal.says }),
    ...(field !== undefined && act !== 'access' && { [field]: says ?? '' }),
    ...Object.fromEntries(Object.entries(problems).map(([name, text]) => [name, sentence(name, text)])),
  };
}
