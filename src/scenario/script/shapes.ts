import { CONTROL_BITS } from '../../machine/control-bits';
import { ACCESS_KINDS } from '../../machine/access';
import { opField, type Field } from './fields';

type Fixed = Readonly<Record<string, unknown>>;
/** What a bare word says: a field and its value. */
type Flags = Readonly<Record<string, readonly [field: string, value: unknown]>>;

/** How the lines of one kind of operation are written. Whatever has no place of its own is written `field=value`. */
export interface Shape {
  /** What the line begins with: `map`, `set pat`. */
  readonly words: string;
  /** What of the operation these words say. */
  readonly fixed: Fixed;
  /** Fields without their names, in this order, right behind the words; `start+length` is two in one. */
  readonly slots: readonly string[];
  readonly flags: Flags;
  /** The field that `x24` gives. */
  readonly times: string | undefined;
  /** What stands behind the words, for a reader. */
  readonly usage: string;
  readonly field: Field;
}

interface More {
  readonly flags?: Flags;
  readonly times?: string;
}

const shape = (words: string, fixed: Fixed, slots: readonly string[], usage: string, more: More = {}): Shape => ({
  ...{ words, fixed, slots, usage },
  flags: more.flags ?? {},
  times: more.times,
  field: opField(fixed),
});

const op = (word: string, slots: readonly string[], usage: string, more?: More): Shape =>
  shape(word, { op: word }, slots, usage, more);

const RIGHTS: Flags = { user: ['privilege', 'user'], supervisor: ['privilege', 'supervisor'], ac: ['ac', true] };
const BURST = { flags: RIGHTS, times: 'count' };
const KINDS: Flags = Object.fromEntries(ACCESS_KINDS.map((kind) => [kind, ['kind', kind]]));
const invalidate = (how: string, slots: readonly string[], usage: string, more?: More): Shape =>
  shape(`invalidate ${how}`, { op: 'invalidate', how }, slots, usage, more);
const set = (what: string, slots: readonly string[], usage: string): Shape =>
  shape(`set ${what}`, { op: 'set', what }, slots, usage);

export const SHAPES: readonly Shape[] = [
  op('map', ['as'], 'NAME module=MODULE attrs=ATTRIBUTE|… START+PAGES …'),
  op('unmap', ['at'], 'ADDRESS'),
  op('change', ['at', 'attrs'], 'ADDRESS ATTRIBUTE|…'),
  shape('read', { op: 'access', kind: 'read' }, ['at'], 'ADDRESS xTIMES stride=BYTES', BURST),
  shape('write', { op: 'access', kind: 'write' }, ['at'], 'ADDRESS value=NUMBER', BURST),
  shape('execute', { op: 'access', kind: 'execute' }, ['at'], 'ADDRESS xTIMES stride=BYTES', BURST),
  op('access', ['at'], 'ADDRESS read|write|execute', { flags: { ...KINDS, ...RIGHTS }, times: 'count' }),
  op('sync', [], ''),
  op('poke', ['ma', 'value'], 'ADDRESS = NUMBER'),
  invalidate('invlpg', ['at'], 'ADDRESS'),
  invalidate('invpcid', ['at'], 'ADDRESS type=NUMBER pcid=NUMBER'),
  invalidate('cr3', [], 'pcid=NUMBER keep', { flags: { keep: ['keep', true] } }),
  invalidate('pge', [], ''),
  set('control', ['name', 'value'], 'BIT on|off'),
  set('pat', ['slot', 'type'], 'SLOT TYPE'),
  set('policy', ['name', 'value'], 'NAME VALUE'),
  set('limit', ['name', 'value'], 'NAME NUMBER'),
  set('mtrrs', ['mtrrs'], '{…}'),
  op('mask', [], ''),
  shape('unmask', { op: 'mask', masked: false }, [], ''),
  op('fault', ['what'], 'FAULT xTIMES cycles=NUMBER', { times: 'times' }),
  op('flush', [], ''),
  op('load', ['module'], 'MODULE'),
  op('unload', ['module'], 'MODULE'),
  op('register', ['resource', 'start+length'], 'NAME START+BYTES attrs=ATTRIBUTE|…'),
  op('reserve', ['as'], 'NAME resource=RESOURCE module=MODULE'),
  op('release', ['reservation'], 'RESERVATION'),
  op('va2ma', ['at'], 'ADDRESS length=BYTES'),
];

const BY_WORDS: ReadonlyMap<string, Shape> = new Map(SHAPES.map((one) => [one.words, one]));
/** The first words of all operations, each with the second words that may follow. */
export const OP_HEADS: ReadonlyMap<string, readonly string[]> = new Map(
  SHAPES.map(({ words }): [string, string[]] => {
    const [head] = words.split(' ');
    const same = SHAPES.filter((one) => one.words.startsWith(`${head} `));
    return [head, same.map((one) => one.words.slice(head.length + 1))];
  }),
);
export const shapeOf = (words: string): Shape | undefined => BY_WORDS.get(words);

/** What `set` may be about without another word. */
export const CONTROL_NAMES: readonly string[] = Object.keys(CONTROL_BITS);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** How an operation of a document is written. */
export function shapeFor(doc: Readonly<Record<string, unknown>>): Shape {
  const op = text(doc['op']);
  const words = {
    access: text(doc['kind']) || 'read',
    mask: doc['masked'] === false ? 'unmask' : 'mask',
    set: `set ${text(doc['what'])}`,
    invalidate: `invalidate ${text(doc['how'])}`,
  }[op];
  return BY_WORDS.get(words ?? op)!;
}
