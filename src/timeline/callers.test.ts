/** The scenarios of the library, played to their end: what the calls return, what is left, and what the machine has to say. */
import { expect, test } from 'vitest';
import { unfinished, violations } from '../machine/invariants';
import { Machine } from '../machine/machine';
import { step } from '../machine/step';
import { libraryScenario } from '../scenario/library-files';

interface End {
  /** The statuses of the calls that have one, in order. */
  readonly statuses: readonly string[];
  readonly left: readonly string[];
  readonly hazards: readonly string[];
}

const ENDS: Readonly<Record<string, End>> = {
  'example-1': { statuses: ['OK'], left: [], hazards: [] },
  'example-1-no-fast-path': { statuses: ['OK'], left: [], hazards: [] },
  'example-2': { statuses: ['OK', 'OK'], left: [], hazards: [] },
  'caller-01-phys-to-kmap': { statuses: ['OK', 'OK'], left: [], hazards: [] },
  'caller-02-v2p-memcpy': { statuses: ['OK', 'OK', 'OK', 'OK'], left: [], hazards: [] },
  'caller-03-ioremap': { statuses: ['OK'], left: [], hazards: ['uncached-wording', 'not-ram'] },
  'caller-04-ioremap-cached': { statuses: ['OK', 'OK'], left: [], hazards: ['not-ram', 'uncached-wording', 'not-ram'] },
  'caller-05-iounmap-null': { statuses: ['OK'], left: [], hazards: ['not-ram', 'bad-unmap', 'bad-unmap'] },
  'caller-06-vmap': { statuses: ['BAD_PARAM', 'OK'], left: [], hazards: [] },
  'caller-07-mempool': { statuses: ['OK', 'OK'], left: [], hazards: [] },
  'caller-08-dma-alloc': { statuses: ['OK', 'OK'], left: [], hazards: [] },
  'caller-09-framebuffer-leak': {
    statuses: ['OK', 'OK', 'MODULE_CONSUMED_RESOURCE_COUNT_NOT_ZERO'],
    left: ['leaked'],
    hazards: [],
  },
  'caller-10-pci-map': { statuses: ['BAD_PARAM', 'OK', 'OK', 'OK'], left: [], hazards: ['uncached-wording'] },
  'caller-11-pci-map-attr': { statuses: ['OK', 'BAD_PARAM', 'OK', 'OK'], left: [], hazards: ['uncached-wording'] },
  'lazy-reuse': { statuses: ['OK', 'OK', 'OK'], left: ['third', 'second'], hazards: ['use-after-unmap'] },
  'missing-flush': { statuses: ['OK'], left: [], hazards: ['missing-ack', 'use-after-unmap', 'foreign-write'] },
};

test.each(Object.entries(ENDS))('%s ends as it should', (id, end) => {
  const { config, ops } = libraryScenario(id)!;
  const m = new Machine(config, ops);
  while (step(m)) expect(violations(m)).toEqual([]);
  expect(unfinished(m)).toEqual([]);
  const statuses = [...m.state.records.values()].flatMap(({ status }) => (status ? [status.replace('VMK_', '')] : []));
  const left = [...m.state.mappings.values(), ...m.state.aliases.values()].map(({ name }) => name);
  expect({ statuses, left, hazards: m.state.hazards.map(({ rule }) => rule) }).toEqual(end);
});

test('the two extremes of the interface are played too: 2^32 - 1 pages, and a million ranges', () => {
  for (const id of ['largest', 'scattered']) {
    const { config, ops } = libraryScenario(id)!;
    const m = new Machine(config, ops);
    while (step(m));
    expect(unfinished(m)).toEqual([]);
    expect(m.state.mappings.size).toBe(0);
    expect(m.state.records.get(0)!.status).toBe('VMK_OK');
    expect(m.state.hazards).toEqual([]);
    expect(m.state.pool.used).toBe(new Machine(config, []).state.pool.used);
  }
});
