import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Access } from './access';
import { tallyText } from './tally';

const nothing = (): void => undefined;

test('of many accesses the last says in short what there was', () => {
  const tally = { hits1: 20, hits2: 0, walks: 4, faults: 1, spurious: 0 };
  expect(tallyText(24, tally)).toBe('1 fault, 3 walks, 20 L1 hits of 24');
  expect(tallyText(3, { ...tally, hits1: 0, walks: 3, faults: 0 })).toBe('3 walks of 3');
});

test('the access controls show what is wrong', () => {
  const access = {
    pcpu: 1,
    kind: 'read',
    privilege: 'supervisor',
    ac: false,
    count: '0',
    stride: '8',
    value: '',
  } as const;
  const html = renderToStaticMarkup(
    <Access
      access={access}
      pcpus={4}
      problems={{ count: 'is 0' }}
      last={undefined}
      count={1}
      onChange={nothing}
      onAct={nothing}
      onConsider={nothing}
    />,
  );
  expect(html).toContain('aria-invalid="true"');
});
