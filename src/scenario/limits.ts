/** One bound on a document: its name in messages, its value and why it stands there. */
export interface DocumentLimit {
  readonly max: number;
  readonly why: string;
}

/** What a document may hold. Beyond these a page would stop answering; no use of the interface needs more. */
export const DOCUMENT_LIMITS = {
  textBytes: { max: 64 * 2 ** 20, why: 'room for one request of 1 048 576 ranges written out one by one' },
  ops: { max: 20_000, why: 'each operation is a row of the script and a span of the timeline' },
  rangesPerRequest: { max: 2 ** 20, why: 'ranges of one request, counting a range with "count" that many times' },
  ranges: { max: 2 ** 22, why: 'ranges of all requests together' },
  burst: { max: 2 ** 24, why: 'accesses of one operation; each is looked up in a TLB' },
  accesses: { max: 2 ** 26, why: 'accesses of all operations together' },
  title: { max: 200, why: 'a title is one line' },
  note: { max: 2_000, why: 'a note is a few sentences' },
  name: { max: 64, why: 'names are shown inside pictures' },
  moduleName: { max: 31, why: 'VMK_MODULE_NAME_MAX is 32 with its NUL' },
  modules: { max: 64, why: 'modules in all, with vmkernel and those loaded later' },
  regions: { max: 10_000, why: 'regions of the memory map' },
  resources: { max: 1_000, why: 'IO resources of the configuration' },
  reservations: { max: 1_000, why: 'IO reservations of the configuration' },
  imageFrames: { max: 4_096, why: 'tables of an image, 16 MiB: written out they still fit into a document' },
  problems: { max: 100, why: 'mistakes after which a list is not read further' },
} as const satisfies Record<string, DocumentLimit>;
export type DocumentLimitName = keyof typeof DOCUMENT_LIMITS;
