import {
  DEFAULT_ALIAS,
  DEFAULT_CONFIG,
  DEFAULT_POLICIES,
  DEFAULT_REGIONS,
  DEFAULT_RESOURCES,
  DEFAULT_WINDOW,
  defaultMtrrs,
  defaultPool,
  TLB_PRESETS,
  type IoResourceConfig,
  type MachineConfig,
} from '../machine/config';
import { CONTROL_BITS, DEFAULT_CONTROL, type ControlBits } from '../machine/control-bits';
import { decodePat, PAT_POWER_ON } from '../machine/memory-type';
import type { Region } from '../machine/regions';
import type { TlbGeometry } from '../machine/tlb';
import { usualPages } from './build-spaces';
import { printImage } from './print-image';
import { printMtrrs } from './print-mtrrs';
import { countOrHex, defined, differing, hexText, same } from './print-value';

/** What of a machine is not as usual, as a document writes it. */
export function printConfig(config: MachineConfig): Record<string, unknown> {
  const { maxPhyAddr, regions, mtrrs } = config;
  const usualRegions = same(regions, DEFAULT_REGIONS);
  const plain = ({ pcpus, modules, structureCaches, costs, reservations }: MachineConfig) => {
    return { pcpus, maxPhyAddr: config.maxPhyAddr, modules, structureCaches, costs, reservations };
  };
  const usual = { ...plain(DEFAULT_CONFIG), maxPhyAddr: DEFAULT_CONFIG.maxPhyAddr };
  return defined({
    ...differing(plain(config), usual),
    regions: usualRegions ? undefined : regions.map(printRegion),
    tablePool: same(config.tablePool, defaultPool(regions)) ? undefined : printFrames(config.tablePool),
    resources: same(config.resources, usualRegions ? DEFAULT_RESOURCES : [])
      ? undefined
      : config.resources.map(printResource),
    control: unlessEmpty(printControl(config.control)),
    pat: printPat(config.pat),
    mtrrs: same(mtrrs, defaultMtrrs(maxPhyAddr)) ? undefined : printMtrrs(mtrrs, maxPhyAddr),
    tlb: printTlb(config.tlb),
    window: unlessEmpty(printSpace(config.window, DEFAULT_WINDOW)),
    alias: config.alias ? unlessEmpty(printSpace(config.alias, DEFAULT_ALIAS)) : false,
    image: config.image && printImage(config.image),
    policies: unlessEmpty(differing(config.policies, DEFAULT_POLICIES)),
  });
}

const unlessEmpty = (fields: Record<string, unknown>) => (Object.keys(fields).length > 0 ? fields : undefined);

const printFrames = ({ startMPN, pages }: { readonly startMPN: number; readonly pages: number }) => ({
  startMPN: countOrHex(startMPN),
  pages: countOrHex(pages),
});

const printRegion = ({ kind, name, ...frames }: Region) =>
  defined({ kind, name: name === kind ? undefined : name, ...printFrames(frames) });

const printResource = ({ name, start, length, attrs }: IoResourceConfig) =>
  defined({ name, start: hexText(start), length: countOrHex(length), attrs: attrs.length > 0 ? attrs : undefined });

const printControl = (control: ControlBits) =>
  Object.fromEntries(
    Object.entries(CONTROL_BITS)
      .filter(([, field]) => control[field] !== DEFAULT_CONTROL[field])
      .map(([name, field]) => [name, control[field]]),
  );

function printPat(pat: MachineConfig['pat']): unknown {
  if (same(pat, DEFAULT_CONFIG.pat)) return undefined;
  const powerOn = decodePat(PAT_POWER_ON);
  return powerOn.ok && same(pat, powerOn.value) ? 'power-on' : pat;
}

function printTlb(tlb: TlbGeometry): unknown {
  if (same(tlb, TLB_PRESETS.full)) return undefined;
  return same(tlb, TLB_PRESETS.teaching) ? 'teaching' : differing(tlb, TLB_PRESETS.full);
}

type Space = MachineConfig['window'];

const printSpace = ({ vpn, pages }: Space, usual: Space) =>
  defined({
    va: vpn === usual.vpn ? undefined : hexText(vpn * 4096),
    pages: pages === usualPages(vpn, usual) ? undefined : countOrHex(pages),
  });
