import { meets } from '../base/stretches';
import { EngineClient, type Answer, type Spawn } from '../engine/client';
import type { Picture, ReachPicture, TimelinePicture, Tried } from '../engine/picture';
import type { Exported, ExportWhat } from '../engine/picture-export';
import type { FrameWindow } from '../engine/protocol';
import type { Rehearsal } from '../engine/rehearsal';
import type { Thing } from '../engine/thing';
import { vaOfVpn, type Level } from '../machine/address';
import type { Policies } from '../machine/config';
import type { Op } from '../machine/op';
import type { LibraryEntry, Scenario } from '../scenario';
import type { Frames } from './clock';
import { loadDocuments, loadLibrary, type Documents } from './documents';
import { EXAMPLE_DRAFT, fitted, type Act, type Draft, type Problems, type Reading, type Target } from './draft';
import { Forecaster } from './forecaster';
import { broughtBack, freshName, inserted } from './insert';
import { documentText, forgetKept, keptDocuments, keptTheme, storeDocument, type Kept } from './kept';
import { keptDraft, printDraft } from './kept-draft';
import { keptLayout, PLAIN_LAYOUT, type Layout } from './layout';
import { lastStep } from './playback';
import { Playhead } from './playhead';
import type { Around } from './around';
import { litBy, vaOf } from './lit';
import { addressRef, mappingAt } from './selection';
import type { readDraft } from './read-draft';
import { createSession, edited, redone, undone, type Left, type SessionStore } from './session';
import type { Storage } from './storage';
import { shared } from './sharing';
import { keptPokes, keptTyped, printPokes, type PokeDraft } from './typed';
import {
  createView,
  lanesOf,
  pointedFrames,
  sameSpan,
  windowWith,
  type Dialog,
  type Theme,
  type View,
  type ViewStore,
} from './view';

export interface ExplorerOptions {
  /** What the page opens on. */
  readonly first: Scenario;
  readonly storage: Storage;
  readonly spawn?: Spawn;
  readonly frames?: Frames;
  /** Whether playing goes from step to step without motion between. */
  readonly wholeSteps?: () => boolean;
}

/** The parts of a view that a picture depends on. */
const LOOKED_AT = ['step', 'va', 'frames', 'lanes', 'walkPicture', 'tree'] as const;
/** Those that say which frames are pointed at. */
const POINTED_AT = ['hover', 'selected', 'mpn', 'frames'] as const;
/** PCPUs of many that can be open at once. */
const MOST_OPEN = 4;

const toggled = <T>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((each) => each !== item) : [...list, item];

/** Where the playhead goes once a document is loaded. */
type Arrival = (timeline: TimelinePicture) => number;

/** Everything the reader can do to the document and the view, and what follows from it. */
export class Explorer {
  readonly session: SessionStore;
  readonly view: ViewStore;
  readonly playhead: Playhead;
  private readonly client: EngineClient;
  private readonly forecaster: Forecaster;
  private readonly storage: Storage;
  private readonly first: Scenario;
  private documents: Promise<Documents> | undefined;
  private library: Promise<readonly LibraryEntry[]> | undefined;
  /** What an earlier visit left behind was looked for. */
  private asked = false;
  /** Texts of documents that stay stored behind that of now; undefined until the first is stored. */
  private aside: readonly string[] | undefined;
  /** The document that was opened last, as it was then. */
  private opened: Scenario | undefined;
  /** The operation whose mapping is to be selected when its picture comes. */
  private follow: number | undefined;
  /** Something is on screen, and what is around the walk may come. */
  private looksAround = false;
  /** What makes operations of the form; it comes with the form. */
  private reader: typeof readDraft | undefined;
  /** The frames view is to show the frame of the address just selected. */
  private reveal = false;

  constructor({ first, storage, spawn, frames, wholeSteps }: ExplorerOptions) {
    this.storage = storage;
    this.session = createSession(first);
    this.first = first;
    this.view = createView(keptDraft(storage.read('draft')) ?? EXAMPLE_DRAFT, keptTheme(storage));
    this.view.setState({
      layout: keptLayout(storage.read('layout')),
      singleKeys: storage.read('keys') !== 'off',
      pokes: keptPokes(storage.read('pokes')),
      typed: keptTyped(storage.read('typed')),
    });
    this.client = new EngineClient(
      {
        progress: (done) => this.session.setState({ engine: { kind: 'loading', done } }),
        restarted: (why) => this.session.setState({ engine: { kind: 'restarting', why } }),
        recovered: () => this.session.setState({ engine: { kind: 'ready' } }),
        gaveUp: (message) => this.session.setState({ engine: { kind: 'failed', message } }),
      },
      spawn,
    );
    this.forecaster = new Forecaster(this.client, this.session, this.view, (act) => this.read(act));
    this.playhead = new Playhead(
      this.session,
      this.view,
      () => this.forecaster.schedule(),
      wholeSteps ?? (() => false),
      frames,
    );
    this.view.subscribe((now, before) => this.viewChanged(now, before));
  }

  start(): void {
    this.beginDocument();
  }

  close(): void {
    this.forecaster.stop();
    this.playhead.pause();
    this.client.close();
  }

  // ---- The document

  /** Shows another document. The one before can be had back with undo. */
  open(document: Scenario): void {
    this.putAside();
    this.session.setState((session) => edited(session, this.left(), document));
    this.view.setState({ pokes: {} });
    this.beginDocument();
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

  /** Adds what a button of the form stands for. Returns the problems that keep it from being added. */
  act(act: Act): Problems {
    const reading = this.read(act);
    if ('op' in reading) {
      this.add(reading.op);
      return {};
    }
    this.forecaster.refuse(act, reading.problems);
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
    this.travel(undone(session, session.past.at(-1)?.pokes ? this.left() : this.here()));
  }

  redo(): void {
    const session = this.session.getState();
    this.travel(redone(session, session.future[0]?.pokes ? this.left() : this.here()));
  }

  private travel(change: ReturnType<typeof undone>): void {
    if (!change) return;
    const { step, pokes, ...session } = change;
    const back = broughtBack(this.session.getState().document, change.document);
    this.session.setState(session);
    if (pokes) this.view.setState({ pokes });
    void this.loadDocument((timeline) =>
      back === undefined ? Math.min(step, lastStep(timeline)) : (timeline.ops[back]?.last ?? 0),
    );
  }

  /** Where the document of now is left when another comes in its place, and when it only changes. */
  private left(): Left {
    return { ...this.here(), pokes: this.view.getState().pokes };
  }
  private here(): Left {
    return { step: this.view.getState().step };
  }

  /** Takes up one of what earlier visits left behind; the others stay stored. */
  takeKept(kept: Kept): void {
    this.aside ??= this.session.getState().kept.map(({ text }) => text);
    this.session.setState({ kept: [] });
    if (kept.document) this.open(kept.document);
  }

  forgetKept(kept: Kept): void {
    this.aside = this.aside?.filter((text) => text !== kept.text);
    forgetKept(this.storage, kept.text);
    this.session.setState((session) => ({ kept: session.kept.filter((one) => one !== kept) }));
  }

  /** Another document comes: one that was worked on in this visit stays stored. */
  private putAside(): void {
    const { document, past } = this.session.getState();
    const stored = this.storage.read('document');
    if (past.length > 0 && document !== this.opened && stored !== undefined)
      this.aside = [stored, ...(this.aside ?? [])];
  }

  // ---- What is looked at

  /** Chooses a thing; if it stands for an address, its walk is shown. */
  select(thing: Thing): void {
    this.follow = undefined;
    if (thing.kind === 'frame') this.pointAt(thing.mpn);
    const va = vaOf(thing, this.around());
    this.view.setState({ selected: thing });
    if (va === undefined) return;
    this.reveal = thing.kind !== 'frame';
    this.view.setState({ va: BigInt.asUintN(64, va), level: thing.kind === 'entry' ? thing.level : 1 });
  }

  /** Says what the pointer or the focus is on; its walk is shown while it is. */
  hover(thing: Thing | undefined): void {
    if (thing === this.view.getState().hover) return;
    this.view.setState({ hover: thing });
    this.previewOf(thing);
  }

  private previewOf(thing: Thing | undefined): void {
    const va = thing && (vaOf(thing, this.around()) ?? this.firstOf(thing));
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
    const { vas } = litBy(thing, this.around());
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

  private around(): Around {
    const { document, timeline, picture, reach, preview } = this.session.getState();
    return { document, timeline, picture, reach, preview };
  }

  selectLevel(level: Level): void {
    this.view.setState({ level });
  }

  /** Moves the cursor of the frames view. */
  pointAt(mpn: number): void {
    this.view.setState(({ frames }) => ({ mpn, frames: windowWith(frames, mpn) }));
  }

  showFrames(frames: FrameWindow): void {
    this.view.setState({ frames });
  }

  /** Opens or closes a PCPU of many. */
  toggleLane(id: number): void {
    this.view.setState(({ lanes }) => ({ lanes: toggled(lanes, id).slice(-MOST_OPEN) }));
  }

  showWalkAs(walkPicture: View['walkPicture']): void {
    this.view.setState({ walkPicture });
  }

  /** Opens or closes a node of the tree. One that was closed stays so while the selected address is below it. */
  toggleNode(id: string, open: boolean): void {
    const closed = `!${id}`;
    this.view.setState(({ tree }) => ({
      tree: [...tree.filter((each) => each !== id && each !== closed), open ? id : closed],
    }));
  }

  /** Opens nodes for good, also those that were closed. */
  openNodes(ids: readonly string[]): void {
    const { tree } = this.view.getState();
    const kept = tree.filter((each) => !each.startsWith('!') && !ids.includes(each));
    if (kept.length + ids.length !== tree.length) this.view.setState({ tree: [...kept, ...ids] });
  }

  toggleBookmark(step: number): void {
    this.view.setState(({ bookmarks }) => ({ bookmarks: toggled(bookmarks, step).toSorted((a, b) => a - b) }));
  }

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

  /** A file of what is there at the playhead, or what keeps it from being made. */
  async export(what: ExportWhat): Promise<Exported | string> {
    const answer = await this.client.export(this.view.getState().step, what);
    if (answer.kind === 'exported') return answer.exported;
    return answer.kind === 'failed' ? answer.message : 'Another file was asked for meanwhile.';
  }

  setDraft(change: Partial<Draft>): void {
    this.view.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
  }

  /** Keeps, or without a draft forgets, what the entry at a machine address might become. The machine does not change. */
  draftPoke(ma: number, draft: PokeDraft | undefined): void {
    this.view.setState(({ pokes }) => ({ pokes: { ...pokes, [ma]: draft } }));
  }

  /** Keeps, or without a text forgets, what stands in a field beside the form. */
  keepTyped(field: string, text: string | undefined): void {
    this.view.setState(({ typed }) => ({ typed: { ...typed, [field]: text } }));
  }

  /** The button whose effect is foretold. */
  consider(act: Act): void {
    this.forecaster.consider(act);
  }

  /** `files`: what the dialog is to open. */
  showDialog(dialog: Dialog | undefined, files?: readonly File[]): void {
    this.view.setState({ dialog, files });
  }

  /** Moves borders, maximises a panel, folds the time line; kept for the next visit. */
  arrange(change: Partial<Layout>): void {
    const layout = { ...this.view.getState().layout, ...change };
    this.view.setState({ layout });
    this.storage.write('layout', JSON.stringify(layout));
  }

  resetLayout(): void {
    this.view.setState({ layout: PLAIN_LAYOUT });
    this.storage.write('layout', undefined);
  }

  setSingleKeys(singleKeys: boolean): void {
    this.view.setState({ singleKeys });
    this.storage.write('keys', singleKeys ? undefined : 'off');
  }

  setTheme(theme: Theme): void {
    this.view.setState({ theme });
    this.storage.write('theme', theme);
  }

  // ---- What follows

  /** Loads what reads and writes documents, once. */
  private withDocuments(): Promise<Documents> {
    this.documents ??= loadDocuments();
    return this.documents;
  }

  /** Loads the scenarios that come with the program, once. */
  private withLibrary(): Promise<readonly LibraryEntry[]> {
    this.library ??= loadLibrary().then((library) => {
      this.session.setState({ library });
      return library;
    });
    return this.library;
  }

  /** Offers the documents that earlier visits left behind, once something is on screen. */
  private async offerKept(): Promise<void> {
    if (this.asked) return;
    this.asked = true;
    if (this.storage.read('document') === undefined && this.storage.read('earlier') === undefined) return;
    const documents = await this.withDocuments();
    if (this.aside) return;
    this.session.setState({ kept: keptDocuments(documents, this.storage, this.first) });
  }

  private async save(document: Scenario): Promise<void> {
    const documents = await this.withDocuments();
    // Only the newest: an older one may have waited for the documents to load.
    if (this.session.getState().document !== document) return;
    this.aside ??= keptDocuments(documents, this.storage, this.first).map(({ text }) => text);
    const stored = storeDocument(this.storage, documentText(documents, document), this.aside);
    this.session.setState({ unstored: !stored });
  }

  private beginDocument(): void {
    const { document } = this.session.getState();
    const { config, ops } = document;
    this.opened = document;
    const firstMap = ops.findIndex(({ op }) => op === 'map');
    this.follow = firstMap < 0 ? undefined : firstMap;
    this.reveal = true;
    const va = vaOfVpn(config.window.vpn);
    this.view.setState(({ frames: { cells } }) => ({
      va,
      level: 1,
      hover: undefined,
      selected: { kind: 'va', va },
      frames: { start: 0, cells, perCell: 1 },
      mpn: 0,
      lanes: [],
      tree: [''],
      bookmarks: [],
    }));
    void this.loadDocument((timeline) => timeline.ops[firstMap]?.last ?? 0);
  }

  private async loadDocument(arrive: Arrival): Promise<void> {
    const { document, past } = this.session.getState();
    this.playhead.pause();
    if (past.length > 0) void this.save(document);
    this.session.setState({ engine: { kind: 'loading', done: 0 } });
    const answer = await this.client.load(document);
    if (!this.settled(answer) || answer.kind !== 'loaded') return;
    this.session.setState({ timeline: answer.timeline });
    const before = this.view.getState().step;
    this.playhead.moveTo(arrive(answer.timeline));
    const begun = answer.timeline.ops.findLastIndex(({ first }) => first <= this.view.getState().step);
    this.setDraft(fitted(this.view.getState().draft, document, begun + 1));
    if (this.view.getState().step === before) void this.requestPicture();
  }

  /** Notes how the engine is doing; false for an answer that is no longer wanted. */
  private settled(answer: Answer<'load'> | Answer<'seek'>): boolean {
    if (answer.kind === 'superseded') return false;
    const failed = answer.kind === 'failed';
    this.session.setState({ engine: failed ? { kind: 'failed', message: answer.message } : { kind: 'ready' } });
    return !failed;
  }

  private viewChanged(now: View, before: View): void {
    const looked = LOOKED_AT.some((part) => now[part] !== before[part]);
    if (looked) void this.requestPicture();
    if (now.pokes !== before.pokes) this.storage.write('pokes', printPokes(now.pokes));
    if (now.typed !== before.typed) this.storage.write('typed', JSON.stringify(now.typed));
    if (POINTED_AT.some((part) => now[part] !== before[part])) void this.askReach();
    if (now.draft === before.draft) return;
    this.storage.write('draft', printDraft(now.draft));
    this.forecaster.schedule();
  }

  private async requestPicture(): Promise<void> {
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

  private show(picture: Picture, reach: readonly ReachPicture[]): void {
    this.session.setState((session) => ({
      picture: shared(session.picture, picture),
      reach: shared(session.reach, reach),
    }));
    // What is pointed at may have changed since it was asked for.
    void this.askReach();
    void this.withLibrary();
    void this.offerKept();
    this.lookAround();
    this.followMapping(picture);
    this.revealFrame(picture);
    if (!this.view.getState().playing) this.forecaster.schedule();
  }

  /** From the first picture on, which does without them, the frames and the PCPUs are looked at too. */
  private lookAround(): void {
    if (this.looksAround) return;
    this.looksAround = true;
    // In a task of its own, when the first picture is on screen.
    setTimeout(() => {
      void this.requestPicture();
      void this.withReader();
    });
  }

  private async withReader(): Promise<void> {
    this.reader = (await import('./read-draft')).readDraft;
    if (!this.view.getState().playing) this.forecaster.schedule();
  }

  /** Selects the mapping just made. */
  private followMapping({ outcomes }: Picture): void {
    const made = this.follow === undefined ? undefined : outcomes.find(({ index }) => index === this.follow);
    if (made?.va !== undefined) this.select({ kind: 'va', va: made.va });
    else if (made?.state === 'done') this.follow = undefined;
  }

  private revealFrame({ walk }: Picture): void {
    if (!this.reveal || walk.va !== this.view.getState().va) return;
    this.reveal = false;
    if (walk.end.kind === 'page') this.pointAt(walk.end.mpn);
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
