import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Access } from './access';

const nothing = (): void => undefined;

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
