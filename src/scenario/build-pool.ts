import { aliasSegments } from '../machine/alias';
import type { MachineConfig } from '../machine/config';
import { RegionMap, type Region } from '../machine/regions';
import { countNeeds, tablesNeeded } from '../machine/tables';
import type { ConfigDoc } from './form-config';
import type { Report } from './problem';

type Frames = MachineConfig['tablePool'];

export const frameSpan = ({ startMPN, pages }: Frames): string => `MPN ${startMPN} to ${startMPN + pages - 1}`;

/** The pool must be RAM, and hold what the machine has at its start: the PML4 and the tables of the linear alias. */
export function checkPool(
  pool: Frames,
  doc: ConfigDoc,
  regions: readonly Region[],
  alias: MachineConfig['alias'],
  report: Report,
): void {
  const map = RegionMap.make(regions, 2 ** (doc.maxPhyAddr - 12));
  if (!map.ok) return;
  const path = doc.tablePool ? 'config.tablePool' : 'config.regions';
  if (pool.pages === 0) return report.add(path, 'without RAM', 'must have RAM, or paging structures have no place');
  if (!map.value.isRam(pool.startMPN, pool.startMPN + pool.pages))
    return report.add(path, frameSpan(pool), 'must lie in RAM');
  // The PML4 of an image stands where the image says.
  if (doc.image) return undefined;
  const least = 1 + countNeeds(tablesNeeded(aliasSegments(map.value.regions, alias)));
  if (pool.pages >= least) return;
  const wanted = `must have at least ${least} pages: the PML4 and the tables of the linear alias`;
  report.add(
    path,
    `a pool of ${pool.pages} ${pool.pages === 1 ? 'page' : 'pages'} for tables`,
    `${wanted}${doc.tablePool ? '' : '; name a larger tablePool'}`,
  );
}
