import { IntervalMap } from '../base/interval-map';

/** Consecutive frames. */
export interface Frames {
  readonly mpn: number;
  readonly count: number;
}

/** The frames that vmkernel keeps for tables. Persistent: every change gives a new pool. */
export class FramePool {
  private constructor(
    readonly start: number,
    readonly end: number,
    private readonly free: IntervalMap<undefined>,
    readonly freeCount: number,
  ) {}

  static make(start: number, pages: number): FramePool {
    return new FramePool(
      start,
      start + pages,
      IntervalMap.empty<undefined>().put(start, start + pages, undefined),
      pages,
    );
  }

  /** The pool with frames taken that something else already has; those outside do not matter. */
  without(mpns: readonly number[]): FramePool {
    const taken = new Set(mpns.filter((mpn) => this.isFree(mpn)));
    let { free } = this;
    for (const mpn of taken) free = free.cut(mpn, mpn + 1);
    return new FramePool(this.start, this.end, free, this.freeCount - taken.size);
  }

  get used(): number {
    return this.end - this.start - this.freeCount;
  }

  has(mpn: number): boolean {
    return mpn >= this.start && mpn < this.end;
  }

  isFree(mpn: number): boolean {
    return this.free.find(mpn) !== undefined;
  }

  /** Takes `count` frames: the first run that is long enough, or else the lowest pieces. Undefined when there are not enough. */
  take(count: number): { readonly pool: FramePool; readonly pieces: readonly Frames[] } | undefined {
    if (count > this.freeCount) return undefined;
    let pieces: Frames[] = [];
    let missing = count;
    for (const { start, end } of this.free.all()) {
      if (end - start >= count) {
        pieces = [{ mpn: start, count }];
        break;
      }
      if (missing > 0) {
        const part = Math.min(missing, end - start);
        pieces.push({ mpn: start, count: part });
        missing -= part;
      }
    }
    let { free } = this;
    for (const piece of pieces) free = free.cut(piece.mpn, piece.mpn + piece.count);
    return { pool: new FramePool(this.start, this.end, free, this.freeCount - count), pieces };
  }

  /** Gives frames back, joining them with free neighbours. */
  give({ mpn, count }: Frames): FramePool {
    const free = this.free.join(mpn, mpn + count, undefined);
    return new FramePool(this.start, this.end, free, this.freeCount + count);
  }
}
