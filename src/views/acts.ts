import type { ActName } from '../engine/picture';

/** Sorts of work, each with a colour and a texture of its own. */
export type ActKind =
  'check' | 'tables' | 'entries' | 'invalidate' | 'ipi' | 'interrupt' | 'walk' | 'fault' | 'cache' | 'arrival';

interface ActText {
  readonly kind: ActKind;
  /** As short as it can be: it stands inside a bar. */
  readonly label: string;
  /** What the PCPU does meanwhile. */
  readonly says: string;
}

const act = (kind: ActKind, label: string, says: string): ActText => ({ kind, label, says });

/** Every micro-operation and arrival, in the words of the time line. */
export const ACTS: Readonly<Record<ActName, ActText>> = {
  lock: act('check', 'enter', 'enters the call; mapping calls go one after the other'),
  begin: act('check', 'begin', 'begins the operation and checks what it asks for'),
  takeVa: act('tables', 'find VA', 'finds free address space'),
  takeTables: act('tables', 'tables', 'takes frames for new tables and clears them'),
  writeLeaves: act('entries', 'entries', 'writes the leaf entries'),
  linkTables: act('entries', 'link', 'links the new tables to those above'),
  mapDone: act('check', 'return', 'returns from the call'),
  clearEntries: act('entries', 'clear', 'clears the entries'),
  rewriteEntries: act('entries', 'rewrite', 'writes the entries anew'),
  flushCaches: act('cache', 'cache lines', 'flushes the data caches line by line'),
  changeDone: act('check', 'return', 'returns from the call'),
  unlinkHeld: act('entries', 'unlink', 'unlinks tables that are empty by now'),
  flushLocal: act('invalidate', 'invalidate', 'invalidates in its own TLB'),
  sendIpis: act('ipi', 'send IPIs', 'interrupts the other PCPUs, one after the other'),
  awaitAcks: act('ipi', 'acks', 'stops waiting for acknowledgements'),
  release: act('tables', 'give back', 'gives back what was held until every PCPU had flushed'),
  unmapDone: act('check', 'return', 'returns from the call'),
  flushDone: act('check', 'return', 'has flushed what was held back'),
  interrupt: act('interrupt', 'interrupt', 'enters the interrupt handler'),
  flushRemote: act('invalidate', 'invalidate', 'invalidates in its TLB what the interrupt asks for'),
  sendAck: act('ipi', 'ack', 'sends its acknowledgement'),
  walk: act('walk', 'walk', 'walks the tables'),
  fault: act('fault', 'fault', 'takes a page fault'),
  burst: act('walk', 'accesses', 'makes its accesses, through TLB and tables'),
  ipi: act('arrival', 'IPI', 'is reached by an IPI'),
  ack: act('arrival', 'ack', 'is reached by an acknowledgement'),
};

/** The token of each colour, and the texture that tells it where no text fits. */
export const KIND_STYLE: Readonly<
  Record<ActKind, { readonly token: string; readonly texture: 'plain' | 'bars' | 'hatch' | 'line' | 'dots' }>
> = {
  check: { token: '--ink-3', texture: 'plain' },
  tables: { token: '--table', texture: 'dots' },
  entries: { token: '--L1', texture: 'plain' },
  invalidate: { token: '--accent', texture: 'line' },
  ipi: { token: '--L2', texture: 'bars' },
  interrupt: { token: '--device', texture: 'bars' },
  walk: { token: '--L3', texture: 'plain' },
  fault: { token: '--hazard', texture: 'hatch' },
  cache: { token: '--map-6', texture: 'dots' },
  arrival: { token: '--ink', texture: 'plain' },
};
