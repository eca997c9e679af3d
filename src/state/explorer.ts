import { EngineClient, type Answer, type Spawn } from '../engine/client';
import type { Picture, TimelinePicture } from '../engine/picture';
import { vaOfVpn, type Level } from '../machine/address';
import type { Op } from '../machine/op';
import { parseScenario, printScenario, type Scenario } from '../scenario';
import { Clock, type Frames } from './clock';
import { EXAMPLE_DRAFT, readDraft, type Act, type Draft, type Problems, type Reading } from './draft';
import { freshName, inserted } from './insert';
import { keptDraft, printDraft } from './kept-draft';
import { lastStep, nextStop, previousStop, STEPS_PER_SECOND, type Speed } from './playback';
import { addressRef, mappingAt, mappingsOf, vaOfFrame } from './selection';
import { createSession, edited, redone, undone, type SessionStore } from './session';
import type { Storage } from './storage';
import { createView, type FrameWindow, type Theme, type View, type ViewStore } from './view';

export interface ExplorerOptions {
  /** What the page opens on. */
  readonly first: Scenario;
  readonly storage: Storage;
  readonly spawn?: Spawn;
  readonly frames?: Frames;
}

/** Where the playhead goes once a document is loaded. */
type Arrival = (timeline: TimelinePicture) => number;

const FORECAST_DELAY_MS = 80;

/** Everything the reader can do, and what follows from it: the stores change here and nowhere else. */
export class Explorer {
  readonly session: SessionStore;
  readonly view: ViewStore;
  private readonly client: EngineClient;
  private readonly clock: Clock;
  private readonly storage: Storage;
  private forecastTimer: ReturnType<typeof setTimeout> | undefined;
  /** Part of a step that has passed while playing. */
  private carry = 0;
  /** The operation whose mapping is to be selected when its picture comes. */
  private follow: number | undefined;
  /** The frames view is to show the frame of the address just selected. */
  private reveal = false;

  constructor({ first, storage, spawn, frames }: ExplorerOptions) {
    this.storage = storage;
    this.session = createSession(first, keptDocument(storage, first));
    this.view = createView(keptDraft(storage.read('draft')) ?? EXAMPLE_DRAFT, keptTheme(storage));
    this.client = new EngineClient(
      {
        progress: (done) => this.session.setState({ engine: { kind: 'loading', done } }),
        restarted: (why) => this.session.setState({ engine: { kind: 'restarting', why } }),
        gaveUp: (message) => this.session.setState({ engine: { kind: 'failed', message } }),
      },
      spawn,
    );
    this.clock = new Clock((elapsed) => this.tick(elapsed), frames);
    this.view.subscribe((now, before) => this.viewChanged(now, before));
  }

  start(): void {
    this.beginDocument();
  }

  close(): void {
    clearTimeout(this.forecastTimer);
    this.clock.stop();
    this.client.close();
  }

  // ---- The document

  /** Shows another document. The one before can be had back with undo. */
  open(document: Scenario): void {
    this.session.setState((session) => edited(session, this.view.getState().step, document));
    this.beginDocument();
  }

  /** Adds what a button of the form stands for. Returns the problems that keep it from being added. */
  act(act: Act): Problems {
    const reading = this.read(act);
    if ('op' in reading) this.add(reading.op);
    else this.session.setState({ forecast: { act, problems: reading.problems } });
    return 'op' in reading ? {} : reading.problems;
  }

  /** Adds operations behind the one at the playhead and goes to the end of the last of them. */
  add(...ops: readonly Op[]): void {
    const { document } = this.session.getState();
    const { document: next, last } = inserted(document, this.insertionIndex(), ops);
    this.session.setState((session) => edited(session, this.view.getState().step, next));
    this.follow = ops.at(-1)?.op === 'map' ? last : undefined;
    this.loadDocument((timeline) => timeline.ops[last]?.last ?? lastStep(timeline));
  }

  /** Reserves an IO resource for the module of the form, and puts the reservation in the form. */
  reserve(resource: string): void {
    const { draft } = this.view.getState();
    const name = freshName(this.session.getState().document.ops, `${resource}-`);
    this.setDraft({ reservation: name });
    this.add({ op: 'reserve', pcpu: draft.pcpu, as: name, module: draft.module, resource });
  }

  undo(): void {
    this.travel(undone(this.session.getState(), this.view.getState().step));
  }

  redo(): void {
    this.travel(redone(this.session.getState(), this.view.getState().step));
  }

  private travel(change: ReturnType<typeof undone>): void {
    if (!change) return;
    const { step, ...session } = change;
    this.session.setState(session);
    this.loadDocument((timeline) => Math.min(step, lastStep(timeline)));
  }

  /** Takes up, or forgets, what an earlier visit left behind. */
  settleKept(take: boolean): void {
    const { kept } = this.session.getState();
    this.session.setState({ kept: undefined });
    if (take && kept) this.open(kept);
    if (!take) this.storage.write('document', undefined);
  }

  // ---- The playhead

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
    this.scheduleForecast();
  }

  setSpeed(speed: Speed): void {
    this.view.setState({ speed });
  }

  private tick(elapsed: number): void {
    const { step, speed } = this.view.getState();
    this.carry += (elapsed / 1000) * STEPS_PER_SECOND * speed;
    const whole = Math.floor(this.carry);
    this.carry -= whole;
    if (whole > 0) this.moveTo(step + whole);
    this.onTimeline((timeline, now) => now >= lastStep(timeline) && this.pause());
  }

  private moveTo(step: number): void {
    this.onTimeline((timeline) => this.view.setState({ step: Math.max(0, Math.min(step, lastStep(timeline))) }));
  }

  private onTimeline(act: (timeline: TimelinePicture, step: number) => void): void {
    const { timeline } = this.session.getState();
    if (timeline) act(timeline, this.view.getState().step);
  }

  // ---- What is looked at

  select(va: bigint, level: Level = 1): void {
    this.follow = undefined;
    this.reveal = true;
    this.view.setState({ va: BigInt.asUintN(64, va), level });
  }

  selectLevel(level: Level): void {
    this.view.setState({ level });
  }

  /** Moves the cursor of the frames view. */
  pointAt(mpn: number): void {
    this.view.setState(({ frames }) => ({ mpn, frames: windowWith(frames, mpn) }));
  }

  /** Selects the address that shows a frame, if one does. */
  selectFrame(mpn: number): void {
    this.pointAt(mpn);
    const { picture, document } = this.session.getState();
    if (!picture) return;
    const id = picture.frames.mappings[mpn - picture.frames.start];
    const mapping = mappingsOf(picture).find((one) => one.id === id);
    if (mapping) this.select(vaOfFrame(mapping, document.ops[mapping.op], mpn));
  }

  showFrames(frames: FrameWindow): void {
    const start = Math.max(0, Math.floor(frames.start / frames.count) * frames.count);
    this.view.setState({ frames: { start, count: frames.count }, mpn: Math.max(start, frames.start) });
  }

  setDraft(change: Partial<Draft>): void {
    this.view.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
  }

  /** The button whose effect is foretold. */
  consider(act: Act): void {
    if (this.session.getState().forecast.act === act) return;
    this.session.setState({ forecast: { act, problems: {} } });
    this.scheduleForecast();
  }

  setTheme(theme: Theme): void {
    this.view.setState({ theme });
    this.storage.write('theme', theme);
  }

  // ---- What follows

  private beginDocument(): void {
    const { document } = this.session.getState();
    const firstMap = document.ops.findIndex(({ op }) => op === 'map');
    this.follow = firstMap < 0 ? undefined : firstMap;
    this.view.setState({ va: vaOfVpn(document.config.window.vpn), level: 1 });
    this.loadDocument((timeline) => (firstMap < 0 ? 0 : (timeline.ops[firstMap]?.last ?? 0)));
  }

  private loadDocument(arrive: Arrival): void {
    const { document, past } = this.session.getState();
    this.pause();
    if (past.length > 0) this.storage.write('document', JSON.stringify(printScenario(document)));
    this.session.setState({ engine: { kind: 'loading', done: 0 } });
    void this.client.load(document).then((answer) => {
      if (!this.settled(answer) || answer.kind !== 'loaded') return;
      this.session.setState({ timeline: answer.timeline });
      const before = this.view.getState().step;
      this.moveTo(arrive(answer.timeline));
      if (this.view.getState().step === before) this.requestPicture();
    });
  }

  /** Notes how the engine is doing; false for an answer that is no longer wanted. */
  private settled(answer: Answer<'load'> | Answer<'seek'>): boolean {
    if (answer.kind === 'superseded') return false;
    const failed = answer.kind === 'failed';
    this.session.setState({ engine: failed ? { kind: 'failed', message: answer.message } : { kind: 'ready' } });
    return !failed;
  }

  private viewChanged(now: View, before: View): void {
    if (
      now.step !== before.step ||
      now.va !== before.va ||
      now.level !== before.level ||
      now.frames !== before.frames
    ) {
      this.requestPicture();
    }
    if (now.draft === before.draft) return;
    this.storage.write('draft', printDraft(now.draft));
    this.scheduleForecast();
  }

  private requestPicture(): void {
    if (!this.session.getState().timeline) return;
    const { step, va, level, frames } = this.view.getState();
    void this.client.seek(step, { va, level, frames }).then((answer) => {
      if (this.settled(answer) && answer.kind === 'picture') this.show(answer.picture);
    });
  }

  private show(picture: Picture): void {
    this.session.setState({ picture });
    this.followMapping(picture);
    this.revealFrame(picture);
    if (!this.view.getState().playing) this.scheduleForecast();
  }

  /** Selects the mapping just made. */
  private followMapping({ outcomes }: Picture): void {
    const made = this.follow === undefined ? undefined : outcomes.find(({ index }) => index === this.follow);
    if (made?.va !== undefined) this.select(made.va);
    else if (made?.state === 'done') this.follow = undefined;
  }

  private revealFrame({ walk }: Picture): void {
    if (!this.reveal || walk.va !== this.view.getState().va) return;
    this.reveal = false;
    if (walk.end.kind === 'page') this.pointAt(walk.end.mpn);
  }

  private insertionIndex(): number {
    const { document, timeline, picture } = this.session.getState();
    const { step } = this.view.getState();
    if (!timeline || step >= lastStep(timeline)) return document.ops.length;
    const at = picture?.step === step ? picture.op : timeline.ops.findLastIndex(({ first }) => first <= step);
    return at === undefined ? 0 : at + 1;
  }

  private read(act: Act): Reading {
    const { document, picture } = this.session.getState();
    const { draft, va } = this.view.getState();
    const mapping = mappingAt(picture, va);
    return readDraft(draft, act, {
      name: freshName(document.ops),
      mapping: mapping && { mapping: mapping.name, offset: 0n },
      address: addressRef(picture, va),
    });
  }

  private scheduleForecast(): void {
    clearTimeout(this.forecastTimer);
    this.forecastTimer = setTimeout(() => this.foretell(), FORECAST_DELAY_MS);
  }

  private foretell(): void {
    const { act } = this.session.getState().forecast;
    const reading = this.read(act);
    if (!('op' in reading)) {
      this.session.setState({ forecast: { act, problems: reading.problems } });
      return;
    }
    void this.client.predict(this.view.getState().step, reading.op).then((answer) => {
      if (answer.kind !== 'prediction' || this.session.getState().forecast.act !== act) return;
      this.session.setState({ forecast: { act, prediction: answer.prediction, problems: {} } });
    });
  }
}

/** The window of the same size that has a frame in it. */
const windowWith = (frames: FrameWindow, mpn: number): FrameWindow =>
  mpn >= frames.start && mpn < frames.start + frames.count
    ? frames
    : { ...frames, start: Math.floor(mpn / frames.count) * frames.count };

function keptDocument(storage: Storage, first: Scenario): Scenario | undefined {
  const text = storage.read('document');
  if (text === undefined || text === JSON.stringify(printScenario(first))) return undefined;
  try {
    const read = parseScenario(JSON.parse(text));
    return read.ok ? read.value : undefined;
  } catch {
    return undefined; // Cut off or not ours.
  }
}

const keptTheme = (storage: Storage): Theme | undefined =>
  (['light', 'dark'] as const).find((theme) => theme === storage.read('theme'));
