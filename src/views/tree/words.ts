import { ENTRY_NAMES, SPAN, TABLE_NAMES, type PageLevel } from '../../machine/address';
import type { TreeNode } from '../../engine/picture';
import type { Thing } from '../../engine/thing';
import { decimalGroups, hex } from '../../base/number';

const SIZES = { 1: '4 KiB', 2: '2 MiB', 3: '1 GiB', 4: '512 GiB' } as const;
const many = (count: number, one: string): string => `${decimalGroups(count)} ${one}${count === 1 ? '' : 's'}`;

/** The entries that lead to a node. */
export const slotsText = ({ kind, first, last }: TreeNode): string =>
  kind === 'absent' ? 'P = 0' : first === last ? `slot ${first}` : `slots ${first}–${last}`;

/** Whether the walk of the selected address ends here in a fault. */
export const stopsAt = ({ kind, onPath }: TreeNode): boolean => onPath && (kind === 'absent' || kind === 'reserved');

export const titleOf = ({ kind, level, first, last, pages }: TreeNode): string => {
  const count = last - first + 1;
  switch (kind) {
    case 'table':
      return TABLE_NAMES[level];
    case 'tables':
      return many(count, TABLE_NAMES[level]);
    case 'pages':
      return level === 1 ? many(pages, 'page') : `${count} × ${SIZES[level]}`;
    case 'reserved':
      return 'reserved bit';
    case 'absent':
      return `${ENTRY_NAMES[level]} ${first}`;
    default:
      return 'several runs';
  }
};

/** The same where there is little room and the size of the pages stands below. */
export const shortTitle = (node: TreeNode): string =>
  node.kind === 'pages' ? many(node.last - node.first + 1, 'page') : titleOf(node);

/** What a node holds. */
export function holdsText(node: TreeNode): string {
  const { kind, level, pages, again, atLeast, pat } = node;
  if (again) return again.kind === 'recursive' ? 'recursive: is above' : `shared: see ${again.id}`;
  if (stopsAt(node)) return 'the walk stops here';
  if (kind === 'reserved') return 'any use faults';
  if (kind === 'pages') return `${SIZES[level]} each, ${pat ?? ''}`;
  return pages === 0 && !atLeast ? 'no page' : `${atLeast ? '≥ ' : ''}${many(pages, 'page')}`;
}

/** The whole node for a screen reader and as a tooltip. */
export function nodeText(node: TreeNode, rights: string): string {
  const { kind, mpn, level, id, tables, again, more } = node;
  const what = kind === 'table' ? `${titleOf(node)} in MPN ${hex(mpn)}` : titleOf(node);
  const to = kind === 'pages' ? ` from MPN ${hex(mpn)}` : '';
  const slots = id === '' ? 'the root, in CR3' : slotsText(node);
  const below = tables > 0 && level > 1 && !again ? ` in ${many(tables, 'table')}` : '';
  const left = more > 0 ? `; ${more} more are not shown` : '';
  const where = again?.kind === 'recursive' ? `recursive: the table ${again.id || 'PML4'} above` : holdsText(node);
  const held = kind === 'absent' ? '' : `, rights ${rights}`;
  return `${what}${to}, ${slots}, ${where}${below}${held}${left}`;
}

/** What a node stands for in the other views. */
export function thingOf({ kind, level, va, mpn, pages }: TreeNode): Thing {
  if (kind === 'table' || kind === 'tables') return { kind: 'table', va, level, mpn };
  const isPage = kind === 'pages' && level < 4 && pages === SPAN[level];
  return { kind: 'va', va, ...(isPage && { level: level as PageLevel }) };
}

/** What it lights while it is pointed at: of a run of pages all its frames. */
export const pointedOf = (node: TreeNode): Thing =>
  node.kind === 'pages' ? { kind: 'frame', mpn: node.mpn, count: node.pages } : thingOf(node);
