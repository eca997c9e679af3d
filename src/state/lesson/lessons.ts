import lessonsUrl from 'virtual:lessons-url';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Picture } from '../../engine/picture';
import type { Thing } from '../../engine/thing';
import type { LibraryEntry, Scenario } from '../../scenario';
import type { Lesson, Select } from '../../scenario/lesson/lesson';
import { lessonsOf, type LessonFiles } from '../../scenario/lesson/library';
import { parseLessonText } from '../../scenario/lesson/parse';
import { same } from '../../scenario/print-value';
import { describeProblems } from '../../scenario/problem';
import type { Playhead } from '../playhead';
import type { SessionStore } from '../session';
import type { Storage } from '../storage';
import type { ViewStore } from '../view';
import { selectAsked, selectOf, thingOf } from './aim';
import { revealStep, stepOf, vaOf, type Played } from './moment';
import { keptProgress, keyOf, storeProgress, type Progress } from './progress';
import { lessonSection, readLessonSection } from './section';
import { Travel } from './travel';
import { isGiven, verdictOf, type Given, type Verdict } from './verdict';

/** What lessons do to the page. */
export interface LessonPage {
  readonly session: SessionStore;
  readonly view: ViewStore;
  readonly playhead: Playhead;
  bring(document: Scenario): Promise<void>;
  select(thing: Thing): void;
  hover(thing: Thing | undefined): void;
  withLibrary(): Promise<readonly LibraryEntry[]>;
}

/** A lesson under way. */
export interface Running {
  readonly lesson: Lesson;
  readonly move: number;
  /** Whether the machine is on its way to the move, or to the answer. */
  readonly going: 'move' | 'answer' | undefined;
  /** What was chosen or typed, by move, as long as the machine has not answered. */
  readonly given: Readonly<Record<number, Given | undefined>>;
  /** What it answered, by move. */
  readonly verdicts: Readonly<Record<number, Verdict | undefined>>;
  /** The reader looks at something else than the move. */
  readonly left: boolean;
}

export interface LessonsState {
  /** The lessons that come with the program; undefined until they are loaded. */
  readonly list: readonly Lesson[] | undefined;
  readonly running: Running | undefined;
  readonly progress: Progress;
}

/** Leads through lessons. The reader may do anything meanwhile, and come back. */
export class Lessons {
  readonly store: StoreApi<LessonsState>;
  private readonly travel: Travel;
  /** Counts where it was to go: what an older way still waits for is nothing any more. */
  private turn = 0;
  /** Where the move left the reader. */
  private place: { readonly step: number; readonly selected: Thing } | undefined;

  constructor(
    private readonly page: LessonPage,
    private readonly storage: Storage,
  ) {
    this.store = createStore<LessonsState>(() => ({
      list: undefined,
      running: undefined,
      progress: keptProgress(storage),
    }));
    this.travel = new Travel(page.playhead, page.view);
    page.view.subscribe(() => this.noticeLeaving());
    page.session.subscribe((now, before) => now.document !== before.document && this.noticeLeaving());
  }

  // ---- Which lesson

  /** Loads the lessons that come with the program. */
  async load(): Promise<readonly Lesson[]> {
    const known = this.store.getState().list;
    if (known) return known;
    const [library, response] = await Promise.all([this.page.withLibrary(), fetch(lessonsUrl)]);
    const list = lessonsOf((await response.json()) as LessonFiles, library);
    this.store.setState({ list });
    return list;
  }

  /** Starts a lesson, or goes on with it where it was left. */
  start(lesson: Lesson, move = this.resumedAt(lesson)): void {
    this.place = undefined;
    this.store.setState({ running: { lesson, move, going: 'move', given: {}, verdicts: {}, left: false } });
    this.page.view.setState({ learning: true });
    void this.goTo(move, false);
  }

  /** One that was ended begins anew. */
  private resumedAt(lesson: Lesson): number {
    const reached = this.store.getState().progress[keyOf(lesson)];
    return !reached || reached.done ? 0 : Math.min(reached.move, lesson.moves.length - 1);
  }

  /** Starts the lesson that a text is. What is wrong with it comes back in words, and then nothing has changed. */
  async open(text: string): Promise<string | undefined> {
    const read = parseLessonText(text, await this.page.withLibrary());
    if (!read.ok) return describeProblems(read.error);
    this.start(read.value);
    return undefined;
  }

  /** What a link holds of the lesson under way; undefined when there is none. */
  section(): Uint8Array | undefined {
    return this.running && lessonSection(this.running, this.page.session.getState().document);
  }

  /** Starts the lesson of a link, whose scenario is given as well. What is wrong with it comes back in words. */
  async openSection(bytes: Uint8Array, scenario: Scenario): Promise<string | undefined> {
    const [lessons, library] = await Promise.all([this.load(), this.page.withLibrary()]);
    const read = readLessonSection(bytes, scenario, lessons, library);
    if (!read.ok) return read.error;
    this.start(read.value.lesson, read.value.move);
    return undefined;
  }

  /** Ends it. What is on screen stays. */
  end(): void {
    this.turn++;
    this.travel.hurry();
    this.store.setState({ running: undefined });
    this.page.view.setState({ learning: false });
  }

  /** Forgets how far anybody has come. */
  reset(): void {
    this.store.setState({ progress: {} });
    storeProgress(this.storage, {});
  }

  // ---- Moves

  next(): void {
    this.onRunning(({ move, lesson }) => move + 1 < lesson.moves.length && void this.goTo(move + 1, true));
  }

  previous(): void {
    this.onRunning(({ move }) => move > 0 && void this.goTo(move - 1, false));
  }

  /** Brings scenario, step and selection of the move back. */
  back(): void {
    this.onRunning(({ move }) => void this.goTo(move, false));
  }

  /** On from where the lesson stands: to the answer, which must be given first, or to the next move. What is under way is there at once. */
  forward(): void {
    this.onRunning(({ move, lesson, going, verdicts }) => {
      if (going === 'answer') this.travel.hurry();
      else if (lesson.moves[move].ask && !verdicts[move]) void this.reveal();
      else this.next();
    });
  }

  private async goTo(move: number, playing: boolean): Promise<void> {
    const turn = ++this.turn;
    const { lesson, left } = this.change({ move, going: 'move' });
    this.keep(lesson, move);
    const played = await this.played(lesson, turn);
    if (!played) return;
    const { at, ask } = lesson.moves[move];
    const answered = ask && this.running?.verdicts[move] ? ask : undefined;
    const step = (answered ? revealStep(answered, at, played) : stepOf(at, played)) ?? 0;
    const select = selectOf(lesson, move);
    const there = await this.travel.to(step, playing && !left);
    await this.arrive(turn, there, step, answered ? selectAsked(answered, select) : select, played);
  }

  /** The scenario of the lesson, on screen and played. Undefined: something else came meanwhile. */
  private async played({ scenario }: Lesson, turn: number): Promise<Played | undefined> {
    const { session } = this.page;
    if (session.getState().document !== scenario) await this.page.bring(scenario);
    await this.loaded();
    const { document, timeline } = session.getState();
    if (turn !== this.turn) return undefined;
    if (document === scenario && timeline && timeline.ops.length === scenario.ops.length) return { scenario, timeline };
    this.change({ going: undefined, left: true });
    return undefined;
  }

  /** Waits for a document that is being loaded. */
  private loaded(): Promise<void> {
    const { session } = this.page;
    const isLoaded = (): boolean => session.getState().engine.kind !== 'loading';
    return new Promise((resolve) => {
      if (isLoaded()) return resolve();
      const stop = session.subscribe(() => {
        if (!isLoaded()) return;
        stop();
        resolve();
      });
    });
  }

  /** Selects what the move is about, unless the reader went elsewhere on the way. Gives what is then on screen. */
  private async arrive(
    turn: number,
    there: boolean,
    step: number,
    select: Select,
    played: Played,
  ): Promise<Picture | undefined> {
    if (turn !== this.turn) return undefined;
    const picture = there ? await this.aim(turn, step, select, played) : undefined;
    if (turn !== this.turn) return undefined;
    this.place = { step, selected: this.page.view.getState().selected };
    this.change({ going: undefined, left: !there });
    return picture;
  }

  private async aim(turn: number, step: number, select: Select, played: Played): Promise<Picture | undefined> {
    const { page } = this;
    const va = select.address && vaOf(select.address, played);
    const level = select.level ?? 1;
    // The pointer may lie where a dialog was.
    page.hover(undefined);
    if (va !== undefined) page.select({ kind: 'va', va });
    const picture = await this.pictureOf(turn, step);
    if (!picture) return undefined;
    const thing = thingOf(select, played, picture);
    if (thing) page.select(thing);
    if (va !== undefined) page.view.setState({ va: BigInt.asUintN(64, va), level });
    return picture;
  }

  /** Waits until the picture is that of a step and of what is selected, with the PCPUs. */
  private pictureOf(turn: number, step: number): Promise<Picture | undefined> {
    const { session, view } = this.page;
    return new Promise((resolve) => {
      const look = (): boolean => {
        const { picture, engine } = session.getState();
        if (turn !== this.turn || engine.kind === 'failed') resolve(undefined);
        else if (picture?.step === step && picture.walk.va === view.getState().va && picture.pcpus.length > 0)
          resolve(picture);
        else return false;
        return true;
      };
      if (look()) return;
      const stop = session.subscribe(() => look() && stop());
    });
  }

  // ---- Questions

  /** Chooses an answer, by its index, or keeps what is typed. Once the machine has answered it stays. */
  give(given: Given): void {
    this.onRunning(({ move, given: before, verdicts }) => {
      if (!verdicts[move]) this.change({ given: { ...before, [move]: given } });
    });
  }

  /** Lets the machine answer: it plays on to where the answer shows. */
  async reveal(): Promise<void> {
    const { running } = this;
    const ask = running?.lesson.moves[running.move].ask;
    const given = running?.given[running.move];
    if (!ask || !isGiven(ask, given) || running.verdicts[running.move]) return;
    const turn = ++this.turn;
    const { lesson, move, left } = this.change({ going: 'answer' });
    const played = await this.played(lesson, turn);
    if (!played) return;
    const { at } = lesson.moves[move];
    if (left) this.page.playhead.seek(stepOf(at, played) ?? 0);
    const step = revealStep(ask, at, played) ?? stepOf(at, played) ?? 0;
    const there = await this.travel.to(step, true);
    const picture = await this.arrive(turn, there, step, selectAsked(ask, selectOf(lesson, move)), played);
    if (!picture || !this.running) return;
    const verdict = verdictOf(ask, given, { ...played, picture });
    this.change({ verdicts: { ...this.running.verdicts, [move]: verdict } });
    if (verdict.right !== undefined) this.keep(lesson, move, verdict.right);
  }

  // ---- What is kept

  private keep(lesson: Lesson, move: number, right?: boolean): void {
    const { progress } = this.store.getState();
    const before = progress[keyOf(lesson)];
    const answers = { ...before?.answers, ...(right !== undefined && { [move]: right }) };
    const done = (before?.done ?? false) || move === lesson.moves.length - 1;
    const now = { ...progress, [keyOf(lesson)]: { move, done, answers } };
    this.store.setState({ progress: now });
    storeProgress(this.storage, now);
  }

  private noticeLeaving(): void {
    const { running, place } = this;
    if (!running || !place || running.going) return;
    const { step, selected } = this.page.view.getState();
    const left =
      this.page.session.getState().document !== running.lesson.scenario ||
      step !== place.step ||
      !same(selected, place.selected);
    if (left !== running.left) this.change({ left });
  }

  private get running(): Running | undefined {
    return this.store.getState().running;
  }

  private onRunning(act: (running: Running) => unknown): void {
    if (this.running) act(this.running);
  }

  /** What it was before. */
  private change(part: Partial<Running>): Running {
    const before = this.running!;
    this.store.setState({ running: { ...before, ...part } });
    return before;
  }
}
