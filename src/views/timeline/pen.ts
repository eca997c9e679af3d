import { tokens } from '../../draw/tokens';

/** A canvas to paint on, with the colours of the theme. */
export interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly colour: (token: string) => string;
  readonly family: string;
  readonly textures: Map<string, CanvasPattern | string>;
}

/** Sizes a canvas to so many CSS pixels at the resolution of the screen, and takes it up. */
export function penOn(canvas: HTMLCanvasElement, width: number, height: number): Pen | undefined {
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  const ratio = devicePixelRatio;
  const [wide, high] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
  // To set the size, even to what it is, throws the canvas away.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const colour = tokens();
  return { context, colour, family: colour('--font-text'), textures: new Map() };
}

export const canvasFont = ({ family }: Pen, size: number, weight = 400): string => `${weight} ${size}px ${family}`;

const widths = new Map<string, number>();

/** Whether words of the size used in bars fit into so many pixels. */
export function textFits(pen: Pen, text: string, room: number): boolean {
  if (room < text.length * 4) return false;
  let width = widths.get(text);
  if (width === undefined) {
    pen.context.font = canvasFont(pen, 11, 500);
    width = pen.context.measureText(text).width;
    if (widths.size > 5000) widths.clear();
    widths.set(text, width);
  }
  return width <= room;
}

export type Texture = 'bars' | 'hatch' | 'line' | 'dots';

/** A pattern in a colour, on a ground or on what is below. */
export function texture(pen: Pen, kind: Texture, ink: string, ground?: string): CanvasPattern | string {
  const key = `${kind} ${ink} ${ground ?? ''}`;
  const known = pen.textures.get(key);
  if (known) return known;
  const made = pen.context.createPattern(tile(pen, kind, ink, ground), 'repeat') ?? pen.colour(ink);
  pen.textures.set(key, made);
  return made;
}

const SIDE = 6;

function tile(pen: Pen, kind: Texture, ink: string, ground: string | undefined): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  if (ground) {
    context.fillStyle = pen.colour(ground);
    context.fillRect(0, 0, SIDE, SIDE);
  }
  context.fillStyle = context.strokeStyle = pen.colour(ink);
  if (!ground) context.globalAlpha = 0.75;
  switch (kind) {
    case 'bars':
      context.fillRect(0, 0, 1, SIDE);
      context.fillRect(3, 0, 1, SIDE);
      break;
    case 'line':
      context.fillRect(0, 3, SIDE, 1);
      break;
    case 'dots':
      context.fillRect(1, 1, 2, 2);
      context.fillRect(4, 4, 2, 2);
      break;
    default:
      context.lineWidth = 1.5;
      context.beginPath();
      for (const x of [-SIDE, 0, SIDE]) {
        context.moveTo(x - 1, SIDE + 1);
        context.lineTo(x + SIDE + 1, -1);
      }
      context.stroke();
  }
  return canvas;
}
