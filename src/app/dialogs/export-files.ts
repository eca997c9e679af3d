import { decimalGroups } from '../../base/number';
import type { ExportWhat } from '../../engine/picture-export';
import { printSidecar } from '../../scenario/tables/sidecar';
import type { Explorer } from '../../state/explorer';
import { fileName } from '../picture/save';

/** A file that the worker writes. */
export interface FileKind {
  readonly what: ExportWhat;
  readonly name: string;
  readonly says: string;
  /** What is counted in it: one, and several. */
  readonly counted: readonly [one: string, many: string];
  readonly ending: string;
}

export const TABLES: readonly FileKind[] = [
  {
    what: 'image',
    name: 'Memory image',
    says: 'Every table, frame by frame, with a .json that says where they are. Opens again.',
    counted: ['table', 'tables'],
    ending: '.bin',
  },
  {
    what: 'infoTlb',
    name: 'info tlb',
    says: 'A line for each page, as QEMU’s monitor writes it. Opens again.',
    counted: ['line', 'lines'],
    ending: '-info-tlb.txt',
  },
];

export const LISTS: readonly FileKind[] = [
  {
    what: 'tlbs',
    name: 'TLB entries',
    says: 'Every entry of every PCPU, with what makes it stale.',
    counted: ['entry', 'entries'],
    ending: '-tlbs.csv',
  },
  {
    what: 'mappings',
    name: 'Mappings',
    says: 'Every live mapping.',
    counted: ['mapping', 'mappings'],
    ending: '-mappings.csv',
  },
  {
    what: 'costs',
    name: 'Costs',
    says: 'What each operation that has ended cost, in cycles.',
    counted: ['operation', 'operations'],
    ending: '-costs.csv',
  },
];

/** `TLB entries saved: 20 entries.` */
export const savedText = ({ name, counted: [one, many] }: FileKind, count: number): string =>
  `${name} saved: ${decimalGroups(count)} ${count === 1 ? one : many}.`;

interface Written {
  readonly files: readonly { readonly name: string; readonly content: Blob }[];
  readonly count: number;
}

/** The files, with how much is in them; or what keeps them from being written, in words. */
export async function writeFiles(explorer: Explorer, { what, ending }: FileKind): Promise<Written | string> {
  const { document } = explorer.session.getState();
  const exported = await explorer.export(what);
  if (typeof exported === 'string') return exported;
  const { file, count, image } = exported;
  const name = fileName(document.title, ending);
  if (!image) return { files: [{ name, content: file }], count };
  const { root, frames, ...registers } = image;
  const sidecar = printSidecar(root, frames, { ...document.config, ...registers });
  return {
    files: [
      { name, content: file },
      { name: fileName(document.title, '.json').replace(/\.json$/, '-tables.json'), content: new Blob([sidecar]) },
    ],
    count,
  };
}
