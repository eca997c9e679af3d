import { decimalGroups } from '../../base/number';
import type { MappingPicture } from '../../engine/picture';

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];
/** A larger number is rounded to a larger unit; how many pages it is stands beside it. */
const EXACT = 100_000;

/** The size of so many 4 KiB pages, in the largest unit that leaves no fraction, or about that. */
export function sizeText(pages: number): string {
  const exact = inUnit(pages * 4, (size) => size % 1024 === 0);
  if (exact.size < EXACT) return `${decimalGroups(exact.size)} ${exact.unit}`;
  const about = inUnit(pages * 4, () => true);
  return `≈ ${Number(about.size.toPrecision(4))} ${about.unit}`;
}

function inUnit(kib: number, goesOn: (size: number) => boolean): { readonly size: number; readonly unit: string } {
  let [size, at] = [kib, 0];
  while (size >= 1024 && goesOn(size) && at < UNITS.length - 1) {
    size /= 1024;
    at++;
  }
  return { size, unit: UNITS[at] };
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
