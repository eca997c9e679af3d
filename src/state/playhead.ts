import type { TimelinePicture } from '../engine/picture';
import { Clock, type Frames } from './clock';
import { lastStep, nextStop, previousStop, STEPS_PER_SECOND, type Speed } from './playback';
import type { SessionStore } from './session';
import type { ViewStore } from './view';

/** Everything that moves through time. None of it changes the document. */
export class Playhead {
  private readonly clock: Clock;
  /** Part of a step that has passed while playing. */
  private carry = 0;

  constructor(
    private readonly session: SessionStore,
    private readonly view: ViewStore,
    private readonly paused: () => void,
    frames?: Frames,
  ) {
    this.clock = new Clock((elapsed) => this.tick(elapsed), frames);
  }

  seek(step: number): void {
    this.pause();
    this.moveTo(step);
  }

  stepBy(by: number): void {
    this.seek(this.view.getState().step + by);
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
      this.carry = 0;
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

  /** Goes to a step without a word about playing. */
  moveTo(step: number): void {
    this.onTimeline((timeline) => this.view.setState({ step: Math.max(0, Math.min(step, lastStep(timeline))) }));
  }

  private tick(elapsed: number): void {
    const { step, speed } = this.view.getState();
    this.carry += (elapsed / 1000) * STEPS_PER_SECOND * speed;
    const whole = Math.floor(this.carry);
    this.carry -= whole;
    if (whole > 0) this.moveTo(step + whole);
    this.onTimeline((timeline, now) => now >= lastStep(timeline) && this.pause());
  }

  private onTimeline(act: (timeline: TimelinePicture, step: number) => void): void {
    const { timeline } = this.session.getState();
    if (timeline) act(timeline, this.view.getState().step);
  }
}
