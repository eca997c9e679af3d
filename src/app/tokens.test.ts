import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('src/app/tokens.css', 'utf8');
const themeOf = (selector: string): ReadonlyMap<string, string> => {
  const [, block = ''] = css.split(`${selector} {`);
  return new Map([...block.split('}')[0].matchAll(/--([\w-]+): (#[\da-f]{6});/gi)].map(([, name, hex]) => [name, hex]));
};

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['panel', 'sunk', 'ground', 'accent-soft'];
/** What is written in, and on what. */
const TEXT: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  ...['ink', 'ink-2', 'ink-3', 'accent'].map((ink) => [ink, GROUNDS] as const),
  ...['L1', 'L2', 'L3', 'L4'].map((ink) => [ink, GROUNDS] as const),
  ['stale', ['panel', 'sunk', 'stale-soft']],
  ['hazard', ['panel', 'sunk', 'hazard-soft']],
  ['ok', ['panel', 'sunk']],
  ['on-accent', ['accent']],
];
/** What is drawn, and on what. */
const MARKS: readonly (readonly [mark: string, grounds: readonly string[]])[] = [
  ['line-strong', GROUNDS],
  ...['ram', 'rom', 'device', 'table', 'stale', 'hazard', 'ok'].map((mark) => [mark, ['panel']] as const),
  ...[1, 2, 3, 4, 5, 6].map((n) => [`map-${n}`, ['panel', 'sunk', 'ground']] as const),
];

describe.each([
  ['light', ":root,\n[data-theme='light']"],
  ['dark', "[data-theme='dark']"],
])('the %s theme', (_, selector) => {
  const theme = themeOf(selector);
  const pairs = (list: typeof TEXT, least: number) =>
    list.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground, least] as const));
  test.each([...pairs(TEXT, 4.5), ...pairs(MARKS, 3)])('%s on %s keeps %f to 1', (ink, ground, least) => {
    expect(contrast(theme.get(ink)!, theme.get(ground)!)).toBeGreaterThanOrEqual(least);
  });
});
