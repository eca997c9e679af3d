import { attributes, isClear, type Edges, type Sheet } from './sheet';

/** Splits at commas that stand in no brackets. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const sign = text[i];
    if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (i === text.length || (sign === ',' && depth === 0)) {
      parts.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parts.filter((part) => part !== '');
}

interface Stop {
  readonly colour: string;
  /** As a share of the line, and pixels beside it. */
  readonly share: number | undefined;
  readonly beside: number;
}

const COLOUR = /^(?:[a-z-]+\([^)]*\)|[a-z]+|#[0-9a-f]+)/i;

/** `rgb(1, 2, 3) 0px 2px` gives two stops of one colour. */
function stopsOf(part: string): readonly Stop[] {
  const [colour = ''] = COLOUR.exec(part) ?? [];
  const places = part.slice(colour.length).match(/calc\([^)]*\)|\S+/g) ?? [];
  if (places.length === 0) return [{ colour, share: undefined, beside: 0 }];
  return places.map((place) => {
    const share = /(-?[\d.]+)%/.exec(place);
    const [, sign = '', length = '0'] = /([+-]?)\s*([\d.]+)px/.exec(place) ?? [];
    return { colour, share: share ? Number(share[1]) / 100 : 0, beside: (sign === '-' ? -1 : 1) * Number(length) };
  });
}

/** The direction of a line in degrees, clockwise from upward, and the stops behind it. */
function lineOf(parts: readonly string[], width: number, height: number) {
  const [first = ''] = parts;
  const angle = /^(-?[\d.]+)deg$/.exec(first);
  if (angle) return { degrees: Number(angle[1]), rest: parts.slice(1) };
  if (!first.startsWith('to ')) return { degrees: 180, rest: parts };
  const up = first.includes('top');
  const right = first.includes('right');
  const straight = { 'to top': 0, 'to right': 90, 'to bottom': 180, 'to left': 270 }[first];
  if (straight !== undefined) return { degrees: straight, rest: parts.slice(1) };
  // Toward a corner, so that the middle line goes through the other two.
  const lean = (Math.atan2(height, width) * 180) / Math.PI;
  const degrees = up ? (right ? lean : 360 - lean) : right ? 180 - lean : 180 + lean;
  return { degrees, rest: parts.slice(1) };
}

/** Defines the fill that one image of a CSS background is; undefined for one that is not known here. */
export function gradientFill(sheet: Sheet, image: string, box: Edges): string | undefined {
  const [, repeating, kind, inside] = /^(repeating-)?(linear|radial|conic)-gradient\((.*)\)$/s.exec(image) ?? [];
  if (kind === 'linear') return linear(sheet, splitList(inside), repeating !== undefined, box);
  if (kind === 'radial') return radial(sheet, splitList(inside), box);
  return undefined;
}

function linear(sheet: Sheet, parts: readonly string[], repeats: boolean, { left, top, right, bottom }: Edges): string {
  const [width, height] = [right - left, bottom - top];
  const { degrees, rest } = lineOf(parts, width, height);
  const turn = (degrees * Math.PI) / 180;
  const [dx, dy] = [Math.sin(turn), -Math.cos(turn)];
  const length = Math.abs(width * dx) + Math.abs(height * dy);
  const stops = placed(rest.flatMap(stopsOf), length);
  const end = repeats ? stops.at(-1)!.at : length;
  const [x, y] = [(left + right) / 2 - (dx * length) / 2, (top + bottom) / 2 - (dy * length) / 2];
  const id = sheet.define(
    (name) =>
      `<linearGradient id="${name}"${attributes({ gradientUnits: 'userSpaceOnUse', x1: x, y1: y, x2: x + dx * end, y2: y + dy * end, spreadMethod: repeats ? 'repeat' : undefined })}>${stopTags(stops, end)}</linearGradient>`,
  );
  return `url(#${id})`;
}

function radial(sheet: Sheet, parts: readonly string[], { left, top, right, bottom }: Edges): string {
  const rest = COLOUR.exec(parts[0])?.[0].startsWith('rgb') ? parts : parts.slice(1);
  const length = Math.hypot(right - left, bottom - top) / 2;
  const stops = placed(rest.flatMap(stopsOf), length);
  const id = sheet.define(
    (name) =>
      `<radialGradient id="${name}"${attributes({ gradientUnits: 'userSpaceOnUse', cx: (left + right) / 2, cy: (top + bottom) / 2, r: length })}>${stopTags(stops, length)}</radialGradient>`,
  );
  return `url(#${id})`;
}

interface Placed {
  readonly colour: string;
  readonly at: number;
}

function placed(stops: readonly Stop[], length: number): readonly Placed[] {
  return stops.map(({ colour, share, beside }, i) => ({
    colour,
    at: share === undefined ? (length * i) / Math.max(1, stops.length - 1) : share * length + beside,
  }));
}

const stopTags = (stops: readonly Placed[], length: number): string =>
  stops
    .map(({ colour, at }, i) => {
      // Style sheets fade a colour out; an SVG would mix it with that of the clear end.
      const beside = [stops[i - 1], stops[i + 1]].find((one) => one && !isClear(one.colour))?.colour ?? '#000';
      const paint = isClear(colour) ? { 'stop-color': beside, 'stop-opacity': 0 } : { 'stop-color': colour };
      return `<stop${attributes({ offset: Math.max(0, Math.min(1, at / length)), ...paint })}/>`;
    })
    .join('');

/** The empty places of a TLB are drawn as a quarter of a turn: the colour of that quarter, and how large it is. */
export function quarterOf(image: string): { readonly colour: string; readonly size: number } | undefined {
  const [, size, colour] =
    /^conic-gradient\((?:from 0deg )?at ([\d.]+)px [\d.]+px, .*75%, (rgba?\([^)]*\)|#\w+|\w+) /s.exec(image) ?? [];
  return size === undefined ? undefined : { colour, size: Number(size) };
}
