import { hex } from '../base/number';
import { SIZE_NAMES, vaOfVpn } from '../machine/address';
import { COST_KINDS, totalCycles } from '../machine/cycles';
import type { Machine } from '../machine/machine';
import { staleness, typeName } from '../machine/mmu';
import { structureStale } from '../machine/ops/stale';
import { RW, US, XD } from '../machine/rights';
import { attrsText } from '../machine/vmkapi';
import { opLabel } from './labels';
import type { Exported, Piece } from './picture-export';

type Cell = string | number | boolean | undefined;
type Rows = Generator<Piece, Partial<Exported>>;

/** RFC 4180: commas between, quotes around what has a comma, a quote or a line break, CR LF behind. */
const row = (...cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(value: Cell): string {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Every entry of every TLB and paging-structure cache. */
export function* tlbRows(m: Machine): Rows {
  yield row('pcpu', 'cache', 'set', 'way', 'va', 'maps', 'mpn', 'write', 'user', 'execute', 'dirty', 'global', 'type', 'pcid', 'filled_at_step', 'stale'); // prettier-ignore
  let count = 0;
  const unit = m.paging;
  for (const [pcpu, tlb] of m.tlbs.entries()) {
    let text = '';
    tlb.forEach((entry, { tlb: name, set, way }) => {
      const { vpn, level, mpn, rights, dirty, global, type, pcid, born } = entry;
      const allows = [(rights & RW) !== 0, (rights & US) !== 0, (rights & XD) === 0];
      count++;
      text += row(pcpu, name, set, way, hex(vaOfVpn(vpn)), SIZE_NAMES[level], hex(mpn), ...allows, dirty, global, typeName(type), pcid, born, staleness(unit, entry)); // prettier-ignore
    });
    tlb.forEachStructure((entry, level) => {
      const { vpn, mpn, rights, pcid } = entry;
      const name = { 4: 'PML4E', 3: 'PDPTE', 2: 'PDE' }[level];
      const allows = [(rights & RW) !== 0, (rights & US) !== 0, (rights & XD) === 0];
      count++;
      text += row(pcpu, name, undefined, undefined, hex(vaOfVpn(vpn)), 'table', hex(mpn), ...allows, undefined, undefined, undefined, pcid, undefined, structureStale(unit, entry, level) ? 'table' : undefined); // prettier-ignore
    });
    yield text;
  }
  return { count };
}

/** Every live mapping, and every reference to the linear alias. */
export function* mappingRows(m: Machine): Rows {
  yield row('name', 'module', 'kind', 'va', 'pages', 'attributes', 'ranges', 'first_mpn', 'device', 'operation');
  const live = [...m.state.mappings.values(), ...m.state.aliases.values()].toSorted((a, b) => a.id - b.id);
  for (const { name, module, kind, vpn, pages, attrs, ranges, device, op } of live) {
    const owner = m.state.modules[module]?.name;
    yield row(name, owner, kind, hex(vaOfVpn(vpn)), pages, attrsText(attrs), ranges.starts.length, hex(ranges.starts[0]), device, op + 1); // prettier-ignore
  }
  return { count: live.length };
}

/** What each operation that has ended cost, by kind. */
export function* costRows(m: Machine): Rows {
  yield row('operation', 'what', 'pcpu', 'status', 'started', 'ended', 'total', ...COST_KINDS, 'says');
  let count = 0;
  for (const [i, op] of m.ops.entries()) {
    const record = m.state.records.get(i);
    if (!record) continue;
    const { status, started, ended, cycles, says } = record;
    count++;
    yield row(i + 1, opLabel(op), 'pcpu' in op ? op.pcpu : undefined, status, started, ended, totalCycles(cycles), ...COST_KINDS.map((kind) => cycles[kind] ?? 0), says); // prettier-ignore
  }
  return { count };
}
