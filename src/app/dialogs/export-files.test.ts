import { expect, test } from 'vitest';
import { LISTS, savedText, TABLES } from './export-files';

test('what was saved is counted in words that are words', () => {
  const said = [...TABLES, ...LISTS].map((kind) => savedText(kind, 1) + savedText(kind, 1200));
  expect(said).toEqual([
    'Memory image saved: 1 table.Memory image saved: 1 200 tables.',
    'info tlb saved: 1 line.info tlb saved: 1 200 lines.',
    'TLB entries saved: 1 entry.TLB entries saved: 1 200 entries.',
    'Mappings saved: 1 mapping.Mappings saved: 1 200 mappings.',
    'Costs saved: 1 operation.Costs saved: 1 200 operations.',
  ]);
});
