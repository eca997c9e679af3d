import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOrder } from './order';

const cyclic: Record<string, unknown> = { type: 'pagescope:load' };
cyclic['document'] = cyclic;

test.each([
  [
    { type: 'pagescope:load', link: 'v1.x' },
    { kind: 'link', link: 'v1.x' },
  ],
  [
    { type: 'pagescope:load', document: { version: 1 } },
    { kind: 'document', document: { version: 1 } },
  ],
  [
    { type: 'pagescope:seek', step: 3.5 },
    { kind: 'seek', step: 3.5 },
  ],
  [{ type: 'pagescope:play', more: 1 }, { kind: 'play' }],
  [{ type: 'pagescope:pause' }, { kind: 'pause' }],
  [cyclic, { kind: 'document', document: cyclic }],
])('%j is an order', (message, order) => {
  expect(readOrder(message)).toEqual({ ok: true, value: order });
});

test.each([
  [undefined, 'is an object with a type'],
  ['pagescope:play', 'is an object with a type'],
  [{ type: 5 }, 'is an object with a type'],
  [{ type: 'toString' }, '“toString” is no message to Pagescope. There are pagescope:load, pagescope:seek'],
  [{ type: 'pagescope:load' }, 'takes one of two'],
  [{ type: 'pagescope:load', link: 'v1.x', document: {} }, 'takes one of two'],
  [{ type: 'pagescope:load', document: 'text' }, 'takes one of two'],
  [{ type: 'pagescope:seek' }, 'takes step'],
  [{ type: 'pagescope:seek', step: -1 }, 'takes step'],
  [{ type: 'pagescope:seek', step: Number.NaN }, 'takes step'],
  [{ type: 'pagescope:seek', step: '3' }, 'takes step'],
])('%j is none', (message, says) => {
  const read = readOrder(message);
  expect(read.ok ? '' : read.error).toContain(says);
});

test('any value is answered', () => {
  fc.assert(
    fc.property(fc.anything(), (message) => {
      expect(typeof readOrder(message).ok).toBe('boolean');
    }),
  );
});
