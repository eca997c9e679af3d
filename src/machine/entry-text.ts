import { ENTRY_NAMES, SIZE_NAMES, TABLE_NAMES, type Level, type PageLevel } from './address';
import { ABSENT_MARK } from './attributes';
import type { ControlBits } from './control-bits';
import { fieldsOf, fieldValue, type EntryKind, type Field } from './entry-format';
import { patIndex, type PatType } from './memory-type';
import { RW, US, XD } from './rights';
import { attrsText, EXECUTABLE, READWRITE, UNCACHED, WRITECOMBINE } from './vmkapi';

/** A sentence with the ground it stands on: H header, A architecture, E evidence, M our model. */
export interface Saying {
  readonly says: string;
  readonly tag: 'H' | 'A' | 'E' | 'M';
  readonly source: string;
}

/** An entry where it stands, and what its bits depend on. */
export interface EntryHere {
  readonly kind: EntryKind;
  readonly level: Level;
  readonly entry: bigint;
  /** Rights of all levels down to this one. */
  readonly rights: number;
  readonly control: ControlBits;
  readonly maxPhyAddr: number;
  readonly pat: readonly PatType[];
  /** The attributes of the mapping that a leaf belongs to. */
  readonly attrs: bigint | undefined;
  /** While the attributes of the mapping are being changed: those that are written. */
  readonly becoming?: bigint | undefined;
}

/** Fields that are explained together, and what they mean here and now. */
export interface EntryRow {
  readonly fields: readonly Field[];
  readonly sayings: readonly Saying[];
}

/** Fields of a row, in the order in which a reader asks for them. */
const ROWS = [['P'], ['RW'], ['US'], ['XD'], ['A', 'D'], ['PAT', 'PCD', 'PWT'], ['PS'], ['G'], ['address']];
const LAST_ROWS = [['reserved'], ['PK', 'ignored']];

const by = (tag: Saying['tag'], source: string) => (says: string) => ({ says, tag, source });
const FORMAT = by('A', 'SDM 4.5');
const RIGHTS = by('A', 'SDM 4.6.1');
const FAULTS = by('A', 'SDM 4.7');
const USE = by('A', 'SDM 4.8');
const TYPES = by('A', 'SDM 4.9');
const FLUSH = by('A', 'SDM 4.10.4.1');
const CHANGE = by('H', 'header, vmk_MapChangeAttributes');
const MARK = by('M', 'model, memory type leaves WB');

/** All fields of an entry with what they mean where it stands. Of an entry that is not present only P matters. */
export function entryRows(here: EntryHere): readonly EntryRow[] {
  const fields = fieldsOf(here.kind, here.maxPhyAddr, here.control.nxe);
  const present = (here.entry & 1n) === 1n;
  return (present ? [...ROWS, ...LAST_ROWS] : [['P']]).flatMap((names) => {
    const own = names.flatMap((name) => fields.filter((field) => field.name === name));
    return own.length === 0 ? [] : [{ fields: own, sayings: sayingsOf(own, here) }];
  });
}

function sayingsOf(fields: readonly Field[], here: EntryHere): readonly Saying[] {
  const set = fields.filter((field) => fieldValue(here.entry, field) !== 0n);
  const [{ name, role }] = fields;
  if (role === 'reserved') return [FAULTS(reservedText(fields, set, here))];
  switch (name) {
    case 'P':
      return presentSayings(here);
    case 'RW':
      return rightSayings(here, WRITING, set.length > 0);
    case 'US':
      return [RIGHTS(userText(here, set.length > 0))];
    case 'XD':
      return rightSayings(here, FETCHING, set.length === 0);
    case 'A':
    case 'D':
      return [USE(usageText(fields, set))];
    case 'PAT':
    case 'PCD':
    case 'PWT':
      return typeSayings(here);
    case 'PS':
      return [FORMAT(set.length > 0 ? `maps a ${SIZE_NAMES[here.level as PageLevel]} page` : pointsTo(here))];
    case 'G':
      return [FLUSH(globalText(here, set.length > 0))];
    case 'address':
      return [FORMAT(addressText(here, fields[0]))];
    default:
      return [FORMAT('the processor does not look at these bits')];
  }
}

export const isLeaf = ({ kind }: { readonly kind: EntryKind }): boolean =>
  kind === 'PTE' || kind === 'PDE_2M' || kind === 'PDPTE_1G';

const below = ({ level }: EntryHere): string => (level > 1 ? TABLE_NAMES[(level - 1) as Level] : 'page');
const pointsTo = (here: EntryHere): string => `points to a ${below(here)}`;

function presentSayings(here: EntryHere): readonly Saying[] {
  const change = changeSayings(here);
  if ((here.entry & 1n) === 1n)
    return [FORMAT(isLeaf(here) ? 'present: it maps a page' : `present: ${pointsTo(here)}`), ...change];
  const gone = FAULTS('not present: a walk ends here with a page fault, and no other bit is looked at');
  const marked = here.level === 1 && (here.entry & BigInt(ABSENT_MARK)) !== 0n;
  return marked ? [gone, MARK('bit 9: vmkernel took it out for a moment, and will put it back'), ...change] : [gone];
}

/** What a leaf is being changed to. */
const changeSayings = (here: EntryHere): readonly Saying[] =>
  here.becoming === undefined || !isLeaf(here)
    ? []
    : [CHANGE(`vmk_MapChangeAttributes is under way: ${attrsText(here.becoming)} is being written`)];

/** A right that a bit gives, and the attribute that asks for it. */
interface Right {
  readonly letter: 'W' | 'X';
  readonly attr: bigint;
  readonly name: string;
  /** Whether rights of several levels still have it. */
  readonly in: (rights: number) => boolean;
  readonly given: string;
  readonly refused: (control: ControlBits) => string;
}
const WRITING: Right = {
  letter: 'W',
  attr: READWRITE,
  name: 'READWRITE',
  in: (rights) => (rights & RW) !== 0,
  given: 'writable',
  refused: ({ wp }) =>
    wp ? 'read-only; with CR0.WP = 1 for the kernel too' : 'read-only for user code; with CR0.WP = 0 the kernel writes',
};
const FETCHING: Right = {
  letter: 'X',
  attr: EXECUTABLE,
  name: 'EXECUTABLE',
  in: (rights) => (rights & XD) === 0,
  given: 'instructions can be fetched',
  refused: () => 'no instruction can be fetched',
};

function rightSayings(here: EntryHere, right: Right, given: boolean): readonly Saying[] {
  const { letter } = right;
  if (!isLeaf(here)) {
    return [RIGHTS(given ? `leaves ${letter} to the levels below` : `takes ${letter} from all that is below`)];
  }
  const taken = given && !right.in(here.rights) ? `, but a level above takes ${letter} away` : '';
  const rule = RIGHTS(given ? `${right.given}${taken}` : right.refused(here.control));
  return here.attrs === undefined ? [rule] : [rule, asked(right, here.attrs, here.becoming ?? here.attrs, given)];
}

/** Whether the bit is what the header promises for the attribute, as it was asked for and as a change under way asks for it. */
function asked({ name, attr }: Right, attrs: bigint, becoming: bigint, given: boolean): Saying {
  const [was, wanted] = [attrs, becoming].map((all) => (all & attr) !== 0n);
  const header = by('H', `header, ${name}`);
  if (was !== wanted) {
    const change = `the change ${wanted ? 'asks for' : 'leaves out'} ${name}`;
    return header(given === wanted ? change : `not written yet: ${change}`);
  }
  const but = wanted === given ? '' : given ? 'though ' : 'yet ';
  return header(`${but}${name} was ${wanted ? '' : 'not '}asked for`);
}

function userText(here: EntryHere, given: boolean): string {
  if (!isLeaf(here)) return given ? 'leaves U to the levels below' : 'takes U from all that is below';
  if (!given) return 'for the kernel only';
  if (!(here.rights & US)) return 'open to user code, but a level above takes U away';
  const { smep, smap } = here.control;
  const barred = [smep && 'fetch from it (SMEP)', smap && 'touch it with AC = 0 (SMAP)'].filter(Boolean).join(', nor ');
  return `open to user code${barred && `; the kernel cannot ${barred}`}`;
}

function usageText(fields: readonly Field[], set: readonly Field[]): string {
  const [used, written] = ['A', 'D'].map((name) => set.some((field) => field.name === name));
  if (fields.length === 1) return used ? 'a walk has used it' : 'no walk has used it yet';
  if (written) return used ? 'used, and written through' : 'written through; A was cleared since';
  return used ? 'used, and never written through' : 'no walk has used it yet';
}

function typeSayings(here: EntryHere): readonly Saying[] {
  if (!isLeaf(here)) return [TYPES(`how the ${below(here)} itself is read; says nothing of the data`)];
  const slot = patIndex(Number(BigInt.asUintN(32, here.entry)), here.level > 1);
  const type = here.pat[slot];
  const rule = TYPES(`PAT slot ${slot}: ${type}`);
  if (here.attrs === undefined) return [rule];
  const was = cachingOf(here.attrs);
  const wanted = cachingOf(here.becoming ?? here.attrs);
  const says = was === wanted ? `${was} was asked for` : `the change asks for ${wanted}; before, ${was} was asked for`;
  return [rule, by('H', `header, ${wanted === NEITHER ? 'vmk_MapAttrs' : wanted}`)(says)];
}

const NEITHER = 'neither WRITECOMBINE nor UNCACHED';
const cachingOf = (attrs: bigint): string =>
  attrs & WRITECOMBINE ? 'WRITECOMBINE' : attrs & UNCACHED ? 'UNCACHED' : NEITHER;

function globalText({ control }: EntryHere, set: boolean): string {
  if (!control.pge) return set ? 'global, but ignored while CR4.PGE = 0' : 'MOV CR3 drops it from a TLB';
  return set ? 'global: it stays in a TLB over MOV CR3' : 'MOV CR3 drops it from a TLB';
}

function addressText(here: EntryHere, field: Field): string {
  const mpn = (fieldValue(here.entry, field) << BigInt(field.low)) >> 12n;
  return `the ${isLeaf(here) ? 'page starts at' : `${below(here)} is`} MPN 0x${mpn.toString(16)}`;
}

/** Why bits are reserved, or what it means that some are set. */
function reservedText(fields: readonly Field[], set: readonly Field[], here: EntryHere): string {
  if (set.length > 0) return 'not 0: any use is a page fault with RSVD = 1';
  const [{ name, high, low }] = fields;
  if (name === 'XD') return 'reserved while EFER.NXE = 0: every page can be executed';
  if (name === 'PS') return `must be 0: a ${ENTRY_NAMES[here.level]} maps no page`;
  const above = high === 51 && low === here.maxPhyAddr;
  const why = above
    ? `the machine has ${here.maxPhyAddr} address bits`
    : 'a large page starts at a multiple of its size';
  return `must be 0: ${fields.length > 1 ? 'beyond the address or inside the page' : why}`;
}
