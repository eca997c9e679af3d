import type { AccessKind, Privilege } from '../machine/access';
import type { AddressRef, Op } from '../machine/op';
import type { Context, MapTypeName } from '../machine/vmkapi';
import type { Scenario } from '../scenario';

/** What stands in the request form, as typed: text stays text until an operation is made of it. */
export interface Draft {
  readonly module: string;
  readonly pcpu: number;
  readonly context: Context;
  readonly mapType: MapTypeName;
  /** VMK_MAPATTRS bits. */
  readonly attrs: number;
  readonly ranges: readonly RangeDraft[];
  /** Empty means NULL. */
  readonly reservation: string;
  readonly raw: RawDraft;
  readonly access: AccessDraft;
  readonly more: MoreDraft;
}
/** Numbers in place of what is chosen, so that a wrong one can be tried; empty: what is chosen. */
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
export interface AccessDraft {
  readonly pcpu: number;
  readonly kind: AccessKind;
  readonly privilege: Privilege;
  readonly ac: boolean;
  readonly count: string;
  readonly stride: string;
  /** The word that a write stores; empty: one that names the operation. */
  readonly value: string;
}

/** What can be done below the walk. */
export const TABS = ['access', 'invalidate', 'other'] as const;
export type Tab = (typeof TABS)[number];
/** What stands in the tabs beside Access; which of the fields count depends on what is chosen. */
export interface MoreDraft {
  /** The names of what is chosen, as src/machine/act-text.ts has them. */
  readonly invalidate: string;
  readonly other: string;
  readonly pcpu: number;
  readonly pcid: string;
  readonly keep: boolean;
  readonly module: string;
  readonly name: string;
  readonly resource: string;
  readonly reservation: string;
  readonly start: string;
  readonly length: string;
  /** vmk_IOResourceAttrs bits. */
  readonly ioAttrs: number;
}

/** The four things that the form can do. */
export const ACTS = ['map', 'unmap', 'change', 'access'] as const;
export type Act = (typeof ACTS)[number];

/** What is wrong, by field: `mpnRanges[0].startMPN`, `count`. */
export type Problems = Readonly<Record<string, string>>;
export type Reading = { readonly op: Op; readonly problems?: undefined } | { readonly problems: Problems };

export const EXAMPLE_DRAFT: Draft = {
  module: 'net',
  pcpu: 0,
  context: 'world',
  mapType: 'DEFAULT',
  attrs: 0b1_0001,
  ranges: [
    { startMPN: '6', numPages: '15' },
    { startMPN: '42', numPages: '9' },
  ],
  reservation: '',
  raw: { module: '', mapType: '', attrs: '' },
  access: {
    pcpu: 1,
    kind: 'read',
    privilege: 'supervisor',
    ac: false,
    count: '24',
    stride: '4096',
    value: '',
  },
  more: {
    invalidate: 'invlpg',
    other: 'va2ma',
    pcpu: 1,
    pcid: '0',
    keep: false,
    module: 'net',
    name: '',
    resource: '',
    reservation: '',
    start: '0xfea0_0000',
    length: '4096',
    ioAttrs: 0,
  },
};

/** A draft for a machine after so many operations: a PCPU, module or reservation that it has not gives way to one that it has. */
export function fitted(draft: Draft, { config, ops }: Scenario, begun: number): Draft {
  const { pcpus, modules, reservations } = config;
  const done = ops.slice(0, begun);
  const { module, pcpu, reservation, access, more } = draft;
  const loaded = done.some((op) => op.op === 'load' && op.module === module);
  const last = done.findLast(
    (op) => (op.op === 'reserve' ? op.as : op.op === 'release' && op.reservation) === reservation,
  );
  const reserved = last ? last.op === 'reserve' : reservations.some(({ name }) => name === reservation);
  return {
    ...draft,
    module: loaded || ['vmkernel', ...modules].includes(module) ? module : (modules[0] ?? 'vmkernel'),
    pcpu: Math.min(pcpu, pcpus - 1),
    reservation: reserved ? reservation : '',
    access: { ...access, pcpu: Math.min(access.pcpu, pcpus - 1) },
    more: { ...more, pcpu: Math.min(more.pcpu, pcpus - 1) },
  };
}

export interface Target {
  /** How many PCPUs there are. */
  readonly pcpus: number;
  /** The name for a mapping to be made. */
  readonly name: string;
  /** The selected mapping, by its start, and the selected address. */
  readonly mapping: AddressRef | undefined;
  readonly address: AddressRef;
}

/** As many as the form holds: a row is a handful of controls. */
export const MAX_RANGES = 100;
