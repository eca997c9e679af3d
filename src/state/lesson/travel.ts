import type { Playhead } from '../playhead';
import { SPEEDS, STEPS_PER_SECOND } from '../playback';
import type { ViewStore } from '../view';

/** Between two moves the machine plays for about so many seconds at most. */
const SECONDS = 3;
/** More steps than this are jumped. */
const MOST = 600;

/** Plays on to a step, fast enough; jumps where there is nothing to see on the way. */
export class Travel {
  private finish: ((jump: boolean) => void) | undefined;

  constructor(
    private readonly playhead: Playhead,
    private readonly view: ViewStore,
  ) {}

  /** True once it is there; false when the reader went elsewhere on the way. */
  to(step: number, playing: boolean): Promise<boolean> {
    this.finish?.(false);
    const { step: from, speed } = this.view.getState();
    const way = step - from;
    if (!playing || way <= 0 || way > MOST || this.playhead.wholeSteps()) {
      this.playhead.seek(step);
      return Promise.resolve(true);
    }
    this.playhead.setSpeed(SPEEDS.find((one) => one >= 1 && way <= one * STEPS_PER_SECOND * SECONDS) ?? 64);
    return new Promise((resolve) => {
      const end = (jump: boolean, there: boolean): void => {
        stop();
        this.finish = undefined;
        if (jump) this.playhead.seek(step);
        this.playhead.setSpeed(speed);
        resolve(there);
      };
      this.playhead.play();
      const stop = this.view.subscribe((now) => {
        if (now.step >= step) end(true, true);
        else if (!now.playing) end(false, false);
      });
      this.finish = (jump) => end(jump, jump);
    });
  }

  /** Goes the rest of the way at once. */
  hurry(): void {
    this.finish?.(true);
  }
}
