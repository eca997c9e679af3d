import {
  DEFAULT_ALIAS,
  DEFAULT_WINDOW,
  defaultPool,
  LIMITS,
  POLICIES,
  type LimitName,
  type MachineConfig,
  type Policies,
  type PolicyName,
} from '../machine/config';
import { CONTROL_BITS, type ControlBits, type ControlName } from '../machine/control-bits';
import type { MemoryType, PatType } from '../machine/memory-type';
import type { Mtrrs } from '../machine/mtrr';
import { TLB_NAMES, type TlbName } from '../machine/tlb';
import type { ImageDoc } from './form-image';
import { usualPages } from './build-spaces';
import { printImage } from './print-image';
import { printFixed, printVariable } from './print-mtrrs';
import { countOrHex, hexText, same } from './print-value';

/** Every part of a machine as text that a reader can change: nothing is left out because it is as usual. Numbers are as typed. */
export interface WholeConfig {
  readonly pcpus: string;
  readonly maxPhyAddr: string;
  readonly regions: readonly WholeRegion[];
  /** Both empty: where vmkernel puts it by itself. */
  readonly tablePool: WholeFrames;
  readonly resources: readonly {
    readonly name: string;
    readonly start: string;
    readonly length: string;
    readonly attrs: readonly string[];
  }[];
  readonly reservations: readonly { readonly name: string; readonly module: string; readonly resource: string }[];
  readonly modules: readonly string[];
  readonly control: Readonly<Record<ControlName, boolean>>;
  readonly pat: readonly PatType[];
  readonly mtrrs: WholeMtrrs;
  readonly tlb: Readonly<Record<TlbName, { readonly entries: string; readonly ways: string }>>;
  readonly structureCaches: boolean;
  /** Without pages: as many as usual. */
  readonly window: WholeSpace;
  readonly alias: WholeSpace & { readonly on: boolean };
  /** Not for changing, but not to be lost either. */
  readonly image?: ImageDoc | undefined;
  readonly policies: Readonly<Record<PolicyName | LimitName, string>>;
  readonly costs: string;
}
interface WholeFrames {
  readonly startMPN: string;
  readonly pages: string;
}
interface WholeRegion extends WholeFrames {
  readonly kind: string;
  readonly name: string;
}
interface WholeSpace {
  readonly va: string;
  readonly pages: string;
}
export interface WholeMtrrs {
  readonly enabled: boolean;
  readonly fixedEnabled: boolean;
  readonly defaultType: MemoryType;
  readonly fixed: readonly { readonly start: string; readonly end: string; readonly type: string }[];
  /** By start and size, or as the two registers hold it. */
  readonly variable: readonly Readonly<Record<string, string>>[];
}

const count = (value: number): string => String(countOrHex(value));

const spaceOf = ({ vpn, pages }: MachineConfig['window'], usual: MachineConfig['window']): WholeSpace => ({
  va: hexText(vpn * 4096),
  pages: pages === usualPages(vpn, usual) ? '' : count(pages),
});

export function wholeConfig(config: MachineConfig): WholeConfig {
  const { regions, tablePool, alias, maxPhyAddr } = config;
  return {
    pcpus: String(config.pcpus),
    maxPhyAddr: String(maxPhyAddr),
    regions: regions.map(({ kind, name, startMPN, pages }) => ({
      ...{ kind, name },
      startMPN: count(startMPN),
      pages: count(pages),
    })),
    tablePool: same(tablePool, defaultPool(regions))
      ? { startMPN: '', pages: '' }
      : { startMPN: count(tablePool.startMPN), pages: count(tablePool.pages) },
    resources: config.resources.map(({ name, start, length, attrs }) => ({
      name,
      start: hexText(start),
      length: count(length),
      attrs,
    })),
    reservations: config.reservations,
    modules: config.modules,
    control: wholeControl(config.control),
    pat: config.pat,
    mtrrs: wholeMtrrs(config.mtrrs, maxPhyAddr),
    tlb: Object.fromEntries(
      TLB_NAMES.map((name) => [
        name,
        { entries: String(config.tlb[name].entries), ways: String(config.tlb[name].ways) },
      ]),
    ) as WholeConfig['tlb'],
    structureCaches: config.structureCaches,
    window: spaceOf(config.window, DEFAULT_WINDOW),
    alias: { on: alias !== undefined, ...spaceOf(alias ?? DEFAULT_ALIAS, DEFAULT_ALIAS) },
    ...(config.image && { image: printImage(config.image) }),
    policies: wholePolicies(config.policies),
    costs: config.costs,
  };
}

export const wholeControl = (control: ControlBits): WholeConfig['control'] =>
  Object.fromEntries(
    Object.entries(CONTROL_BITS).map(([name, field]) => [name, control[field]]),
  ) as WholeConfig['control'];

export const wholePolicies = (policies: Policies): WholeConfig['policies'] =>
  Object.fromEntries(
    [...Object.keys(POLICIES), ...Object.keys(LIMITS)].map((name) => [
      name,
      String(policies[name as PolicyName | LimitName]),
    ]),
  ) as WholeConfig['policies'];

const texts = (fields: object): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

export const wholeMtrrs = ({ fixed, variable, ...rest }: Mtrrs, maxPhyAddr: number): WholeMtrrs => ({
  ...rest,
  fixed: printFixed(fixed).map((range) => texts(range as object)) as unknown as WholeMtrrs['fixed'],
  variable: variable.map((pair) => texts(printVariable(pair, maxPhyAddr) as object)),
});

/** The configuration of a document that asks for exactly this machine. */
export function configDocument({ tablePool, window, alias, ...rest }: WholeConfig): Record<string, unknown> {
  const { on, ...space } = alias;
  const pool = filled(tablePool);
  return {
    ...rest,
    ...(Object.keys(pool).length > 0 && { tablePool: pool }),
    window: filled(window),
    alias: on && filled(space),
  };
}

/** Without the fields that are empty. */
const filled = (fields: object): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => String(text).trim() !== ''));
