import type { TimelinePicture } from '../engine/picture';
import { Clock, type Frames } from './clock';
import { lastStep, nextStop, previousStop, STEPS_PER_SECOND, type Speed } from './playback';
import type { SessionStore } from './session';
import type { ViewStore } from './view';

/** Everything that moves through time. None of it changes the document. */
export class Playhead {
  private readonly clock: Clock;
  /** Steps that have passed while playing and are not shown yet. */
  private moved = 0;

  constructor(
    private readonly session: SessionStore,
    private readonly view: ViewStore,
    private readonly paused: () => void,
    readonly wholeSteps: () => boolean,
    frames?: Frames,
  ) {
    this.clock = new Clock((elapsed) => this.tick(elapsed), frames);
  }

  seek(step: number): void {
    this.pause();
    this.moveTo(step);
  }

  /** Part of the way through a step, stepping back goes to its start. */
  stepBy(by: number): void {
    const { at, step } = this.view.getState();
    this.seek(by < 0 && at > step ? step + by + 1 : step + by);
  }

  nextOperation(): void {
    this.onTimeline((timeline, step) => this.seek(nextStop(timeline, step)));
  }

  previousOperation(): void {
    this.onTimeline((timeline, step) => this.seek(previousStop(timeline, step)));
  }

  /** At the end, play starts over. */
  play(): void {
    this.onTimeline((timeline, step) => {
      if (step >= lastStep(timeline)) this.moveTo(0);
      this.moved = 0;
      this.view.setState({ playing: true });
      this.clock.start();
    });
  }

  pause(): void {
    this.clock.stop();
    if (!this.view.getState().playing) return;
    this.view.setState({ playing: false });
    this.paused();
  }

  setSpeed(speed: Speed): void {
    this.view.setState({ speed });
  }

  /** Goes to a step, or between two of them, without a word about playing. */
  moveTo(at: number): void {
    this.onTimeline((timeline) => {
      const held = Math.max(0, Math.min(at, lastStep(timeline)));
      this.view.setState({ at: held, step: Math.floor(held) });
    });
  }

  private tick(elapsed: number): void {
    const { at, speed } = this.view.getState();
    this.moved += (elapsed / 1000) * STEPS_PER_SECOND * speed;
    const by = this.wholeSteps() ? Math.floor(this.moved) : this.moved;
    this.moved -= by;
    if (by > 0) this.moveTo(at + by);
    this.onTimeline((timeline, now) => now >= lastStep(timeline) && this.pause());
  }

  private onTimeline(act: (timeline: TimelinePicture, step: number) => void): void {
    const { timeline } = this.session.getState();
    if (timeline) act(timeline, this.view.getState().step);
  }
}
