import { gradientFill, quarterOf, splitList } from './gradient';
import { attributes, isClear, pixels, short, type Edges, type Sheet } from './sheet';

const SIDES = ['top', 'right', 'bottom', 'left'] as const;
type Side = (typeof SIDES)[number];

/** What a CSS box shows behind what is in it: shadows, background and border, in the order in which they are painted. `exact`: it is moved by a transform. */
export function drawBox(sheet: Sheet, style: CSSStyleDeclaration, page: Edges, exact = false): void {
  const box = exact ? sheet.exact(page) : sheet.snapped(page);
  if (box.right <= box.left && box.bottom <= box.top) return;
  const radii = radiiOf(style, box);
  const shadows = shadowsOf(style.boxShadow);
  for (const shadow of shadows.toReversed()) if (!shadow.inset) drawShadow(sheet, shadow, box, radii);
  const clip = pointsOf(style.clipPath, box);
  if (clip) {
    if (!isClear(style.backgroundColor))
      sheet.add(`<polygon${attributes({ points: clip, fill: style.backgroundColor })}/>`);
    return;
  }
  drawBackground(sheet, style, box, radii);
  for (const shadow of shadows.toReversed()) if (shadow.inset) drawInset(sheet, shadow, box, style);
  drawBorder(sheet, style, box, radii);
}

/** The radii of the corners: top left, top right, bottom right, bottom left. */
export type Radii = readonly [number, number, number, number];
const CORNERS = ['top-left', 'top-right', 'bottom-right', 'bottom-left'] as const;

export function radiiOf(style: CSSStyleDeclaration, { left, top, right, bottom }: Edges): Radii {
  const size = Math.min(right - left, bottom - top);
  return CORNERS.map((corner) => {
    const text = style.getPropertyValue(`border-${corner}-radius`) || '0';
    const wanted = text.includes('%') ? (size * Number.parseFloat(text)) / 100 : pixels(text);
    return Math.max(0, Math.min(wanted, size / 2));
  }) as unknown as Radii;
}

const NO_RADII: Radii = [0, 0, 0, 0];
const reduced = (radii: Radii, by: number): Radii =>
  radii.map((radius) => (radius > 0 ? Math.max(0, radius - by) : 0)) as unknown as Radii;

type Fields = Readonly<Record<string, string | number | undefined>>;

/** A rectangle, whose corners may be round each in its own way. */
export function shape(box: Edges, radii: Radii, fields: Fields): string {
  const { left, top, right, bottom } = box;
  if (radii.every((radius) => radius === radii[0])) {
    const size = { width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
    return `<rect${attributes({ x: left, y: top, ...size, rx: radii[0] || undefined, ...fields })}/>`;
  }
  return `<path${attributes({ d: outline(box, radii), ...fields })}/>`;
}

function outline({ left, top, right, bottom }: Edges, [tl, tr, br, bl]: Radii): string {
  const arc = (radius: number, x: number, y: number): string =>
    radius > 0 ? `a${short(radius)} ${short(radius)} 0 0 1 ${short(x)} ${short(y)}` : '';
  return (
    `M${short(left + tl)} ${short(top)}H${short(right - tr)}${arc(tr, tr, tr)}V${short(bottom - br)}${arc(br, -br, br)}` +
    `H${short(left + bl)}${arc(bl, -bl, -bl)}V${short(top + tl)}${arc(tl, tl, -tl)}z`
  );
}

const grown = ({ left, top, right, bottom }: Edges, by: number): Edges => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

function drawBackground(sheet: Sheet, style: CSSStyleDeclaration, box: Edges, radii: Radii): void {
  if (!isClear(style.backgroundColor)) sheet.add(shape(box, radii, { fill: style.backgroundColor }));
  if (style.backgroundImage === 'none') return;
  const images = splitList(style.backgroundImage);
  const sizes = splitList(style.backgroundSize);
  const places = splitList(style.backgroundPosition);
  const repeats = splitList(style.backgroundRepeat);
  const inside = innerOf(style, box);
  for (const [i, image] of [...images.entries()].toReversed()) {
    const tile = tileOf(sizes[i % sizes.length], places[i % places.length], inside);
    const quarter = quarterOf(image);
    if (quarter) drawQuarters(sheet, quarter, tile, inside);
    else {
      const once = repeats[i % repeats.length] === 'no-repeat';
      const fill = gradientFill(sheet, image, tile);
      if (fill !== undefined) sheet.add(shape(once ? tile : box, once ? NO_RADII : radii, { fill }));
    }
  }
}

/** Within the border. */
export function innerOf(style: CSSStyleDeclaration, { left, top, right, bottom }: Edges): Edges {
  const width = (side: Side): number => pixels(style.getPropertyValue(`border-${side}-width`));
  return {
    left: left + width('left'),
    top: top + width('top'),
    right: right - width('right'),
    bottom: bottom - width('bottom'),
  };
}

/** Where one image of a background lies, by its size and place. */
function tileOf(size: string, place: string, box: Edges): Edges {
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const [across, down = across] = size.split(' ');
  const lengthOf = (text: string, whole: number): number =>
    text.endsWith('%') ? (whole * Number.parseFloat(text)) / 100 : text === 'auto' ? whole : pixels(text);
  const [w, h] = [lengthOf(across, width), lengthOf(down, height)];
  const [x, y = x] = place.split(' ');
  const left = box.left + (x.endsWith('%') ? ((width - w) * Number.parseFloat(x)) / 100 : pixels(x));
  const top = box.top + (y.endsWith('%') ? ((height - h) * Number.parseFloat(y)) / 100 : pixels(y));
  return { left, top, right: left + w, bottom: top + h };
}

function drawQuarters(
  sheet: Sheet,
  { colour, size }: { readonly colour: string; readonly size: number },
  tile: Edges,
  box: Edges,
): void {
  const id = sheet.define(
    (name) =>
      `<pattern id="${name}"${attributes({ patternUnits: 'userSpaceOnUse', x: tile.left, y: tile.top, width: tile.right - tile.left, height: tile.bottom - tile.top })}><rect${attributes({ width: size, height: size, fill: colour })}/></pattern>`,
  );
  sheet.add(shape(box, NO_RADII, { fill: `url(#${id})` }));
}

function drawBorder(sheet: Sheet, style: CSSStyleDeclaration, box: Edges, radii: Radii): void {
  const sides = SIDES.map((side) => ({
    side,
    width: pixels(style.getPropertyValue(`border-${side}-width`)),
    colour: style.getPropertyValue(`border-${side}-color`),
    line: style.getPropertyValue(`border-${side}-style`),
  }));
  const seen = sides.filter(
    ({ width, colour, line }) => width > 0 && line !== 'none' && line !== 'hidden' && !isClear(colour),
  );
  if (seen.length === 0) return;
  const [{ width, colour, line }] = seen;
  const alike =
    seen.length === 4 && seen.every((one) => one.width === width && one.colour === colour && one.line === line);
  if (alike) {
    const dashes = dashesOf(line, width);
    sheet.add(
      shape(grown(box, -width / 2), reduced(radii, width / 2), {
        fill: 'none',
        stroke: colour,
        'stroke-width': width,
        'stroke-dasharray': dashes,
      }),
    );
    return;
  }
  const round = radii.some((radius) => radius > 0);
  if (round) sheet.add(`<g clip-path="url(#${ringOf(sheet, style, box, radii)})">`);
  for (const one of seen) sheet.add(sideOf(one, sides, box, radii));
  if (round) sheet.add('</g>');
}

/** Between the outer and the inner edge of a border. */
function ringOf(sheet: Sheet, style: CSSStyleDeclaration, box: Edges, radii: Radii): string {
  const inside = innerOf(style, box);
  const widths = [inside.top - box.top, inside.top - box.top, box.bottom - inside.bottom, box.bottom - inside.bottom];
  const inner = radii.map((radius, i) => Math.max(0, radius - widths[i])) as unknown as Radii;
  return sheet.define(
    (id) =>
      `<clipPath id="${id}"><path d="${outline(box, radii)}${outline(inside, inner)}" clip-rule="evenodd"/></clipPath>`,
  );
}

const dashesOf = (line: string, width: number): string | undefined =>
  line === 'dashed'
    ? `${short(width * (width > 2 ? 2 : 3))} ${short(width * (width > 2 ? 1 : 2))}`
    : line === 'dotted'
      ? `${width} ${width}`
      : undefined;

interface Border {
  readonly side: Side;
  readonly width: number;
  readonly colour: string;
  readonly line: string;
}

/** One side of a border, with its mitred ends. */
function sideOf(
  { side, colour, line, width }: Border,
  all: readonly Border[],
  { left, top, right, bottom }: Edges,
  radii: Radii,
): string {
  const [t, r, b, l] = all.map((one) => (one.line === 'none' ? 0 : one.width));
  if (line === 'dashed' || line === 'dotted') {
    const middle = {
      top: top + width / 2,
      bottom: bottom - width / 2,
      left: left + width / 2,
      right: right - width / 2,
    };
    const d =
      side === 'top' || side === 'bottom' ? `M${left} ${middle[side]}H${right}` : `M${middle[side]} ${top}V${bottom}`;
    return `<path${attributes({ d, stroke: colour, 'stroke-width': width, 'stroke-dasharray': dashesOf(line, width) })}/>`;
  }
  // As far in as the corners are round.
  const far = Math.max(
    1,
    ...radii.map((radius, i) => radius / Math.max(0.5, Math.min(i < 2 ? t : b, i === 0 || i === 3 ? l : r))),
  );
  const inner = { left: left + l * far, top: top + t * far, right: right - r * far, bottom: bottom - b * far };
  const points = {
    top: [left, top, right, top, inner.right, inner.top, inner.left, inner.top],
    right: [right, top, right, bottom, inner.right, inner.bottom, inner.right, inner.top],
    bottom: [left, bottom, right, bottom, inner.right, inner.bottom, inner.left, inner.bottom],
    left: [left, top, left, bottom, inner.left, inner.bottom, inner.left, inner.top],
  }[side];
  return `<polygon${attributes({ points: points.map(short).join(' '), fill: colour })}/>`;
}

/** An outline lies over what is in the box. */
export function drawOutline(sheet: Sheet, style: CSSStyleDeclaration, page: Edges, exact = false): void {
  const width = pixels(style.outlineWidth);
  if (style.outlineStyle === 'none' || width === 0 || isClear(style.outlineColor)) return;
  const box = exact ? sheet.exact(page) : sheet.snapped(page);
  if (box.right <= box.left && box.bottom <= box.top) return;
  const radii = radiiOf(style, box);
  const by = pixels(style.outlineOffset) + width / 2;
  sheet.add(
    shape(grown(box, by), reduced(radii, -by), {
      fill: 'none',
      stroke: style.outlineColor,
      'stroke-width': width,
    }),
  );
}

interface Shadow {
  readonly colour: string;
  readonly x: number;
  readonly y: number;
  readonly blur: number;
  readonly spread: number;
  readonly inset: boolean;
}

function shadowsOf(text: string): readonly Shadow[] {
  if (text === 'none' || text === '') return [];
  return splitList(text).map((part) => {
    const colour = /(?:rgba?|color)\([^)]*\)|#\w+/.exec(part)?.[0] ?? 'rgb(0, 0, 0)';
    const [x = 0, y = 0, blur = 0, spread = 0] = (part.replace(colour, '').match(/-?[\d.]+px/g) ?? []).map(pixels);
    return { colour, x, y, blur, spread, inset: part.includes('inset') };
  });
}

function drawShadow(sheet: Sheet, { colour, x, y, blur, spread }: Shadow, box: Edges, radii: Radii): void {
  const moved = grown({ left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y }, spread);
  const filter =
    blur > 0
      ? `url(#${sheet.define((id) => `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${short(blur / 2)}"/></filter>`)})`
      : undefined;
  sheet.add(shape(moved, reduced(radii, -spread), { fill: colour, filter }));
}

/** Inset shadows here are edges without blur: on one side, or all around. */
function drawInset(sheet: Sheet, { colour, x, y, spread }: Shadow, box: Edges, style: CSSStyleDeclaration): void {
  const inside = innerOf(style, box);
  if (spread > 0) {
    const radii = reduced(radiiOf(style, box), pixels(style.borderTopWidth) + spread / 2);
    sheet.add(shape(grown(inside, -spread / 2), radii, { fill: 'none', stroke: colour, 'stroke-width': spread }));
  }
  if (x > 0) sheet.add(shape({ ...inside, right: inside.left + x }, NO_RADII, { fill: colour }));
  if (x < 0) sheet.add(shape({ ...inside, left: inside.right + x }, NO_RADII, { fill: colour }));
  if (y > 0) sheet.add(shape({ ...inside, bottom: inside.top + y }, NO_RADII, { fill: colour }));
  if (y < 0) sheet.add(shape({ ...inside, top: inside.bottom + y }, NO_RADII, { fill: colour }));
}

/** The corners of a clip-path: polygon(…) in percent. */
function pointsOf(clip: string, { left, top, right, bottom }: Edges): string | undefined {
  const [, list] = /^polygon\((.*)\)$/.exec(clip) ?? [];
  return list
    ?.split(',')
    .map((point) => {
      const [x, y] = point.trim().split(' ');
      const along = (text: string, whole: number): number =>
        text.endsWith('%') ? (whole * Number.parseFloat(text)) / 100 : pixels(text);
      return `${short(left + along(x, right - left))},${short(top + along(y, bottom - top))}`;
    })
    .join(' ');
}
