import { EngineClient, type Answer, type Spawn } from '../engine/client';
import type { Picture, TimelinePicture, Tried } from '../engine/picture';
import type { Exported, ExportWhat } from '../engine/picture-export';
import type { Rehearsal } from '../engine/rehearsal';
import { vaOfVpn } from '../machine/address';
import type { Policies } from '../machine/config';
import type { Op } from '../machine/op';
import type { LibraryEntry, Scenario } from '../scenario';
import type { Lesson } from '../scenario/lesson/lesson';
import type { Frames } from './clock';
import { loadDocuments, loadLibrary, type Documents } from './documents';
import { fitted, type Act, type Draft, type Problems, type Reading, type Target } from './draft';
import type { Forecaster } from './forecaster';
import { broughtBack, freshName, inserted } from './insert';
import { Keeping } from './keeping';
import type { Kept } from './kept';
import { printDraft } from './kept-draft';
import type { Lessons } from './lesson/lessons';
import { lastStep } from './playback';
import { Playhead } from './playhead';
import type { Opened } from './link';
import { loadLights } from './lights';
import { Pictures } from './pictures';
import type { Place } from './place';
import { addressRef, mappingAt } from './selection';
import type { readDraft } from './read-draft';
import { createSession, edited, redone, undone, type Left } from './session';
import type { Storage } from './storage';
import { printPokes, type Pokes } from './typed';
import { ALL_TRACK, type View } from './view';
import { Viewer } from './viewer';
import type { Shown } from './where';

export interface ExplorerOptions {
  /** What the page opens on. */
  readonly first: Scenario;
  readonly storage: Storage;
  readonly spawn?: Spawn;
  readonly frames?: Frames;
  /** Whether playing goes from step to step without motion between. */
  readonly wholeSteps?: () => boolean;
}

/** Where the playhead goes once a document is loaded. */
type Arrival = (timeline: TimelinePicture) => number;

/** What the page begins with. */
type Beginning = Omit<Opened, 'place'> & {
  readonly place?: Partial<Place> | undefined;
  readonly pokes?: Pokes | undefined;
};
const openedOf = (shown: Shown | undefined): Beginning | undefined =>
  shown && { scenario: shown.document, place: shown.place, pokes: shown.pokes };

/** Everything the reader can do to the document and the view, and what follows from it. */
export class Explorer extends Viewer {
  readonly playhead: Playhead;
  /** Once somebody learns. */
  lessons: Lessons | undefined;
  private readonly client: EngineClient;
  /** How workers are made. */
  readonly spawn: Spawn | undefined;
  /** Plays sources in a worker of its own, so that a long one holds up nothing else. */
  private player: EngineClient | undefined;
  private readonly pictures: Pictures;
  /** What the page opened on. */
  private first: Scenario;
  private documents: Promise<Documents> | undefined;
  private library: Promise<readonly LibraryEntry[]> | undefined;
  /** What is stored of the work of this visit, and of those before. */
  readonly keeping: Keeping;
  /** Told when another document is about to come. */
  private leaving: (() => void) | undefined;
  /** What makes operations of the form; it comes with the form. */
  private reader: typeof readDraft | undefined;
  /** Comes with it. */
  private forecaster: Forecaster | undefined;

  constructor({ first, storage, spawn, frames, wholeSteps }: ExplorerOptions) {
    super(createSession(first), storage);
    this.spawn = spawn;
    this.first = first;
    this.keeping = new Keeping(storage, this.session, this.view);
    this.client = new EngineClient(
      {
        progress: (done) => this.session.setState({ engine: { kind: 'loading', done } }),
        restarted: (why) => this.session.setState({ engine: { kind: 'restarting', why } }),
        recovered: () => this.session.setState({ engine: { kind: 'ready' } }),
        gaveUp: (message) => this.session.setState({ engine: { kind: 'failed', message } }),
      },
      spawn,
    );
    this.playhead = new Playhead(
      this.session,
      this.view,
      () => this.forecaster?.schedule(),
      wholeSteps ?? (() => false),
      frames,
    );
    this.pictures = new Pictures(this.client, this.session, this.view, (picture) => this.shown(picture));
    this.view.subscribe((now, before) => this.viewChanged(now, before));
  }

  /**
   * Shows what a link holds, or what was left here before a reload (`left`, as the browser gives it back), or else what the page opens
   * on; until that is read, nothing.
   */
  start(link?: string, left?: unknown): void {
    if (link !== undefined) void this.startAt('Opening a link …', this.readLink(link));
    else if (left) void this.startAt('Opening what was here …', this.readLeft(left).then(openedOf));
    else void this.beginDocument();
  }

  private async startAt(title: string, reading: Promise<Beginning | undefined>): Promise<void> {
    this.session.setState({ document: { ...this.first, title, ops: [] } });
    const opened = await reading;
    this.first = opened?.scenario ?? this.first;
    this.session.setState({ document: this.first, past: [] });
    if (opened?.pokes) this.view.setState({ pokes: opened.pokes });
    void this.beginDocument(opened?.place);
    if (opened) void this.startLinked(opened);
  }

  close(): void {
    this.forecaster?.stop();
    this.playhead.pause();
    this.client.close();
    this.player?.close();
  }

  // ---- The document

  /** Shows another document, or this one at a place. The one before can be had back with undo. */
  open(document: Scenario, place?: Partial<Place>, pokes: Pokes = {}): void {
    void this.bring(document, place, pokes);
  }

  /** The same, until it is loaded. */
  bring(document: Scenario, place?: Partial<Place>, pokes: Pokes = {}): Promise<void> {
    if (document !== this.session.getState().document) {
      this.leaving?.();
      this.keeping.putAside();
      this.session.setState((session) => edited(session, this.left(), document));
      this.view.setState({ pokes });
    }
    return this.beginDocument(place);
  }

  /** Who is told when another document is about to come. */
  tellLeaving(leaving: (() => void) | undefined): void {
    this.leaving = leaving;
  }

  /** What a link holds. Of one that cannot be read, the page says why. */
  async readLink(text: string): Promise<Opened | undefined> {
    const says = 'What reads links could not be loaded. When you are online again, reload the page.';
    const read = await import('./link').then(
      ({ readLink }) => readLink(text),
      () => ({ ok: false, error: { says } }) as const,
    );
    this.session.setState({ linkFault: read.ok ? undefined : read.error.says });
    return read.ok ? read.value : undefined;
  }

  /** What was left here, as the browser gives it back; undefined for what is not that. */
  async readLeft(left: unknown): Promise<Shown | undefined> {
    try {
      const { shownOf } = await import('./left');
      return shownOf(left);
    } catch {
      return undefined; // What was worked on is stored too, and offered.
    }
  }

  forgetLinkFault(): void {
    this.session.setState({ linkFault: undefined });
  }

  /** The document of now as a file holds it. */
  async documentFile(): Promise<string> {
    const { printScenario } = await this.withDocuments();
    return `${JSON.stringify(printScenario(this.session.getState().document), undefined, 2)}\n`;
  }

  /** Shows a scenario of the library. */
  async openLibrary(id: string): Promise<void> {
    const [library, { scenarioOf }] = await Promise.all([this.withLibrary(), this.withDocuments()]);
    const entry = library.find((one) => one.id === id);
    if (entry) this.open(scenarioOf(entry));
  }

  /** Loads what leads through lessons, when somebody learns. */
  async withLessons(): Promise<Lessons> {
    const loaded = await import('./lesson/lessons');
    this.lessons ??= new loaded.Lessons(this, this.storage);
    return this.lessons;
  }

  /** Starts a lesson: one that comes with the program, or a teacher's own. */
  async startLesson(lesson: Lesson, move?: number): Promise<void> {
    (await this.withLessons()).start(lesson, move);
  }

  /** Starts the lesson that a link holds, if it holds one; its scenario is open already. */
  async startLinked({ lesson, scenario }: Beginning): Promise<void> {
    if (!lesson) return;
    const fault = await (await this.withLessons()).openSection(lesson, scenario);
    if (fault !== undefined) this.session.setState({ linkFault: fault });
  }

  /** Starts the lesson in a text: of a file, or pasted. What is wrong with it comes back in words. */
  async openLesson(text: string): Promise<string | undefined> {
    return (await this.withLessons()).open(text);
  }

  /** Adds what a button of the form stands for. Returns the problems that keep it from being added. */
  act(act: Act): Problems {
    const reading = this.read(act);
    if ('op' in reading) {
      this.add(reading.op);
      return {};
    }
    this.forecaster?.refuse(act, reading.problems);
    return reading.problems;
  }

  /** Adds operations behind the one at the playhead and goes to the end of the last of them. */
  add(...ops: readonly Op[]): void {
    const { document } = this.session.getState();
    const { document: next, last } = inserted(document, this.insertionIndex(), ops);
    this.session.setState((session) => edited(session, this.here(), next));
    this.follow = ops.at(-1)?.op === 'map' ? last : undefined;
    void this.loadDocument((timeline) => timeline.ops[last]?.last ?? lastStep(timeline));
  }

  /** Replaces the document; the playhead stays in the operation it is in, and as far into it. `opNow`: where that is now. */
  replace(next: Scenario, opNow: (op: number) => number): void {
    const { timeline, picture } = this.session.getState();
    const { at, step } = this.view.getState();
    const op = timeline?.acts.ops[step] ?? picture?.op ?? -1;
    const into = at - (timeline?.ops[op]?.first ?? 0);
    this.session.setState((session) => edited(session, this.here(), next));
    void this.loadDocument((now) => (now.ops[opNow(op)]?.first ?? 0) + into);
  }

  /**
   * Puts the same operations, or a few more, on another machine. The playhead stays behind the operation it was behind; with
   * operations to add, it goes to the end of the last of them.
   */
  revise(document: Scenario, ops: readonly Op[]): void {
    const at = this.insertionIndex();
    const { document: next, last } = inserted(document, at, ops);
    this.session.setState((session) => edited(session, this.here(), next));
    this.follow = undefined;
    void this.loadDocument((timeline) => (last < 0 ? 0 : (timeline.ops[last]?.last ?? lastStep(timeline))));
  }

  /** Reserves an IO resource for the module of the form, and puts the reservation in the form. */
  reserve(resource: string): void {
    const { draft } = this.view.getState();
    const name = freshName(this.session.getState().document, `${resource}-`);
    this.setDraft({ reservation: name });
    this.add({ op: 'reserve', pcpu: draft.pcpu, as: name, module: draft.module, resource });
  }

  undo(): void {
    const session = this.session.getState();
    this.travel(undone(session, session.past.at(-1)?.looks ? this.left() : this.here()));
  }

  redo(): void {
    const session = this.session.getState();
    this.travel(redone(session, session.future[0]?.looks ? this.left() : this.here()));
  }

  private travel(change: ReturnType<typeof undone>): void {
    if (!change) return;
    const { step, looks, ...session } = change;
    const back = broughtBack(this.session.getState().document, change.document);
    this.session.setState(session);
    if (looks) this.view.setState(looks);
    void this.loadDocument((timeline) =>
      back === undefined ? Math.min(step, lastStep(timeline)) : (timeline.ops[back]?.last ?? 0),
    );
  }

  /** Where the document of now is left when another comes in its place, and when it only changes. */
  private left(): Left {
    const { pokes, lanes, listed, tree, bookmarks, track } = this.view.getState();
    return { ...this.here(), looks: { pokes, lanes, listed, tree, bookmarks, track } };
  }
  private here(): Left {
    return { step: this.view.getState().step };
  }

  /** Takes up one of what earlier visits left behind, where it was left. The panels and the theme stay as they are. */
  async takeKept({ document, place }: Kept): Promise<void> {
    const [, { whereOf }] = await Promise.all([this.keeping.take(), import('./where')]);
    if (document) this.open(document, place && whereOf(place));
  }

  // ---- What is asked of the machine

  /** Where an address would lead in a step with another word in the tables; undefined when a newer question made this one useless. */
  async tried(step: number, va: bigint, ma: number, value: bigint): Promise<Tried | undefined> {
    const answer = await this.client.try(step, va, ma, value);
    return answer.kind === 'tried' ? answer.tried : undefined;
  }

  /** How the document goes from start to end with other policies; undefined when a newer question made this one useless. */
  async rehearse(policies: Partial<Policies>): Promise<Rehearsal | undefined> {
    const { document } = this.session.getState();
    const config = { ...document.config, policies: { ...document.config.policies, ...policies } };
    const answer = await this.client.rehearse({ ...document, config });
    return answer.kind === 'rehearsed' ? answer.rehearsal : undefined;
  }

  /** What a C source comes to. */
  readSource(text: string): Promise<Answer<'source'>> {
    const nothing = (): void => undefined;
    this.player ??= new EngineClient(
      { progress: nothing, restarted: nothing, recovered: nothing, gaveUp: nothing },
      this.spawn,
    );
    return this.player.source(text);
  }

  /** A file of what is there at the playhead, or what keeps it from being made. */
  async export(what: ExportWhat): Promise<Exported | string> {
    const answer = await this.client.export(this.view.getState().step, what);
    if (answer.kind === 'exported') return answer.exported;
    return answer.kind === 'failed' ? answer.message : 'Another file was asked for meanwhile.';
  }

  setDraft(change: Partial<Draft>): void {
    void this.keeping.load();
    this.view.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
  }

  /** The button whose effect is foretold. */
  consider(act: Act): void {
    void this.keeping.load();
    this.forecaster?.consider(act);
  }

  // ---- What follows

  /** Loads what reads and writes documents, once. */
  private withDocuments(): Promise<Documents> {
    this.documents ??= loadDocuments();
    return this.documents;
  }

  /** Loads the scenarios that come with the program, once. */
  withLibrary(): Promise<readonly LibraryEntry[]> {
    this.library ??= loadLibrary().then((library) => {
      this.session.setState({ library });
      return library;
    });
    return this.library;
  }

  /** A place begins where it says; without one, a document begins with its first mapping, selected. */
  private beginDocument(place?: Partial<Place>): Promise<void> {
    const { document } = this.session.getState();
    const { config, ops } = document;
    this.keeping.begins(document);
    const firstMap = ops.findIndex(({ op }) => op === 'map');
    this.follow = place || firstMap < 0 ? undefined : firstMap;
    this.reveal = !place;
    const va = vaOfVpn(config.window.vpn);
    const { at, mpn = 0, frames, ...looked } = place ?? {};
    const last = 2 ** config.maxPhyAddr / 4096 - 1;
    this.view.setState(({ frames: { cells }, theme }) => ({
      va,
      level: 1,
      hover: undefined,
      selected: { kind: 'va', va },
      frames: frames && frames.start <= last ? frames : { start: 0, cells, perCell: 1 },
      mpn: Math.min(mpn, last),
      tree: [''],
      bookmarks: [],
      track: ALL_TRACK,
      ...looked,
      lanes: looked.lanes?.filter((id) => id < config.pcpus) ?? [],
      listed: looked.listed?.filter((id) => id < config.pcpus) ?? [],
      theme: looked.theme ?? theme,
    }));
    return this.loadDocument((timeline) => at ?? timeline.ops[firstMap]?.last ?? 0);
  }

  private async loadDocument(arrive: Arrival): Promise<void> {
    const { document, past } = this.session.getState();
    this.playhead.pause();
    if (past.length > 0) void this.keeping.save();
    this.session.setState({ engine: { kind: 'loading', done: 0 } });
    const answer = await this.client.load(document);
    if (!this.pictures.settled(answer) || answer.kind !== 'loaded') return;
    this.session.setState({ timeline: answer.timeline });
    const before = this.view.getState().step;
    this.playhead.moveTo(arrive(answer.timeline));
    const begun = answer.timeline.ops.findLastIndex(({ first }) => first <= this.view.getState().step);
    this.view.setState(({ draft }) => ({ draft: fitted(draft, document, begun + 1) }));
    if (this.view.getState().step === before) void this.pictures.request();
  }

  private viewChanged(now: View, before: View): void {
    this.pictures.viewChanged(now, before);
    if (now.pokes !== before.pokes) this.storage.write('pokes', printPokes(now.pokes));
    if (now.typed !== before.typed) this.storage.write('typed', JSON.stringify(now.typed));
    if (now.draft === before.draft) return;
    this.storage.write('draft', printDraft(now.draft));
    this.forecaster?.schedule();
  }

  private shown(picture: Picture): void {
    void this.withLibrary();
    void this.keeping.offer(this.first);
    // In a task of its own, when the first picture is on screen.
    if (!this.reader) setTimeout(() => void this.withReader());
    this.followMapping(picture);
    this.revealFrame(picture);
    if (!this.view.getState().playing) this.forecaster?.schedule();
  }

  private async withReader(): Promise<void> {
    const [{ Forecaster: Loaded, readDraft: read }] = await Promise.all([import('./forecaster'), loadLights()]);
    if (this.reader) return;
    this.reader = read;
    this.forecaster = new Loaded(this.client, this.session, this.view, (act) => this.read(act));
    // Those that ask for it look again.
    this.session.setState({});
    if (!this.view.getState().playing) this.forecaster.schedule();
  }

  /** Where the next operation goes: how many of the document are before it. */
  insertionIndex(): number {
    const { document, timeline, picture } = this.session.getState();
    const { step } = this.view.getState();
    if (!timeline || step >= lastStep(timeline)) return document.ops.length;
    const at = picture?.step === step ? picture.op : timeline.ops.findLastIndex(({ first }) => first <= step);
    return at === undefined ? 0 : at + 1;
  }

  /** The operation that a button of the form stands for, or what keeps it from being one. */
  read(act: Act): Reading {
    return this.reader?.(this.view.getState().draft, act, this.target()) ?? { problems: {} };
  }

  /** What an operation made now would act on. */
  target(): Target {
    const { document, picture } = this.session.getState();
    const { va } = this.view.getState();
    const mapping = mappingAt(picture, va);
    return {
      pcpus: document.config.pcpus,
      // Only when it is asked for: it looks at every operation.
      get name() {
        return freshName(document);
      },
      mapping: mapping && { mapping: mapping.name, offset: 0n },
      address: addressRef(picture, va),
    };
  }
}
