/** A picture that is being drawn: where its elements lie on the page, and what is defined once and used by many. */
export class Sheet {
  private readonly parts: string[] = [];
  private readonly defs: string[] = [];
  private readonly classes = new Map<string, string>();
  private ids = 0;
  /** Families of letters that were used. */
  readonly families = new Set<string>();

  constructor(
    /** The corner of the page that is the corner of the picture, in whole pixels. */
    private readonly left: number,
    private readonly top: number,
    /** Device pixels to one of the page. */
    private readonly ratio: number,
  ) {}

  add(part: string): void {
    this.parts.push(part);
  }

  /** Defines something once, and gives its id. */
  define(make: (id: string) => string): string {
    const id = `d${++this.ids}`;
    this.defs.push(make(id));
    return id;
  }

  /** The class of a style, which elements that look alike share. */
  classOf(style: string): string {
    const known = this.classes.get(style);
    if (known !== undefined) return known;
    const name = `c${this.classes.size + 1}`;
    this.classes.set(style, name);
    return name;
  }

  x(page: number): number {
    return page - this.left;
  }
  y(page: number): number {
    return page - this.top;
  }

  /** A rectangle of the page in the picture, on whole device pixels as browsers draw it. */
  snapped({ left, top, right, bottom }: Edges): Edges {
    const snap = (value: number): number => Math.round(value * this.ratio) / this.ratio;
    return {
      left: this.x(snap(left)),
      top: this.y(snap(top)),
      right: this.x(snap(right)),
      bottom: this.y(snap(bottom)),
    };
  }

  exact({ left, top, right, bottom }: Edges): Edges {
    return { left: this.x(left), top: this.y(top), right: this.x(right), bottom: this.y(bottom) };
  }

  text(width: number, height: number, title: string, faces: string): string {
    const styles = [...this.classes].map(([style, name]) => `.${name}{${style}}`).join('');
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<title>${escaped(title)}</title><style>${faces}${escaped(styles)}</style>` +
      `<defs>${this.defs.join('')}</defs>${this.parts.join('')}</svg>\n`
    );
  }
}

export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

/** Short, and exact to a thousandth of a pixel. */
export const short = (value: number): string => String(Math.round(value * 1000) / 1000);

/** Attributes that are not undefined. */
export const attributes = (fields: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(fields)
    .map(([name, value]) =>
      value === undefined ? '' : ` ${name}="${escaped(typeof value === 'number' ? short(value) : value)}"`,
    )
    .join('');

export const pixels = (text: string): number => Number.parseFloat(text) || 0;

export const isClear = (colour: string): boolean =>
  colour === 'transparent' || (colour.startsWith('rgba(') && colour.endsWith(', 0)')) || colour.endsWith('/ 0)');
