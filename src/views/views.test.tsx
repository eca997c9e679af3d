import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactElement } from 'react';
import { describe, expect, test } from 'vitest';
import { Engine } from '../engine/engine';
import type { Picture, TimelinePicture } from '../engine/picture';
import type { Reply, RequestBody } from '../engine/protocol';
import { libraryScenario } from '../scenario/library-files';
import { Access } from './access/access';
import { Bits } from './bits/bits';
import { Frames } from './frames/frames';
import { Hazards } from './hazards/hazards';
import { Mappings } from './mappings/mappings';
import { MemoryTypeView } from './memory-type/memory-type';
import { Pcpus } from './pcpus/pcpus';
import { Request } from './request/request';
import { Timeline } from './timeline/timeline';
import { Walk } from './walk/walk';

const nothing = (): void => undefined;
const VA = 0x4400_0000_0000n;

/** Asks an engine in the same thread. */
function engineOn(id: string) {
  const engine = new Engine((work) => work());
  const scenario = libraryScenario(id)!;
  const ask = (body: RequestBody): Reply => {
    const replies: Reply[] = [];
    engine.handle({ id: 1, epoch: 1, ...body }, (reply) => replies.push(reply));
    return replies.at(-1)!;
  };
  const { timeline } = ask({ kind: 'load', scenario }) as { timeline: TimelinePicture };
  const at = (step: number): Picture =>
    (
      ask({
        kind: 'seek',
        step,
        look: { va: VA, frames: { start: 0, cells: 512, perCell: 1 }, lanes: [0, 1, 2, 3] },
      }) as { picture: Picture }
    ).picture;
  return { scenario, timeline, at };
}

const mappingsIn = (picture: Picture) => picture.modules.flatMap(({ mappings }) => mappings);

const VIEWS: Readonly<Record<string, (picture: Picture) => ReactElement>> = {
  walk: ({ walk }) => <Walk walk={walk} level={1} onSelect={nothing} />,
  bits: ({ walk }) => <Bits walk={walk} level={1} maxPhyAddr={46} nxe onLevel={nothing} />,
  'memory type': ({ walk }) => <MemoryTypeView walk={walk} />,
  mappings: ({ modules, tables }) => <Mappings modules={modules} tables={tables} selected={1} onSelect={nothing} />,
  hazards: ({ hazards }) => <Hazards hazards={hazards} onSelect={nothing} onSeek={nothing} />,
  pcpus: ({ pcpus, messages, time }) => (
    <Pcpus pcpus={pcpus} messages={messages} time={time} va={VA} onSelect={nothing} />
  ),
  frames: (picture) => (
    <Frames
      frames={picture.frames}
      mappings={mappingsIn(picture)}
      cursor={6}
      reached={6}
      counts={[512]}
      pool={{ startMPN: 4096, pages: 64 }}
      theme="light"
      onPoint={nothing}
      onSelect={nothing}
      onWindow={nothing}
    />
  ),
};

describe('every view', () => {
  const { timeline, at } = engineOn('example-2');
  const last = timeline.times.length - 1;
  const render = (name: string, step: number): string => renderToStaticMarkup(VIEWS[name](at(step)));

  test.each(Object.keys(VIEWS))('%s looks the same forward and backward', (name) => {
    const steps = Array.from({ length: last + 1 }, (_, i) => i);
    const forward = steps.map((step) => render(name, step));
    const backward = steps.toReversed().map((step) => render(name, step));
    expect(backward.toReversed()).toEqual(forward);
    expect(forward[0]).toContain('<section');
  });
});

describe('at the steps of Example 2', () => {
  const { scenario, timeline, at } = engineOn('example-2');
  const text = (element: ReactElement): string =>
    renderToStaticMarkup(element)
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ');
  const mapped = at(timeline.ops[0].last);
  const empty = at(0);

  test('the walk ends at the frame once it is mapped, and at a fault before', () => {
    expect(text(VIEWS['walk'](mapped))).toMatch(/PML4 .*010001000.*|010001000 136/);
    expect(text(VIEWS['walk'](mapped))).toContain('frame 4K MPN 0x6');
    expect(text(VIEWS['walk'](empty))).toContain('the entry is not present');
  });

  test('the bits are named', () => {
    expect(text(VIEWS['bits'](mapped))).toContain('XD 63 1');
    expect(text(VIEWS['bits'](empty))).toContain('P is 0');
  });

  test('the memory type is found in its table', () => {
    const html = renderToStaticMarkup(VIEWS['memory type'](mapped));
    expect(html.match(/aria-current="true">WB/g)).toHaveLength(1);
    expect(text(VIEWS['memory type'](empty))).toContain('no memory type');
  });

  test('a mapping stands under its module', () => {
    expect(text(VIEWS['mappings'](mapped))).toMatch(/net module 1 .*24 pages/);
    expect(text(VIEWS['mappings'](empty))).toContain('No mapping yet');
  });

  test('stale entries say so', () => {
    const change = timeline.ops.findIndex((_, i) => scenario.ops[i]?.op === 'change');
    const steps = timeline.ops[change];
    const stale = Array.from({ length: steps.last - steps.first }, (_, i) => at(steps.first + i)).find(({ pcpus }) =>
      pcpus.some((pcpu) => pcpu.stale > 0),
    );
    expect(stale).toBeDefined();
    const html = renderToStaticMarkup(VIEWS['pcpus'](stale!));
    expect(html).toMatch(/tag stale">\d+ stale/);
    expect(html).toContain('STALE: FEWER RIGHTS NOW');
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
        }}
        pcpus={4}
        modules={mapped.modules}
        reservations={['bar']}
        resources={[]}
        mapping={mappingsIn(mapped)[0]}
        forecast={{ act: 'map', problems: { 'mpnRanges[0].numPages': 'is 0' } }}
        lastCall={mapped.outcomes[0]}
        mostRanges={100}
        readRanges={() => ({ rows: [], left: '' })}
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
    expect(html).toContain('VMK_OK');
  });

  test('the access controls and the time line have their names', () => {
    const access = { pcpu: 1, kind: 'read', privilege: 'supervisor', count: '0', stride: '8' } as const;
    const html = renderToStaticMarkup(
      <Access
        access={access}
        pcpus={4}
        problems={{ count: 'is 0' }}
        last={undefined}
        onChange={nothing}
        onAct={nothing}
        onConsider={nothing}
      />,
    );
    expect(html).toContain('aria-invalid="true"');
    const bar = renderToStaticMarkup(
      <Timeline
        timeline={timeline}
        step={3}
        last={timeline.times.length - 1}
        time={120}
        narration="Something happens."
        playing={false}
        speed={1}
        speeds={[1]}
        notice={undefined}
        onPlay={nothing}
        onPause={nothing}
        onStep={nothing}
        onOperation={nothing}
        onSeek={nothing}
        onSpeed={nothing}
      />,
    );
    for (const name of ['Previous operation', 'Step back', 'Step forward', 'Next operation', 'Step', 'Timeline']) {
      expect(bar).toContain(`aria-label="${name}"`);
    }
    expect(bar).toContain('aria-live="polite"');
  });
});
