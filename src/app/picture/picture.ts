import { drawBox, drawOutline, innerOf, radiiOf, shape } from './boxes';
import { drawControl } from './controls';
import { facesOf } from './faces';
import { drawSvg } from './inline-svg';
import { drawText } from './letters';
import { drawPseudo } from './pseudo';
import { attributes, isClear, Sheet, type Edges } from './sheet';
import { laidOutWhole } from './whole';

/**
 * A panel as an SVG that needs nothing else: real text and shapes, read from where the browser has put them, with the fonts in it.
 */
export async function pictureOf(panel: HTMLElement, title: string): Promise<string> {
  const { sheet, across, down } = drawn(panel);
  return sheet.text(across, down, title, await facesOf(sheet.families));
}

function drawn(panel: HTMLElement) {
  const putBack = laidOutWhole(panel);
  try {
    return sheetOf(panel);
  } finally {
    putBack();
  }
}

function sheetOf(element: HTMLElement) {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const form = element.querySelector('.below-walk')?.getBoundingClientRect();
  const [x, y] = [Math.round(left), Math.round(top)];
  const [across, down] = [Math.round(right) - x, Math.round(form ? Math.min(form.top, bottom) : bottom) - y];
  const sheet = new Sheet(x, y, devicePixelRatio);
  sheet.add(`<rect${attributes({ width: across, height: down, fill: groundOf(element) })}/>`);
  draw(sheet, element, {});
  return { sheet, across, down };
}

/** The colour behind it. */
function groundOf(element: HTMLElement): string {
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!isClear(backgroundColor)) return backgroundColor;
  }
  return '#fff';
}

/** What comes from around an element. */
interface Around {
  /** How far lines reach before they end in …. */
  readonly room?: Edges | undefined;
  /** Whose lines go through or below its text: what is inside has them without saying so. */
  readonly lined?: CSSStyleDeclaration | undefined;
}

/** An element and all in it. */
function draw(sheet: Sheet, element: Element, around: Around): void {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.clipPath.startsWith('inset(50%')) return;
  const faint = style.opacity !== '1';
  if (faint) sheet.add(`<g opacity="${style.opacity}">`);
  const isShown = style.visibility === 'visible';
  if (element instanceof SVGSVGElement) {
    if (isShown) {
      drawBoxes(sheet, element, style, drawBox);
      drawSvg(sheet, element, style);
    }
  } else drawHtml(sheet, element as HTMLElement, style, isShown, around);
  if (isShown) drawBoxes(sheet, element, style, drawOutline);
  if (faint) sheet.add('</g>');
}

function drawHtml(
  sheet: Sheet,
  element: HTMLElement,
  style: CSSStyleDeclaration,
  isShown: boolean,
  around: Around,
): void {
  if (isShown) drawBoxes(sheet, element, style, drawBox);
  const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible';
  if (clips) sheet.add(`<g clip-path="url(#${clipOf(sheet, element, style)})">`);
  const room = style.textOverflow === 'ellipsis' && clips ? contentOf(element, style) : around.room;
  const inside = { room, lined: linedBy(style, around) };
  if (isShown) drawPseudo(sheet, element, '::before');
  if (element instanceof HTMLCanvasElement) {
    if (isShown) drawCanvas(sheet, element);
  } else if (isControl(element)) {
    if (isShown) drawControl(sheet, element, style);
  } else {
    for (const child of inOrder(element)) {
      if (child instanceof Element) draw(sheet, child, inside);
      else if (isShown && isFirst(child)) drawText(sheet, withNeighbours(child), style, room, inside.lined);
    }
  }
  if (isShown) drawPseudo(sheet, element, '::after');
  if (clips) sheet.add('</g>');
}

/** A box that stands in a line as a whole is free of the line's own. */
function linedBy(style: CSSStyleDeclaration, { lined }: Around): CSSStyleDeclaration | undefined {
  if (style.textDecorationLine !== 'none') return style;
  const whole = style.display.startsWith('inline-') || style.float !== 'none' || /absolute|fixed/.test(style.position);
  return whole ? undefined : lined;
}

/** One box; of something in a line that is broken, one for each line. */
function drawBoxes(sheet: Sheet, element: Element, style: CSSStyleDeclaration, drawOne: typeof drawBox): void {
  const rects = style.display === 'inline' ? element.getClientRects() : [element.getBoundingClientRect()];
  for (const { left, top, right, bottom } of rects)
    drawOne(sheet, style, { left, top, right, bottom }, style.transform !== 'none');
}

const isControl = (element: HTMLElement): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

function contentOf(element: HTMLElement, style: CSSStyleDeclaration): Edges {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const side = (name: string): number =>
    Number.parseFloat(style.getPropertyValue(`padding-${name}`)) +
    Number.parseFloat(style.getPropertyValue(`border-${name}-width`));
  return { left: left + side('left'), top, right: right - side('right'), bottom };
}

function clipOf(sheet: Sheet, element: HTMLElement, style: CSSStyleDeclaration): string {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const outer = sheet.snapped({ left, top, right, bottom });
  const box = innerOf(style, outer);
  const far = 1e5;
  const x = style.overflowX === 'visible' ? { left: -far, right: far } : box;
  const y = style.overflowY === 'visible' ? { top: -far, bottom: far } : box;
  const edges = { left: x.left, top: y.top, right: x.right, bottom: y.bottom };
  return sheet.define((id) => `<clipPath id="${id}">${shape(edges, radiiOf(style, outer), {})}</clipPath>`);
}

/** What is positioned lies over what is not, by z-index. */
function inOrder(element: HTMLElement): readonly ChildNode[] {
  const depth = (node: ChildNode): number => {
    if (!(node instanceof Element)) return 0;
    const { position, zIndex } = getComputedStyle(node);
    if (zIndex !== 'auto') return Number(zIndex) < 0 ? Number(zIndex) : Number(zIndex) + 1;
    return position === 'static' ? 0 : 0.5;
  };
  const nodes = [...element.childNodes].map((node) => ({ node, at: depth(node) }));
  return nodes.toSorted((a, b) => a.at - b.at).map(({ node }) => node);
}

const isFirst = (node: ChildNode): node is Text => node instanceof Text && !(node.previousSibling instanceof Text);

/** React makes several nodes of a text with values in it. */
function withNeighbours(first: Text): readonly Text[] {
  const nodes: Text[] = [];
  for (let at: ChildNode | null = first; at instanceof Text; at = at.nextSibling) nodes.push(at);
  return nodes;
}

function drawCanvas(sheet: Sheet, canvas: HTMLCanvasElement): void {
  const box = canvas.getBoundingClientRect();
  if (canvas.width === 0 || canvas.height === 0) return;
  const { left: x, top: y, right, bottom } = sheet.snapped(box);
  const place = { x, y, width: right - x, height: bottom - y };
  sheet.add(
    `<image${attributes({ ...place, preserveAspectRatio: 'none', style: 'image-rendering:pixelated', href: canvas.toDataURL('image/png') })}/>`,
  );
}
