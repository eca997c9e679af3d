import { meets } from '../base/stretches';
import type { Answer, EngineClient } from '../engine/client';
import type { Picture, ReachPicture, TimelinePicture } from '../engine/picture';
import type { Thing } from '../engine/thing';
import { lightsNow, vaOf } from './lights';
import type { SessionStore } from './session';
import { shared } from './sharing';
import { lanesOf, pointedFrames, sameSpan, type View, type ViewStore } from './view';

/** The parts of a view that a picture depends on. */
const LOOKED_AT = ['step', 'va', 'frames', 'lanes', 'walkPicture', 'tree'] as const;
/** Those that say which frames are pointed at. */
const POINTED_AT = ['hover', 'selected', 'mpn', 'frames'] as const;

/** Asks the worker for what is looked at and pointed at, and shows what it answers. */
export class Pictures {
  /** Something is on screen, and what is around the walk may come. */
  private looksAround = false;
  /** The run of which the picture on screen is. */
  private shownOf: TimelinePicture | undefined;

  constructor(
    private readonly client: EngineClient,
    private readonly session: SessionStore,
    private readonly view: ViewStore,
    /** Told of each picture once it is on screen. */
    private readonly shown: (picture: Picture) => void,
  ) {}

  viewChanged(now: View, before: View): void {
    if (LOOKED_AT.some((part) => now[part] !== before[part])) void this.request();
    if (POINTED_AT.some((part) => now[part] !== before[part])) void this.askReach();
    if (now.hover !== before.hover) this.previewOf(now.hover);
  }

  async request(): Promise<void> {
    if (!this.session.getState().timeline) return;
    const view = this.view.getState();
    const { step, va, frames, walkPicture, tree } = view;
    const lanes = lanesOf(view, this.session.getState().document.config.pcpus);
    const look = {
      va,
      ...(this.looksAround && { frames, lanes, reach: pointedFrames(view) }),
      ...(walkPicture === 'tree' && { tree }),
    };
    const answer = await this.client.seek(step, look);
    if (this.settled(answer) && answer.kind === 'picture') this.show(answer.picture, answer.reach);
  }

  /** Notes how the engine is doing; false for an answer that is no longer wanted. */
  settled(answer: Answer<'load'> | Answer<'seek'>): boolean {
    if (answer.kind === 'superseded') return false;
    const failed = answer.kind === 'failed';
    this.session.setState({ engine: failed ? { kind: 'failed', message: answer.message } : { kind: 'ready' } });
    return !failed;
  }

  private show(picture: Picture, reach: readonly ReachPicture[]): void {
    const { timeline } = this.session.getState();
    const isFirst = timeline !== this.shownOf;
    this.shownOf = timeline;
    this.session.setState((session) => {
      const all = shared(session.picture, picture);
      // The first picture of a run is a new one also where it looks like the last of the run before.
      return { picture: isFirst ? { ...all } : all, reach: shared(session.reach, reach) };
    });
    // What is pointed at may have changed since it was asked for.
    void this.askReach();
    this.lookAround();
    this.shown(picture);
  }

  /** From the first picture on, which does without them, the frames and the PCPUs are looked at too. */
  private lookAround(): void {
    if (this.looksAround) return;
    this.looksAround = true;
    // In a task of its own, when the first picture is on screen.
    setTimeout(() => void this.request());
  }

  /** Asks for the walk of what is pointed at, unless it is the selected one. */
  private previewOf(thing: Thing | undefined): void {
    const va = thing && (vaOf(thing, this.session.getState()) ?? this.firstOf(thing));
    if (va === undefined || va === this.view.getState().va) this.session.setState({ preview: undefined });
    else void this.preview(va);
  }

  private async preview(va: bigint): Promise<void> {
    const { hover, step } = this.view.getState();
    const answer = await this.client.probe(step, va);
    if (answer.kind === 'probed' && this.view.getState().hover === hover)
      this.session.setState({ preview: answer.walk });
  }

  /** Where what happens begins, unless it is also at the selected address. */
  private firstOf(thing: Thing): bigint | undefined {
    const { va } = this.view.getState();
    const { vas = [] } = lightsNow()?.litBy(thing, this.session.getState()) ?? {};
    return meets(vas, va, va + 1n) ? undefined : vas[0]?.start;
  }

  /** Asks what leads to the frames that are pointed at, unless that is known. */
  private async askReach(): Promise<void> {
    const { picture, reach } = this.session.getState();
    const frames = pointedFrames(this.view.getState());
    if (!picture || frames.every((one) => reach.some(sameSpan(one)))) return;
    const { step } = picture;
    const answer = await this.client.reach(step, frames);
    if (answer.kind !== 'reached' || this.session.getState().picture?.step !== step) return;
    this.session.setState({ reach: answer.reach });
    const { hover } = this.view.getState();
    if (hover?.kind === 'frame' && !this.session.getState().preview) this.previewOf(hover);
  }
}
