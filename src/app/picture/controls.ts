import { drawLine, measure, metricsOf } from './letters';
import { attributes, pixels, short, type Edges, type Sheet } from './sheet';

/** What a field shows: its text is no text of the page, and what browsers draw themselves has no box of the page. */
export function drawControl(
  sheet: Sheet,
  control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  style: CSSStyleDeclaration,
): void {
  const box = control.getBoundingClientRect();
  if (control instanceof HTMLSelectElement) {
    drawValue(sheet, control.selectedOptions[0]?.text ?? '', style, { ...edgesOf(box), right: box.right - 18 }, 4);
    drawArrow(sheet, style, box);
  } else if (control.type === 'checkbox') drawTick(sheet, control as HTMLInputElement, style, box);
  else if (control.type !== 'range') {
    const text = control.value || control.placeholder;
    drawValue(sheet, text, style, edgesOf(box), 0);
  }
}

const edgesOf = ({ left, top, right, bottom }: DOMRect): Edges => ({ left, top, right, bottom });

function drawValue(sheet: Sheet, text: string, style: CSSStyleDeclaration, box: Edges, more: number): void {
  const side = (name: 'left' | 'right'): number =>
    pixels(style.getPropertyValue(`padding-${name}`)) + pixels(style.getPropertyValue(`border-${name}-width`));
  const room = { left: box.left + side('left') + more, right: box.right - side('right') };
  const { ascent, descent } = metricsOf(style);
  const top = (box.top + box.bottom - ascent - descent) / 2;
  const wide = measure(style, text);
  const left = style.textAlign === 'right' || style.textAlign === 'end' ? room.right - wide : room.left;
  const id = sheet.define(
    (name) =>
      `<clipPath id="${name}"><rect${attributes({ x: sheet.x(room.left), y: sheet.y(box.top), width: Math.max(0, room.right - room.left), height: box.bottom - box.top })}/></clipPath>`,
  );
  sheet.add(`<g clip-path="url(#${id})">`);
  const starts = [...text].map((_, i) => left + measure(style, text.slice(0, i)));
  drawLine(sheet, style, { text, box: { left, top, right: left + wide, bottom: top + ascent + descent } }, starts);
  sheet.add('</g>');
}

function drawArrow(sheet: Sheet, style: CSSStyleDeclaration, { right, top, height }: DOMRect): void {
  const [x, y] = [sheet.x(right) - 14, sheet.y(top) + height / 2 - 2];
  sheet.add(
    `<path${attributes({ d: `M${short(x)} ${short(y)}l4 4l4 -4`, fill: 'none', stroke: style.color, 'stroke-width': 1.8 })}/>`,
  );
}

function drawTick(
  sheet: Sheet,
  { checked }: HTMLInputElement,
  style: CSSStyleDeclaration,
  { left, top, width, height }: DOMRect,
): void {
  const place = { x: sheet.x(left) + 0.5, y: sheet.y(top) + 0.5, width: width - 1, height: height - 1, rx: 2 };
  sheet.add(
    `<rect${attributes({ ...place, fill: checked ? style.accentColor : 'none', stroke: checked ? style.accentColor : '#767676' })}/>`,
  );
  if (!checked) return;
  const [x, y] = [sheet.x(left), sheet.y(top)];
  sheet.add(
    `<path${attributes({ d: `M${short(x + 3)} ${short(y + height / 2)}l3 3l5 -6`, fill: 'none', stroke: '#fff', 'stroke-width': 2 })}/>`,
  );
}
