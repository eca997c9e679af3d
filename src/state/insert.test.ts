import { describe, expect, test } from 'vitest';
import type { Op } from '../machine/op';
import type { Scenario } from '../scenario';
import { broughtBack, freshName, inserted, needsSync } from './insert';

const on = (pcpu: number): Op => ({ op: 'flush', pcpu });
const sync: Op = { op: 'sync' };
const doc = (...ops: Op[]): Scenario =>
  ({ version: 1, title: '', config: { reservations: [] }, ops }) as unknown as Scenario;

describe('an operation added by hand', () => {
  test.each([
    ['first', [], on(1), false],
    ['behind one of its PCPU', [on(1)], on(1), false],
    ['behind one of another PCPU', [on(0)], on(1), true],
    ['behind a sync', [on(0), sync], on(1), false],
    ['while another PCPU may still be busy', [on(0), on(1)], on(1), true],
    ['when only its PCPU worked since the sync', [on(0), sync, on(1)], on(1), false],
    ['a sync itself', [on(0)], sync, false],
  ] as const)('%s', (_, before, op, expected) => {
    expect(needsSync(before, op)).toBe(expected);
  });

  test('goes behind the one at the playhead and keeps the later ones', () => {
    const { document, last } = inserted(doc(on(0), on(2)), 1, [on(0)]);
    expect(document.ops).toEqual([on(0), on(0), on(2)]);
    expect(last).toBe(1);
  });

  test('brings a sync with it where it needs one', () => {
    const { document, last } = inserted(doc(on(0)), 1, [on(3)]);
    expect(document.ops).toEqual([on(0), sync, on(3)]);
    expect(last).toBe(2);
  });

  test('is found again by redo, and not by undo', () => {
    const before = doc(on(0), on(1));
    const { document: after } = inserted(before, 1, [on(0)]);
    expect(broughtBack(before, after)).toBe(1);
    expect(broughtBack(after, before)).toBeUndefined();
    expect(broughtBack(before, doc(on(5)))).toBeUndefined();
  });

  test('has a name of its own', () => {
    const named = { op: 'map', as: 'm1', pcpu: 0 } as Op;
    expect(freshName(doc())).toBe('m1');
    expect(freshName(doc(named))).toBe('m2');
  });
});
