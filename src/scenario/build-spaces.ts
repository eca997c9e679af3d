import { hexGroups } from '../base/number';
import { DEFAULT_ALIAS, DEFAULT_WINDOW, type MachineConfig } from '../machine/config';
import { LOWER_HALF_PAGES, type ConfigDoc } from './form-config';
import type { Report } from './problem';

/** A range of virtual addresses, in pages. */
interface Space {
  readonly vpn: number;
  readonly pages: number;
}

/** How many pages a space has when only its start is given: as many as usual, or as fit into the lower half. */
export const usualPages = (vpn: number, usual: Space): number => Math.min(usual.pages, LOWER_HALF_PAGES - vpn);

/** The window of vmk_Map and the linear alias, which must lie apart. */
export function buildSpaces(doc: ConfigDoc, report: Report): Pick<MachineConfig, 'window' | 'alias'> {
  const window = buildSpace(doc.window, DEFAULT_WINDOW, 'config.window', report);
  if (doc.alias === false) return { window, alias: undefined };
  const alias = buildSpace(doc.alias === true ? {} : doc.alias, DEFAULT_ALIAS, 'config.alias', report);
  if (window.vpn < alias.vpn + alias.pages && alias.vpn < window.vpn + window.pages) {
    report.add('config.window', text(window), `must not overlap the linear alias, ${text(alias)}`);
  }
  return { window, alias };
}

function buildSpace(
  doc: { va?: number | undefined; pages?: number | undefined },
  usual: Space,
  path: string,
  report: Report,
): Space {
  const vpn = doc.va ?? usual.vpn;
  const pages = doc.pages ?? usualPages(vpn, usual);
  if (vpn + pages > LOWER_HALF_PAGES) {
    const rule = `must be at most ${LOWER_HALF_PAGES - vpn}, to end in the lower canonical half`;
    report.add(`${path}.pages`, String(pages), rule);
  }
  return { vpn, pages };
}

const text = ({ vpn, pages }: Space): string => `${hexGroups(vpn * 4096)} to ${hexGroups((vpn + pages) * 4096 - 1)}`;
