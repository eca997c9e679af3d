import { printValue } from './value';

type Json = Readonly<Record<string, unknown>>;

/** The lines of a machine: one for each part of it, and one for each object of a list. */
export const printMachine = (config: Json): string[] =>
  Object.entries(config).flatMap(([name, value]) => printPart(`machine ${name}`, value));

function printPart(start: string, value: unknown): string[] {
  if (Array.isArray(value)) return printList(start, value);
  if (!isObject(value)) return [`${start} ${printValue(value)}`];
  const entries = Object.entries(value);
  const plain = entries.filter(([, field]) => typeof field !== 'object');
  return [
    ...(plain.length > 0 ? [`${start} ${fields(plain)}`] : []),
    ...(entries.length === 0 ? [`${start} {}`] : []),
    ...entries
      .filter(([, field]) => typeof field === 'object')
      .flatMap(([name, field]) => printPart(`${start}.${name}`, field)),
  ];
}

function printList(start: string, list: readonly unknown[]): string[] {
  if (list.length === 0) return [`${start} []`];
  if (list.every(isObject)) return list.map((item) => `${start} ${fields(Object.entries(item))}`);
  return [`${start} ${list.map(printValue).join(' ')}`];
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fields = (entries: readonly (readonly [string, unknown])[]): string =>
  entries.map(([name, value]) => `${name}=${printValue(value)}`).join(' ');
