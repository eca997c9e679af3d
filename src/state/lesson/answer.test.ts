import { expect, test } from 'vitest';
import { played } from '../../engine/played.fixture';
import type { Ask } from '../../scenario/lesson/lesson';
import { LIBRARY } from '../../scenario/library-files';
import { parseLesson } from '../../scenario/lesson/parse';
import { describeProblems } from '../../scenario/problem';
import { answerOf, isNear, isRight } from './answer';
import { revealStep, stepOf, vaOf } from './moment';

const SCENARIO = {
  version: 1,
  config: { pcpus: 4 },
  ops: [
    {
      op: 'map',
      as: 'a',
      module: 'net',
      attrs: ['READWRITE', 'MIGHTCHANGE'],
      ranges: [{ startMPN: 16384, numPages: 2 }],
    },
    { op: 'access', at: 'a', kind: 'write', value: 77, pcpu: 1 },
    { op: 'sync' },
    { op: 'access', at: 'a', count: 2, pcpu: 1 },
    { op: 'sync' },
    { op: 'change', at: 'a', attrs: ['READONLY'] },
    { op: 'sync' },
    { op: 'access', at: 'a', kind: 'write' },
    { op: 'access', at: '0x1000' },
    { op: 'map', as: 'none', module: 99, ranges: [{ startMPN: 1, numPages: 1 }] },
  ],
};

/** The answer to a question at a moment, as the page would get it. */
function answered(what: string, of: object, at: unknown = 'end') {
  const ask = { what, of, question: '?', number: {} };
  const read = parseLesson({ version: 1, title: 'x', scenario: SCENARIO, moves: [{ says: 'x', at, ask }] }, LIBRARY);
  if (!read.ok) throw new Error(describeProblems(read.error));
  const { scenario, moves } = read.value;
  const { timeline, at: pictureAt } = played(scenario);
  const asked = moves[0].ask as Ask;
  const step = revealStep(asked, moves[0].at, { scenario, timeline }) ?? -1;
  const va = 'address' in asked.of ? vaOf(asked.of.address, { scenario, timeline }) : 0n;
  return answerOf(asked, { scenario, timeline, picture: pictureAt(step, { va: va! }) });
}

test.each<[string, object, unknown, string | number]>([
  ['fault', { op: 1 }, 'end', 'none'],
  ['fault', { op: 7 }, 'end', 'write-ro-wp'],
  ['faultLevel', { op: 8 }, 'end', 4],
  ['faultLevel', { op: 1 }, 'end', 'none'],
  ['errorCode', { op: 7 }, 'end', 3],
  ['status', { op: 'a' }, 'end', 'VMK_OK'],
  ['status', { op: 'none' }, 'end', 'VMK_INVALID_MODULE'],
  ['hits', { op: 3 }, 'end', 1],
  ['walks', { op: 3 }, 'end', 1],
  ['faults', { op: 3 }, 'end', 0],
  ['spurious', { op: 3 }, 'end', 0],
  ['value', { op: 1 }, 'end', 77],
  ['ipis', { op: 5 }, 'end', 3],
  ['cycles', { op: 'none' }, 'end', 60],
  ['dearer', { op: 'a', than: 'none' }, 'end', 'more'],
  ['dearer', { op: 'none', than: 'a' }, 'end', 'less'],
  ['dearer', { op: 'a', than: 'a' }, 'end', 'same'],
  ['frame', { address: 'a+0x1008' }, 'end', 0x4001],
  ['frame', { address: 'a' }, 'start', 'none'],
  ['rights', { address: 'a' }, { op: 'a' }, 'RW'],
  ['rights', { address: 'a' }, 'end', 'R'],
  ['type', { address: 'a' }, 'end', 'WB'],
  ['type', { address: '0x1000' }, 'end', 'none'],
  ['slot', { address: 'a' }, 'end', 0],
  ['bit', { address: 'a', level: 1, bit: 6 }, { op: 'a' }, 0],
  ['bit', { address: 'a', level: 1, bit: 6 }, { op: 1 }, 1],
  ['tlb', { address: 'a', pcpu: 0 }, { op: 3 }, 'none'],
  ['tlb', { address: 'a', pcpu: 1 }, { op: 3 }, 'fresh'],
  ['tlb', { address: 'a', pcpu: 1 }, { op: 5, step: 3 }, 'stale'],
  ['stale', { pcpu: 1 }, { op: 5, step: 3 }, 4],
  ['stale', {}, { op: 5, step: 3 }, 4],
  ['hazard', { rule: 'stale-hit' }, 'end', 'no'],
  ['tables', {}, 'start', 4],
])('%s of %j at %j is %j', (what, of, at, is) => {
  const answer = answered(what, of, at);
  expect(answer?.is).toBe(is);
  expect(answer?.says.length).toBeGreaterThan(10);
});

test('some questions have no answer', () => {
  expect(answered('walks', { op: 'a' })).toBeUndefined();
  expect(answered('bit', { address: '0x1000', level: 1, bit: 0 })).toBeUndefined();
});

test('moments are found in the time line', () => {
  const { scenario, timeline } = played('example-2');
  const change = timeline.ops[5];
  const step = (at: Parameters<typeof stepOf>[0]) => stepOf(at, { scenario, timeline });
  expect(step({ op: 5, when: 'start' })).toBe(change.first - 1);
  expect(step({ op: 5, when: 'end' })).toBe(change.last);
  expect(step({ op: 5, when: 'end', step: 1 })).toBe(change.first);
  expect(step({ op: 5, when: 'end', step: 10_000 })).toBe(change.last);
  expect(step({ op: 'va', when: 'end' })).toBe(timeline.ops[0].last);
  expect(step({ step: 1e6 })).toBe(timeline.times.length - 1);
});

test('answers are judged', () => {
  expect([
    isRight(3, 3),
    isRight('none', 0),
    isRight({ from: 1, to: 3 }, 3),
    isRight({ from: 1, to: 3 }, 'none'),
  ]).toEqual([true, false, true, false]);
  expect([isNear(100, 100), isNear(101, 100), isNear(109, 100, 10), isNear(1, 'none', 100)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
