import { configForm } from '../form-config';
import { opForm } from '../form-op';

/** What the forms of a document say of a field, so that what checks it also decides how it is read, coloured and completed. */
export interface Field {
  /** `switch` is on or off, `text` never a number. */
  readonly kind: 'switch' | 'text' | 'other';
  /** `may`: a list, or something else such as a number. */
  readonly list: 'must' | 'may' | undefined;
  /** The words that may stand here, where only some may. */
  readonly words: readonly string[];
  readonly says: string | undefined;
  /** Of an object, or of the objects of a list. */
  readonly fields: ReadonlyMap<string, Field>;
}

/** As much of a valibot schema as is looked at. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly options?: readonly (Node | string)[];
  readonly literal?: unknown;
  /** What was put around it, from the inside to the outside. */
  readonly pipe?: readonly Node[];
  readonly description?: string;
  readonly metadata?: LeafJson;
}
interface LeafJson {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly LeafJson[];
}

const isNode = (option: Node | string): option is Node => typeof option !== 'string';

/** Something that a schema, or one that it is made around, says of itself. */
function said<K extends 'description' | 'metadata'>(node: Node, key: K): Node[K] {
  if (node[key] !== undefined) return node[key];
  for (const part of node.pipe ?? []) {
    const found = said(part, key);
    if (found !== undefined) return found;
  }
  return node.wrapped && said(node.wrapped, key);
}

function fieldOf(form: Node): Field {
  let node = form;
  while (node.wrapped) node = node.wrapped;
  const options = node.type === 'union' ? (node.options ?? []).filter(isNode).map(fieldOf) : [];
  const item = node.item && fieldOf(node.item);
  const json = said(node, 'metadata');
  const words = [
    ...(node.type === 'boolean' ? ['on', 'off'] : []),
    ...(node.options ?? []).filter((option) => !isNode(option)),
    ...[...(json?.enum ?? []), ...(json?.anyOf ?? []).flatMap((one) => one.enum ?? [])],
    ...(item?.words ?? []),
    ...options.flatMap((option) => option.words),
  ];
  const isSwitch = node.type === 'boolean' || options.some(({ kind }) => kind === 'switch');
  const isText = node.type === 'picklist' || json?.type === 'string';
  return {
    kind: isSwitch ? 'switch' : isText ? 'text' : 'other',
    list: node.type === 'array' ? 'must' : options.some(({ list }) => list) ? 'may' : undefined,
    words: words as string[],
    says: said(form, 'description'),
    fields: new Map([...[item, ...options].flatMap((of) => (of ? Array.from(of.fields) : [])), ...entriesOf(node)]),
  };
}

const entriesOf = ({ entries = {} }: Node): [string, Field][] =>
  Object.entries(entries).map(([name, entry]) => [name, fieldOf(entry)]);

const formsOf = (node: Node): readonly Node[] =>
  node.type === 'variant' ? (node.options ?? []).filter(isNode).flatMap(formsOf) : [node];
const OP_FORMS = formsOf(opForm);

/** What the machine has. */
export const CONFIG_FIELD = fieldOf(configForm);

/** Each kind of operation by the words that tell it apart, such as op and what. */
export const OP_WORDS: readonly Readonly<Record<string, unknown>>[] = OP_FORMS.map(({ entries = {} }) =>
  Object.fromEntries(
    Object.entries(entries).flatMap(([name, { type, literal }]) => (type === 'literal' ? [[name, literal]] : [])),
  ),
);

/** What an operation has, by such words. */
export function opField(words: Readonly<Record<string, unknown>>): Field {
  const at = OP_WORDS.findIndex((own) => Object.entries(own).every(([name, word]) => words[name] === word));
  return fieldOf(OP_FORMS[at]);
}
