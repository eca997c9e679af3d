import { hex } from '../base/number';
import {
  DEFAULT_REGIONS,
  DEFAULT_RESOURCES,
  defaultMtrrs,
  defaultPool,
  TLB_PRESETS,
  type IoResourceConfig,
  type MachineConfig,
} from '../machine/config';
import { RegionMap, type Region } from '../machine/regions';
import { TLB_NAMES, type TlbGeometry } from '../machine/tlb';
import { buildImage } from './build-image';
import { checkPool, frameSpan } from './build-pool';
import { buildMtrrs } from './build-mtrrs';
import { buildSpaces } from './build-spaces';
import type { ConfigDoc } from './form-config';
import { suggestion } from './nearest';
import { shortValue, type Report } from './problem';

/** The machine that a document asks for. What is wrong goes to the report; the result is then of no use. */
export function buildConfig(doc: ConfigDoc, report: Report): MachineConfig {
  const regions = buildRegions(doc, report);
  const resources = buildResources(doc, report);
  checkReservations(doc, resources, report);
  checkModules(doc.modules, report);
  const tablePool = doc.tablePool ?? defaultPool(regions);
  const spaces = buildSpaces(doc, report);
  checkPool(tablePool, doc, regions, spaces.alias, report);
  const { pcpus, maxPhyAddr, reservations, modules, control, pat, structureCaches, policies, costs } = doc;
  return {
    ...{ pcpus, maxPhyAddr, regions, resources, reservations, modules, control, pat, structureCaches, policies, costs },
    tablePool,
    mtrrs: doc.mtrrs ? buildMtrrs(doc.mtrrs, maxPhyAddr, 'config.mtrrs', report) : defaultMtrrs(maxPhyAddr),
    tlb: buildTlb(doc.tlb, report),
    ...spaces,
    ...(doc.image && { image: buildImage(doc.image, doc, spaces.window, report) }),
  };
}

const mpnLimit = (maxPhyAddr: number): number => 2 ** (maxPhyAddr - 12);

function buildRegions({ regions, maxPhyAddr }: ConfigDoc, report: Report): readonly Region[] {
  if (!regions) return DEFAULT_REGIONS;
  const named = regions.map(({ kind, name, startMPN, pages }) => ({ kind, name: name ?? kind, startMPN, pages }));
  const map = RegionMap.make(named, mpnLimit(maxPhyAddr));
  if (!map.ok) {
    const { index, message } = map.error;
    report.add(`config.regions[${index}]`, frameSpan(named[index]), `must fit, but ${message}`);
  }
  return named;
}

function buildResources({ regions, resources, maxPhyAddr }: ConfigDoc, report: Report): readonly IoResourceConfig[] {
  if (!resources) return regions ? [] : DEFAULT_RESOURCES;
  checkUnique(
    resources.map(({ name }) => name),
    (i) => `config.resources[${i}].name`,
    report,
  );
  resources.forEach(({ start, length }, i) => {
    if (start + length > 2 ** maxPhyAddr) {
      report.add(
        `config.resources[${i}].length`,
        shortValue(length),
        `must end at or below ${hex(2 ** maxPhyAddr)}, 2^MAXPHYADDR`,
      );
    }
  });
  return resources;
}

function checkReservations(doc: ConfigDoc, resources: readonly IoResourceConfig[], report: Report): void {
  const modules = ['vmkernel', ...doc.modules];
  const names = resources.map(({ name }) => name);
  const taken = new Set<string>();
  checkUnique(
    doc.reservations.map(({ name }) => name),
    (i) => `config.reservations[${i}].name`,
    report,
  );
  doc.reservations.forEach(({ module, resource }, i) => {
    const path = `config.reservations[${i}]`;
    if (!modules.includes(module)) {
      report.add(
        `${path}.module`,
        shortValue(module),
        () => `must name a module of the configuration${suggestion(module, modules)}`,
      );
    }
    const found = resources[names.indexOf(resource)];
    if (!found) {
      report.add(
        `${path}.resource`,
        shortValue(resource),
        () => `must name an IO resource of the configuration${suggestion(resource, names)}`,
      );
    } else if (taken.has(resource) && !found.attrs.includes('SHAREABLE')) {
      report.add(`${path}.resource`, shortValue(resource), 'must be reserved once, since it is not SHAREABLE');
    }
    taken.add(resource);
  });
}

function checkModules(modules: readonly string[], report: Report): void {
  checkUnique(modules, (i) => `config.modules[${i}]`, report);
  const at = modules.indexOf('vmkernel');
  if (at >= 0) report.add(`config.modules[${at}]`, '"vmkernel"', 'must not be listed: it is always there, as module 0');
}

function checkUnique(names: readonly string[], path: (i: number) => string, report: Report): void {
  const seen = new Map<string, number>();
  names.forEach((name, i) => {
    const earlier = seen.get(name);
    if (earlier !== undefined) report.add(path(i), shortValue(name), `must be unique; ${path(earlier)} is the same`);
    else seen.set(name, i);
  });
}

function buildTlb(doc: ConfigDoc['tlb'], report: Report): TlbGeometry {
  if (typeof doc === 'string') return TLB_PRESETS[doc];
  for (const name of TLB_NAMES) {
    const { entries, ways } = doc[name] ?? TLB_PRESETS.full[name];
    const sets = entries / ways;
    if (Number.isInteger(sets) && sets <= 4096 && Number.isInteger(Math.log2(sets))) continue;
    const rule = 'must have a power of two of sets, at most 4096; sets are entries divided by ways';
    report.add(`config.tlb.${name}`, `${entries} entries in ${ways} ways`, rule);
  }
  return Object.fromEntries(
    TLB_NAMES.map((name) => [name, doc[name] ?? TLB_PRESETS.full[name]]),
  ) as unknown as TlbGeometry;
}
