import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { played } from '../../engine/played.fixture';
import { Forecast } from './forecast';
import { Request } from './request';

const nothing = (): void => undefined;
const { timeline, at } = played('example-2');
const mapped = at(timeline.ops[0].last);

test('a fault that is foretold is not done, and its costs are named in words', () => {
  const outcome = {
    index: 0,
    state: 'done',
    label: 'access',
    says: '#GP(0): 0x8000_0000_0000 is not canonical.',
    cycles: { translate: 1000, tables: 60 },
    total: 1060,
  } as const;
  const foretold = (faulted: boolean): string =>
    renderToStaticMarkup(
      <Forecast
        forecast={{
          act: 'access',
          problems: {},
          prediction: { outcome: { ...outcome, faulted }, pages: 0, tables: 0, entries: 0, hazards: [] },
        }}
      />,
    );
  expect(foretold(true)).toContain('<b class="refused">fault</b> expected from the access. #GP(0)');
  expect(foretold(true)).toContain('address space and tables 60');
  expect(foretold(false)).toContain('<b class="accepted">done</b>');
});

test('the form shows every field, a forecast and a result', () => {
  const html = renderToStaticMarkup(
    <Request
      draft={{
        module: 'net',
        pcpu: 0,
        context: 'world',
        mapType: 'DEFAULT',
        attrs: 17,
        ranges: [{ startMPN: '6', numPages: '0' }],
        reservation: '',
        raw: { module: '', mapType: '', attrs: '' },
      }}
      pcpus={4}
      modules={mapped.modules}
      reservations={['bar']}
      resources={[]}
      mapping={mapped.modules.flatMap(({ mappings }) => mappings)[0]}
      problems={{ 'mpnRanges[0].startMPN': 'is empty' }}
      forecast={{
        act: 'access',
        problems: { count: 'is 0' },
        refusal: { field: 'mpnRanges[0].numPages', says: 'Range 1 has no pages.' },
      }}
      lastCall={mapped.outcomes[0]}
      mostRanges={100}
      readRanges={() => ({ rows: [], left: '' })}
      lines={undefined}
      onLines={nothing}
      onDraft={nothing}
      onAct={nothing}
      onConsider={nothing}
      onReserve={nothing}
      onSelect={nothing}
    />,
  );
  for (const name of ['Map request', 'Range 1 start MPN', 'Range 1 pages', 'READWRITE', 'MIGHTCHANGE', 'Result']) {
    expect(html).toContain(`aria-label="${name}"`);
  }
  expect(html).toMatch(/aria-invalid="true"[^>]*aria-label="Range 1 pages"/);
  // Each field keeps its own mark, though another panel's button is considered, of whose fields nothing is said here.
  expect(html).toMatch(/aria-invalid="true"[^>]*aria-label="Range 1 start MPN"/);
  expect(html).toContain('Start MPN is empty. Range 1 has no pages.');
  expect(html).not.toContain('count');
  expect(html).toContain('VMK_OK');
});
