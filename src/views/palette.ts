import './palette.css';
import { EXECUTABLE, MIGHTCHANGE, READWRITE, UNCACHED, WRITECOMBINE } from '../machine/vmkapi';

/** How many colours, each with its own hatch, mappings take turns in. */
export const MAPPING_COLOURS = 6;

/** 1–6, the number in the names of the colours. Ids count from 1. */
export const mappingColour = (id: number): number => (Math.max(0, id - 1) % MAPPING_COLOURS) + 1;

export const LEVEL_CLASS = { 1: 'level-1', 2: 'level-2', 3: 'level-3', 4: 'level-4' } as const;

/** The attributes of a mapping, short: `RW–`, `R–X WC`. */
export function shortAttrs(attrs: bigint): string {
  const rights = `R${attrs & READWRITE ? 'W' : '–'}${attrs & EXECUTABLE ? 'X' : '–'}`;
  const more = [attrs & WRITECOMBINE && 'WC', attrs & UNCACHED && 'UNC', attrs & MIGHTCHANGE && 'MC'].filter(Boolean);
  return [rights, ...more].join(' ');
}
