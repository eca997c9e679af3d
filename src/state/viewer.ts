import type { Picture } from '../engine/picture';
import type { FrameWindow } from '../engine/protocol';
import type { Thing } from '../engine/thing';
import type { Level } from '../machine/address';
import { EXAMPLE_DRAFT } from './draft';
import { keptDraft } from './kept-draft';
import { keptLayout, PLAIN_LAYOUT, type Layout } from './layout';
import { vaOf } from './lights';
import type { SessionStore } from './session';
import type { Storage } from './storage';
import { keptPokes, keptTyped, type PokeDraft } from './typed';
import {
  createView,
  keptTheme,
  keptTabs,
  windowWith,
  type Dialog,
  type Tabs,
  type Theme,
  type Track,
  type View,
  type ViewStore,
} from './view';

/** PCPUs of many that can be open at once. */
const MOST_OPEN = 4;

const toggled = <T>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((each) => each !== item) : [...list, item];

/** What the reader looks at, and what stands in the fields: nothing here changes the document. */
export class Viewer {
  /** The operation whose mapping is to be selected when its picture comes. */
  protected follow: number | undefined;
  /** The frames view is to show the frame of the address just selected. */
  protected reveal = false;

  readonly view: ViewStore;

  /** The fields and panels are as an earlier visit left them. */
  constructor(
    readonly session: SessionStore,
    protected readonly storage: Storage,
  ) {
    this.view = createView(keptDraft(storage.read('draft')) ?? EXAMPLE_DRAFT, keptTheme(storage));
    this.view.setState({
      tabs: keptTabs(storage),
      layout: keptLayout(storage.read('layout')),
      singleKeys: storage.read('keys') !== 'off',
      pokes: keptPokes(storage.read('pokes')),
      typed: keptTyped(storage.read('typed')),
    });
  }

  /** Chooses a thing; if it stands for an address, its walk is shown. */
  select(thing: Thing): void {
    this.follow = undefined;
    if (thing.kind === 'frame') this.pointAt(thing.mpn);
    const va = vaOf(thing, this.session.getState());
    this.view.setState({ selected: thing });
    if (va === undefined) return;
    this.reveal = thing.kind !== 'frame';
    this.view.setState({ va: BigInt.asUintN(64, va), level: thing.kind === 'entry' ? thing.level : 1 });
  }

  /** Says what the pointer or the focus is on; its walk is shown while it is. */
  hover(hover: Thing | undefined): void {
    if (hover !== this.view.getState().hover) this.view.setState({ hover });
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

  /** Lists the TLB entries of a PCPU, or hides them. */
  toggleList(id: number): void {
    this.view.setState(({ listed }) => ({ listed: toggled(listed, id) }));
  }

  /** Shows another part of the time line. */
  showTrack(track: Track): void {
    this.view.setState({ track });
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

  /** Keeps, or without a draft forgets, what the entry at a machine address might become. The machine does not change. */
  draftPoke(ma: number, draft: PokeDraft | undefined): void {
    this.view.setState(({ pokes }) => ({ pokes: { ...pokes, [ma]: draft } }));
  }

  /** Keeps, or without a text forgets, what stands in a field beside the form. */
  keepTyped(field: string, text: string | undefined): void {
    this.view.setState(({ typed }) => ({ typed: { ...typed, [field]: text } }));
  }

  /** Opens tabs; they stay open for the next visit. */
  showTabs(change: Partial<Tabs>): void {
    this.view.setState(({ tabs }) => ({ tabs: { ...tabs, ...change } }));
    // Not what a link has opened.
    const { request, acts } = { ...keptTabs(this.storage), ...change };
    this.storage.write('tabs', `${request} ${acts}`);
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

  /** Selects the mapping just made. */
  protected followMapping({ outcomes }: Picture): void {
    const made = this.follow === undefined ? undefined : outcomes.find(({ index }) => index === this.follow);
    if (made?.va !== undefined) this.select({ kind: 'va', va: made.va });
    else if (made?.state === 'done') this.follow = undefined;
  }

  protected revealFrame({ walk }: Picture): void {
    if (!this.reveal || walk.va !== this.view.getState().va) return;
    this.reveal = false;
    if (walk.end.kind === 'page') this.pointAt(walk.end.mpn);
  }
}
