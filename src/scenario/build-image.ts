import { hex } from '../base/number';
import { PAGE_SIZE } from '../machine/address';
import type { MachineConfig } from '../machine/config';
import { readImage } from '../machine/image';
import type { TableImage } from '../machine/table-image';
import type { ConfigDoc } from './form-config';
import type { ReadImageDoc } from './form-image';
import { shortValue, type Report } from './problem';

/** The tables of an image. They are all there are, so that a linear alias has no place beside them. */
export function buildImage(
  doc: ReadImageDoc,
  { alias, maxPhyAddr, control }: ConfigDoc,
  window: MachineConfig['window'],
  report: Report,
): TableImage {
  const root = Math.floor(doc.cr3 / PAGE_SIZE);
  const seen = new Map<number, number>();
  const limit = 2 ** (maxPhyAddr - 12);
  doc.frames.forEach(({ mpn }, i) => {
    const path = `config.image.frames[${i}].mpn`;
    const earlier = seen.get(mpn);
    if (mpn >= limit) report.add(path, shortValue(mpn), `must be below ${hex(limit)}: MAXPHYADDR is ${maxPhyAddr}`);
    if (earlier === undefined) seen.set(mpn, i);
    else report.add(path, shortValue(mpn), `must be unique; config.image.frames[${earlier}] is the same`);
  });
  if (doc.cr3 % PAGE_SIZE !== 0)
    report.add('config.image.cr3', hex(doc.cr3), 'must be a multiple of 4096: the low bits of CR3 are no part of it');
  else if (!seen.has(root))
    report.add('config.image.cr3', hex(doc.cr3), 'must be the address of one of the frames; the PML4 is missing');
  if (alias !== false)
    report.add('config.alias', shortValue(alias), 'must be false beside an image, whose tables are all there are');
  return readImage(root, doc.frames, { control, maxPhyAddr, window });
}
