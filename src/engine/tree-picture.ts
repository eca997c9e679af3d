import type { Machine } from '../machine/machine';
import type { TreePicture } from './picture-tree';

/** The tables below CR3, as far as they are opened. */
export function treePicture(m: Machine, _open: readonly string[]): TreePicture {
  const root = { id: '', kind: 'table', level: 4, mpn: m.paging.root, first: 0, last: 0, va: 0n } as const;
  return { root: { ...root, pages: 0, tables: 0, rights: 0, opens: false }, more: 0 };
}
