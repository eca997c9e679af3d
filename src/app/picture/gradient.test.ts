import { expect, test } from 'vitest';
import { gradientFill } from './gradient';
import { Sheet } from './sheet';

const stopsOf = (image: string): unknown => {
  const sheet = new Sheet(0, 0, 1);
  gradientFill(sheet, image, { left: 0, top: 0, right: 10, bottom: 10 });
  return [...sheet.text(10, 10, '', '').matchAll(/stop-color="([^"]*)"( stop-opacity="0")?/g)].map(
    ([, colour, clear]) => (clear ? `${colour} clear` : colour),
  );
};

test('a colour that fades out stays that colour', () => {
  const clear = 'rgba(0, 0, 0, 0)';
  expect(stopsOf(`linear-gradient(to right, rgb(1, 2, 3), ${clear})`)).toEqual(['rgb(1, 2, 3)', 'rgb(1, 2, 3) clear']);
  expect(stopsOf(`linear-gradient(90deg, ${clear}, rgb(4, 5, 6))`)).toEqual(['rgb(4, 5, 6) clear', 'rgb(4, 5, 6)']);
});
