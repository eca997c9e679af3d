import type { Picture } from '../../engine/picture';
import type { Thing } from '../../engine/thing';
import { SPAN, lowVa, PAGE_SIZE } from '../../machine/address';
import { opOf, type Ask, type Lesson, type Select } from '../../scenario/lesson/lesson';
import type { Played } from './moment';

/** What a move selects: its own, or else that of the last move before it that says something. */
export const selectOf = ({ moves }: Lesson, move: number): Select =>
  moves.slice(0, move + 1).findLast(({ select }) => select)?.select ?? NOTHING;

/** What the page selects by itself stays. */
const NOTHING: Select = {};

/** What is selected when a question is answered: what it is about. */
export function selectAsked({ of }: Ask, select: Select): Select {
  if ('address' in of) return { address: of.address, ...('level' in of && { level: of.level }) };
  return select;
}

/** The thing that is marked; its walk is that of the address in the picture. Undefined: there is none of this kind now. */
export function thingOf(select: Select, { scenario }: Played, picture: Picture): Thing | undefined {
  const { address, level, pcpu, op, frame, hazard } = select;
  if (hazard !== undefined) {
    const index = picture.hazards.findIndex(({ rule }) => rule === hazard);
    return index < 0 ? undefined : { kind: 'hazard', index };
  }
  if (op !== undefined) return { kind: 'op', index: opOf(op, scenario) ?? 0 };
  if (frame !== undefined) return { kind: 'frame', mpn: frame, count: 1 };
  if (pcpu !== undefined) return address ? tlbEntry(pcpu, picture) : { kind: 'pcpu', id: pcpu };
  const { va, levels } = picture.walk;
  const entry = level === undefined ? undefined : levels.find((one) => one.level === level);
  if (entry) return { kind: 'entry', va, level: entry.level, tableMPN: entry.tableMPN, index: entry.index };
  return address ? { kind: 'va', va } : undefined;
}

/** The entry by which a PCPU translates the address, or else the PCPU. */
function tlbEntry(pcpu: number, { pcpus, walk }: Picture): Thing {
  const vpn = Math.floor(lowVa(walk.va) / PAGE_SIZE);
  for (const { name, entries } of pcpus[pcpu]?.caches?.tlbs ?? []) {
    const found = entries.find(({ va, level }) => {
      const first = Math.floor(lowVa(va) / PAGE_SIZE);
      return vpn >= first && vpn < first + SPAN[level];
    });
    if (!found) continue;
    const { set, way, va, level, mpn, born } = found;
    return { kind: 'tlb', pcpu, tlb: name, set, way, va, level, mpn, born };
  }
  return { kind: 'pcpu', id: pcpu };
}
