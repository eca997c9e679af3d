import { drawBox } from './boxes';
import { drawLine, measure, metricsOf } from './letters';
import { pixels, type Edges, type Sheet } from './sheet';

type Which = '::before' | '::after';

/** A box or a few letters that only the style sheet has. Where it lies follows from its style, since nobody can be asked. */
export function drawPseudo(sheet: Sheet, element: Element, which: Which): void {
  const style = getComputedStyle(element, which);
  if (style.content === 'none' || style.content === 'normal' || style.display === 'none') return;
  const text = /^"((?:[^"\\]|\\.)*)"/.exec(style.content)?.[1] ?? '';
  if (style.position === 'absolute') drawBox(sheet, style, placeOf(element, style), isMoved(element));
  else if (text.trim() !== '') drawLetters(sheet, element, which, style, text);
  else if (element.childNodes.length === 0) drawBox(sheet, style, middleOf(element, style));
}

/** A sign that stands alone in the middle of its element. */
function middleOf(element: Element, style: CSSStyleDeclaration): Edges {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const [x, y] = [(left + right - pixels(style.width)) / 2, (top + bottom - pixels(style.height)) / 2];
  return { left: x, top: y, right: x + pixels(style.width), bottom: y + pixels(style.height) };
}

const isMoved = (element: Element): boolean => getComputedStyle(element).transform !== 'none';

/** Absolute: computed sides are in pixels, from the nearest ancestor that is positioned. */
function placeOf(element: Element, style: CSSStyleDeclaration): Edges {
  let holder: Element = element;
  while (getComputedStyle(holder).position === 'static' && holder.parentElement) holder = holder.parentElement;
  const outer = holder.getBoundingClientRect();
  const around = getComputedStyle(holder);
  const moved = new DOMMatrix(style.transform === 'none' ? undefined : style.transform);
  const left = outer.left + pixels(around.borderLeftWidth) + pixels(style.left) + pixels(style.marginLeft) + moved.e;
  const top = outer.top + pixels(around.borderTopWidth) + pixels(style.top) + pixels(style.marginTop) + moved.f;
  return { left, top, right: left + pixels(style.width), bottom: top + pixels(style.height) };
}

/** In the line: before the first letter of its element, or behind the last. */
function drawLetters(sheet: Sheet, element: Element, which: Which, style: CSSStyleDeclaration, text: string): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  const rects = [...range.getClientRects()].filter(({ width }) => width > 0);
  const beside = which === '::before' ? rects[0] : rects.at(-1);
  if (!beside) return;
  const wide = measure(style, text);
  const left = which === '::before' ? beside.left - wide : beside.right;
  const { ascent, descent } = metricsOf(style);
  const top = (beside.top + beside.bottom - ascent - descent) / 2;
  const starts = [...text].map((_, i) => left + measure(style, text.slice(0, i)));
  drawLine(sheet, style, { text, box: { left, top, right: left + wide, bottom: top + ascent + descent } }, starts);
}
