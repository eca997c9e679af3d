import { PAGE_SIZE } from '../machine/address';
import type { TableImage } from '../machine/table-image';
import type { ImageDoc } from './form-image';
import { printWords } from './image-words';
import { countOrHex, hexText } from './print-value';

export const printImage = ({ root, frames }: TableImage): ImageDoc => ({
  cr3: hexText(root * PAGE_SIZE),
  frames: frames.map(({ mpn, words }) => ({ mpn: countOrHex(mpn), words: printWords(words) })),
});
