import type { LimitName, PolicyName } from './config';

/** What each policy means. Apart from the policies themselves, because the first picture does not need it. */
export const POLICY_TEXT: Readonly<Record<PolicyName | LimitName, string>> = {
  shootdown:
    'classic: every unmap or change interrupts all PCPUs and waits. lazy: unmaps are held back and flushed in batches.',
  fastPath: 'A read-only request for one range of RAM is answered from the linear alias.',
  pageSizes: 'The largest pages that aligned parts of a request may use.',
  emptyTables: 'What happens to a table when its last mapping goes.',
  moduleUnload: 'What happens when a module with live mappings is unloaded.',
  uncached: 'The PAT type that UNCACHED asks for.',
  selfSnoop: 'With self-snoop no cache flush is needed when a memory type changes.',
  granularity: 'bulk: entries of one kind are written in one step. fine: one table a step, and one access a step.',
  flushCeiling: 'Pages up to which INVLPG is used; above, a full flush.',
  lazyPages: 'Pages held back by the lazy policy before it flushes.',
  ackTimeout: 'Cycles an initiator waits for acknowledgements.',
};
