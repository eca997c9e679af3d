import type { Machine } from './machine';
import { TypeResolver } from './mmu';
import { IntervalMap } from '../base/interval-map';
import { OrderedMap } from '../base/ordered-map';

/** Everything a machine is, as text: the state by content, every word of memory that is not 0, and all caches entry by entry. */
export function digest(m: Machine): string {
  return `${stateText(m.state)}\n${memoryText(m)}\n${cachesText(m)}`;
}

/** Content in place of the objects that carry it; what only makes look-ups fast is left out. */
export const stateText = (state: unknown): string =>
  JSON.stringify(state, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof OrderedMap) return [...value.entries()];
    if (value instanceof IntervalMap) return [...value.all()];
    if (value instanceof TypeResolver) return { pat: value.pat, mtrrs: value.mtrr.mtrrs };
    if (ArrayBuffer.isView(value)) return [...(value as Uint8Array)];
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    return value;
  });

/** Frames read from long folded runs; the others of a run follow from the same numbers. */
const MOST_FRAMES = 64;

export function memoryText({ memory }: Machine): string {
  const frames = new Set(memory.plainWithin(0, Infinity));
  const runs: string[] = [];
  for (const { start, end, value } of memory.runsWithin(0, Number.MAX_SAFE_INTEGER)) {
    for (let mpn = start; mpn < Math.min(end, start + MOST_FRAMES); mpn++) frames.add(mpn);
    if (end - start > MOST_FRAMES) runs.push(`${start}-${end} ${JSON.stringify(value)}`);
  }
  const lines = [...frames]
    .toSorted((a, b) => a - b)
    .flatMap((mpn) => {
      const words = memory.read(mpn);
      const held: string[] = [];
      for (let i = 0; i < words.length; i++) if (words[i] !== 0) held.push(`${i}:${words[i]}`);
      return held.length > 0 ? [`${mpn} ${held.join(' ')}`] : [];
    });
  return [...lines, ...runs].join('\n');
}

export function cachesText({ tlbs }: Machine): string {
  return tlbs
    .map((tlb) => {
      const lines = [`${tlb.now} ${JSON.stringify(tlb.counters)}`];
      tlb.forEach((entry, place) => lines.push(JSON.stringify([entry, place])));
      tlb.forEachStructure((entry, level) => lines.push(JSON.stringify([entry, level])));
      return lines.join('\n');
    })
    .join('\n--\n');
}

/** What a refused call must leave alone: all but the record of the call, the clock, and hazards. */
export function substance(m: Machine): string {
  const {
    control,
    types,
    policies,
    pool,
    directory,
    va,
    mappings,
    aliases,
    modules,
    resources,
    reservations,
    deferred,
    shootdowns,
    messages,
    lock,
  } = m.state;
  const state = {
    control,
    types,
    policies,
    pool,
    directory,
    va,
    mappings,
    aliases,
    modules,
    resources,
    reservations,
    deferred,
    shootdowns,
    messages,
    lock,
  };
  return `${stateText(state)}\n${memoryText(m)}\n${cachesText(m)}`;
}
