import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { HazardPicture } from '../../engine/picture';
import type { Lit } from '../../engine/thing';
import { bothWays, engineOn, nothing, textOf } from '../on-engine.fixture';
import { countsText, groupsOf } from './groups';
import { Hazards } from './hazards';

const { timeline, at, litIn } = engineOn('missing-flush');
const last = at(timeline.steps);
const view = (hazards: readonly HazardPicture[], lit: Lit) => (
  <Hazards hazards={hazards} ops={timeline.ops} lit={lit} onHover={nothing} onSelect={nothing} onSeek={nothing} />
);

test('looks the same forward and backward', () => {
  const show = (step: number) => view(at(step).hazards, litIn(at(step)));
  const [forward, backward] = bothWays(timeline.steps, show);
  expect(backward).toEqual(forward);
  expect(forward[0]).toContain('None so far');
});

test('a hazard says what, when, where and on what ground', () => {
  const text = textOf(view(last.hazards, litIn(last)));
  expect(text).toContain('A PCPU failed to acknowledge an invalidation error');
  expect(text).toMatch(/step \d+ PCPU 1 op \d+, vmk_Unmap buffer/);
  expect(text).toContain('E VMware KB 2000091');
});

test('the hazard that is pointed at is ringed', () => {
  const html = renderToStaticMarkup(view(last.hazards, litIn(last, { kind: 'hazard', index: 0 })));
  expect(html.match(/class="hazard lit"/g)).toHaveLength(1);
});

const hazard = (rule: string, severity: HazardPicture['severity'], step: number): HazardPicture => ({
  rule,
  severity,
  step,
  tag: 'A SDM 4.10.4.2',
  title: rule,
  says: `${rule} in step ${step}`,
  times: 2,
  op: undefined,
});

test('many of one rule fold into one with counts; the gravest come first', () => {
  const many = [
    hazard('wording', 'note', 1),
    ...Array.from({ length: 250 }, (_, i) => hazard('stale-hit', 'error', 300 - i)),
    hazard('alias', 'warning', 2),
  ];
  const groups = groupsOf(many);
  expect(groups.map(({ rule }) => rule)).toEqual(['stale-hit', 'alias', 'wording']);
  expect(groups[0].found[0].hazard.step).toBe(51);
  expect(groups[0].found[0].index).toBe(250);
  expect(countsText(many)).toBe('250 errors, 1 warning, 1 note');
  const text = textOf(view(many, litIn(last, { kind: 'pcpu', id: 0 })));
  expect(text).toContain('249 more places, 500 times in all');
  expect(text).not.toContain('stale-hit in step 52');
});
