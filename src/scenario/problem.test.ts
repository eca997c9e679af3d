import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parentOf, pathText } from './problem';

test('a path without its last step is the path of what holds it, whatever its names are', () => {
  const name = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('a', '.', '[', '"', '\\', ']', '0'), { maxLength: 6 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(name, fc.nat(20)), { minLength: 1, maxLength: 5 }), (keys) => {
      expect(parentOf(pathText(keys))).toBe(pathText(keys.slice(0, -1)));
    }),
  );
});
