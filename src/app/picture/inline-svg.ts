import { attributes, escaped, type Sheet } from './sheet';

/** What decides how a part of an SVG is painted, with what it is when nothing says otherwise. */
const PAINT: Readonly<Record<string, readonly string[]>> = {
  fill: ['rgb(0, 0, 0)'],
  'fill-opacity': ['1'],
  'fill-rule': ['nonzero'],
  stroke: ['none'],
  'stroke-width': ['1px', '1'],
  'stroke-opacity': ['1'],
  'stroke-dasharray': ['none'],
  'stroke-dashoffset': ['0px', '0'],
  'stroke-linecap': ['butt'],
  'stroke-linejoin': ['miter'],
  'vector-effect': ['none'],
  opacity: ['1'],
  'paint-order': ['normal'],
  'shape-rendering': ['auto'],
  'mix-blend-mode': ['normal'],
};
const LETTERS = [
  'font-family',
  'font-size',
  'font-weight',
  'font-feature-settings',
  'text-anchor',
  'dominant-baseline',
  'letter-spacing',
];
/** Attributes that say where and what a part is; all others are the page's. */
const KEPT =
  /^(d|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|width|height|points|transform|viewBox|preserveAspectRatio|pathLength|offset|id|href|clip-path|dx|dy|gradientUnits|patternUnits|patternTransform|spreadMethod)$/;

/** An SVG of the page with its computed paint, where it lies. */
export function drawSvg(sheet: Sheet, svg: SVGSVGElement, style: CSSStyleDeclaration): void {
  const { left, top, width, height } = svg.getBoundingClientRect();
  if (width === 0 || height === 0) return;
  // Browsers put a replaced element on whole pixels.
  const place = { x: sheet.x(Math.round(left)), y: sheet.y(Math.round(top)), width, height };
  const box = svg.getAttribute('viewBox') ?? undefined;
  const ratio = svg.getAttribute('preserveAspectRatio') ?? undefined;
  const overflow = style.overflowX === 'visible' ? 'visible' : undefined;
  sheet.add(
    `<svg${attributes({ ...place, viewBox: box, preserveAspectRatio: ratio, overflow })}>${[...svg.children].map((child) => copied(sheet, child)).join('')}</svg>`,
  );
}

function copied(sheet: Sheet, element: Element): string {
  const style = getComputedStyle(element);
  if (style.display === 'none' || style.visibility === 'hidden') return '';
  const fields: Record<string, string | undefined> = {};
  for (const { name, value } of element.attributes) if (KEPT.test(name)) fields[name] = value;
  const grouped = element.tagName === 'g' || element.tagName === 'svg';
  if (grouped) {
    if (style.opacity !== '1') fields['opacity'] = style.opacity;
  } else {
    for (const [name, usual] of Object.entries(PAINT)) {
      const value = style.getPropertyValue(name);
      if (value && !usual.includes(value)) fields[name] = value.replaceAll('"', '');
    }
  }
  if (element.tagName === 'text' || element.tagName === 'tspan') {
    for (const name of LETTERS) fields[name] = style.getPropertyValue(name).replaceAll('"', "'");
    for (const family of style.fontFamily.split(',')) sheet.families.add(family.trim().replaceAll(/["']/g, ''));
  }
  if (style.transform !== 'none') fields['transform'] = style.transform;
  const inside = [...element.childNodes]
    .map((child) => (child instanceof Element ? copied(sheet, child) : escaped(child.textContent ?? '')))
    .join('');
  return `<${element.tagName}${attributes(fields)}>${inside}</${element.tagName}>`;
}
