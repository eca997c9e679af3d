import type { MachineConfig } from './config';
import type { Region } from './regions';
import { cutRange, type Segment } from './segments';

type AliasWindow = MachineConfig['alias'];

/** The RAM that the read-only linear alias shows, as frames [start, end): all below the size of its window. */
export function aliasRam(
  regions: readonly Region[],
  alias: AliasWindow,
): readonly { readonly start: number; readonly end: number }[] {
  if (!alias) return [];
  return regions
    .filter(({ kind, startMPN }) => kind === 'ram' && startMPN < alias.pages)
    .map(({ startMPN, pages }) => ({ start: startMPN, end: Math.min(startMPN + pages, alias.pages) }));
}

/** How the alias maps it: in the largest pages that fit. */
export const aliasSegments = (regions: readonly Region[], alias: AliasWindow): readonly Segment[] =>
  aliasRam(regions, alias).flatMap(({ start, end }) =>
    Array.from(cutRange((alias?.vpn ?? 0) + start, start, end - start, 3)),
  );
