/** The only animation frame of the page. It runs while something plays and not at all otherwise. */
export interface Frames {
  request(callback: (time: number) => void): number;
  cancel(id: number): void;
}

const browserFrames: Frames = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (id) => cancelAnimationFrame(id),
};

/** A frame that comes later than this (a hidden tab, a busy page) counts as this long, so that nothing leaps. */
const LONGEST_FRAME_MS = 100;

export class Clock {
  private id: number | undefined;
  private last: number | undefined;

  /** `tick` is given the milliseconds since the tick before. */
  constructor(
    private readonly tick: (elapsed: number) => void,
    private readonly frames: Frames = browserFrames,
  ) {}

  start(): void {
    if (this.id !== undefined) return;
    this.last = undefined;
    this.next();
  }

  stop(): void {
    if (this.id !== undefined) this.frames.cancel(this.id);
    this.id = undefined;
  }

  private next(): void {
    this.id = this.frames.request((time) => {
      const elapsed = Math.min(time - (this.last ?? time), LONGEST_FRAME_MS);
      this.last = time;
      this.next();
      this.tick(elapsed);
    });
  }
}
