import { attributes, escaped, isClear, pixels, short, type Edges, type Sheet } from './sheet';

/** What a font says of its height, by its CSS; asking costs, and there are few. */
interface Metrics {
  readonly ascent: number;
  readonly descent: number;
}
const known = new Map<string, Metrics>();
let context: CanvasRenderingContext2D | null | undefined;

const fontOf = ({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): string =>
  `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;

export function measure(style: CSSStyleDeclaration, text: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  context.font = fontOf(style);
  return context.measureText(text).width;
}

export function metricsOf(style: CSSStyleDeclaration): Metrics {
  const font = fontOf(style);
  const found = known.get(font);
  if (found) return found;
  measure(style, '');
  const { fontBoundingBoxAscent: ascent = 0, fontBoundingBoxDescent: descent = 0 } = context?.measureText('x') ?? {};
  // Browsers lay lines out by whole pixels.
  const metrics = { ascent: Math.round(ascent), descent: Math.round(descent) };
  known.set(font, metrics);
  return metrics;
}

const PLAIN: Readonly<Record<string, string>> = {
  'font-style': 'normal',
  'font-feature-settings': 'normal',
  'font-variant-numeric': 'normal',
  'letter-spacing': 'normal',
  'text-shadow': 'none',
};

/** The class of letters that look like this. */
export function letterClass(sheet: Sheet, style: CSSStyleDeclaration, fill = style.color): string {
  const rules = [`font:${style.fontWeight} ${style.fontSize} ${style.fontFamily.replaceAll('"', "'")}`, `fill:${fill}`];
  for (const [name, usual] of Object.entries(PLAIN)) {
    const value = style.getPropertyValue(name);
    if (value && value !== usual) rules.push(`${name}:${value.replaceAll('"', "'")}`);
  }
  for (const family of style.fontFamily.split(',')) sheet.families.add(family.trim().replaceAll(/["']/g, ''));
  return sheet.classOf(`${rules.join(';')};white-space:pre`);
}

export interface Line {
  readonly text: string;
  readonly box: Edges;
}

/**
 * Puts letters where a line of text lies. Each word has its place and length, so that it fits at any size, whatever a program makes of fonts.
 * `lined`: the style of what the line through or below them is of.
 */
export function drawLine(
  sheet: Sheet,
  style: CSSStyleDeclaration,
  { text, box }: Line,
  starts: readonly number[],
  lined: CSSStyleDeclaration | undefined = style,
): void {
  if (text.trim() === '' || isClear(style.color)) return;
  const { ascent, descent } = metricsOf(style);
  const top = (box.top + box.bottom - ascent - descent) / 2;
  const y = Math.round(sheet.y(top) + ascent);
  const name = letterClass(sheet, style);
  const words = [...text.matchAll(/\S+/g)];
  const spans = words.map(({ 0: word, index }) => {
    const x = sheet.x(starts[index] ?? box.left);
    const long = word.length > 1 ? (starts[index + word.length] ?? box.right) - (starts[index] ?? box.left) : undefined;
    return `<tspan${attributes({ x, textLength: long })}>${escaped(word)}</tspan>`;
  });
  sheet.add(`<text class="${name}"${attributes({ y })}>${spans.join('')}</text>`);
  if (lined) drawDecoration(sheet, lined, box, y, ascent);
}

function drawDecoration(sheet: Sheet, style: CSSStyleDeclaration, box: Edges, y: number, ascent: number): void {
  const struck = style.textDecorationLine.includes('line-through');
  if ((!struck && !style.textDecorationLine.includes('underline')) || isClear(style.textDecorationColor)) return;
  const size = pixels(style.fontSize);
  const thick = style.textDecorationThickness.endsWith('px')
    ? pixels(style.textDecorationThickness)
    : Math.max(1, Math.round(size / 12));
  const offset = style.textUnderlineOffset.endsWith('px')
    ? pixels(style.textUnderlineOffset)
    : Math.max(1, Math.round(size / 10));
  const at = Math.round(struck ? y - ascent / 3 : y + offset) + thick / 2;
  const dotted = style.textDecorationStyle === 'dotted';
  sheet.add(
    `<path${attributes({
      d: `M${short(sheet.x(box.left))} ${short(at)}H${short(sheet.x(box.right))}`,
      stroke: style.textDecorationColor,
      'stroke-width': thick,
      'stroke-dasharray': dotted ? `${short(thick)} ${short(thick)}` : undefined,
    })}/>`,
  );
}

type Broken = { letters: string; starts: number[]; box: { -readonly [K in keyof Edges]: Edges[K] } };

/** The lines of neighbouring text nodes, which belong together, as the browser broke them, with where each letter begins. */
export function drawText(
  sheet: Sheet,
  nodes: readonly Text[],
  style: CSSStyleDeclaration,
  room: Edges | undefined,
  lined: CSSStyleDeclaration | undefined,
): void {
  const range = document.createRange();
  let line: Broken | undefined;
  const flush = (): void => {
    if (!line) return;
    const cut = room && line.box.right > room.right + 0.5 ? shortened(line, style, room) : line;
    drawLine(sheet, style, { text: cut.letters, box: cut.box }, cut.starts, lined);
  };
  for (const node of nodes) {
    const text = shown(node.data, style);
    for (let i = 0; i < node.length; i++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const { left, top, right, bottom, width } = range.getBoundingClientRect();
      if (width === 0) continue;
      if (!line || Math.abs(line.box.top - top) > 2 || left < line.box.left - 1) {
        flush();
        line = { letters: '', starts: [], box: { left, top, right, bottom } };
      }
      line.letters += text[i];
      line.starts.push(left);
      line.box.right = Math.max(line.box.right, right);
    }
  }
  flush();
}

/** With … where a line does not fit. */
function shortened(line: Broken, style: CSSStyleDeclaration, room: Edges): Broken {
  const dots = measure(style, '…');
  let count = line.starts.findIndex((_, i) => (line.starts[i + 1] ?? line.box.right) > room.right - dots);
  if (count < 0) count = line.starts.length;
  // The first letter is never taken away.
  count = Math.max(1, count);
  const at = line.starts[count] ?? line.box.right;
  return {
    ...line,
    letters: `${line.letters.slice(0, count)}…`,
    starts: [...line.starts.slice(0, count), at],
    box: { ...line.box, right: at + dots },
  };
}

function shown(
  text: string,
  { textTransform, whiteSpaceCollapse }: CSSStyleDeclaration & { whiteSpaceCollapse?: string },
): string {
  const plain = whiteSpaceCollapse?.startsWith('preserve') ? text : text.replaceAll(/[\t\n\r]/g, ' ');
  return textTransform === 'uppercase' ? plain.toUpperCase() : plain;
}
