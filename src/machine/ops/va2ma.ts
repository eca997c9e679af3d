import { AC } from '../access';
import { done, type Act } from '../act';
import { isCanonical, lowVa, PAGE_SIZE, SPAN, type PageLevel } from '../address';
import type { Machine } from '../machine';
import { peek } from '../mmu';
import type { Va2MaOp } from '../op';

/** More pages than this are not followed one by one; the call answers for the first and says so. */
const MAX_PAGES = 65_536;

/** vmk_VA2MA: the machine address of a buffer that is contiguous in machine memory. */
export function va2ma(m: Machine, op: Va2MaOp): Act {
  const va = m.resolve(op.at) ?? 0n;
  const cycles = m.costs.check;
  if (!isCanonical(va))
    return done({ status: 'VMK_INVALID_ADDRESS', field: 'va', says: `0x${va.toString(16)} is not canonical.` }, cycles);
  if (op.length === 0n) return done({ status: 'VMK_BAD_PARAM', field: 'length', says: 'length is 0.' }, cycles);
  const low = lowVa(va);
  const first = translate(m, low);
  if (first === undefined)
    return done({ status: 'VMK_NOT_MAPPED', field: 'va', says: `0x${va.toString(16)} is not mapped.` }, cycles);
  const pages = Math.min(Math.ceil(((low % PAGE_SIZE) + Number(op.length)) / PAGE_SIZE), MAX_PAGES);
  for (let i = 1; i < pages; i++) {
    const ma = translate(m, low - (low % PAGE_SIZE) + i * PAGE_SIZE);
    if (ma !== first - (first % PAGE_SIZE) + i * PAGE_SIZE) {
      const says = `The buffer is not contiguous: page ${i + 1} ${ma === undefined ? 'is not mapped' : 'lies elsewhere'}.`;
      return done({ status: 'VMK_INVALID_ADDRESS', field: 'length', says }, cycles);
    }
  }
  return done(
    {
      status: 'VMK_OK',
      ma: first,
      says: `MA 0x${first.toString(16)}, contiguous over ${pages} ${pages === 1 ? 'page' : 'pages'}.`,
    },
    cycles,
  );
}

function translate(m: Machine, low: number): number | undefined {
  const walk = peek(m.paging, Math.floor(low / 2 ** 32), low | 0, AC);
  return walk.reason === 0 ? walk.mpn * PAGE_SIZE + (low % (SPAN[walk.level as PageLevel] * PAGE_SIZE)) : undefined;
}
