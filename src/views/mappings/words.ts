import { decimalGroups } from '../../base/number';
import type { MappingPicture } from '../../engine/picture';

/** The size of so many 4 KiB pages, in the largest unit that leaves no fraction. */
export function sizeText(pages: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let [size, unit] = [pages * 4, 0];
  while (size >= 1024 && size % 1024 === 0 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${decimalGroups(size)} ${units[unit]}`;
}

/** Whether vmk_MapChangeAttributes may be used, in a word and in a sentence. */
export function changeText({ kind, mightChange }: MappingPicture): { readonly word: string; readonly says: string } {
  if (kind === 'alias') {
    return {
      word: 'fast path',
      says: 'Answered from the linear alias of RAM: no entry was written, and it cannot change',
    };
  }
  return mightChange
    ? { word: 'may change', says: 'Mapped with MIGHTCHANGE: vmk_MapChangeAttributes is allowed' }
    : { word: 'fixed', says: 'Mapped without MIGHTCHANGE: vmk_MapChangeAttributes is refused' };
}
