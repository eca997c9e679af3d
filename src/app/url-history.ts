import { useEffect } from 'react';
import type { Explorer } from '../state/explorer';
import type { Opened } from '../state/link';
import { isLittle, show, shownBy } from '../state/shown';
import { WHERE, type Shown } from '../state/where';
import { linkInAddress, OPENED_IN } from './url';
import { useExplorer } from './use-explorer';

const keyOf = (state: unknown): number | undefined => {
  const key: unknown = typeof state === 'object' && state !== null && 'key' in state ? state.key : undefined;
  return typeof key === 'number' ? key : undefined;
};

/** Browsers take no more than three writes a second for long. */
const SOON_MS = 350;
/** What of the view is worth writing down when it changes; the playhead only when it comes to another step. */
const RESTS = [...WHERE.filter((part) => part !== 'at'), 'step', 'pokes'] as const;

/**
 * Back and forward. Opening another document makes an entry of the browser's history; an entry shows the document that was
 * left in it, where it was left. One whose address has a link that nobody has opened yet, because it was pasted there, opens that.
 */
class Entries {
  /** The entry of now. */
  private key = keyOf(OPENED_IN[0]) ?? Math.random();
  /** What was left in the others, by their keys. After a reload the browser has most of it. */
  private readonly left = new Map<number, Shown>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** A document is opened because its entry is shown. */
  private following = false;

  constructor(private readonly explorer: Explorer) {
    if (keyOf(history.state) === keyOf(OPENED_IN[0]) && location.hash === OPENED_IN[1]) this.write();
    else void this.follow();
  }

  /** What is on screen goes into its entry, as far as the browser takes it. */
  readonly write = (): void => {
    const shown = shownBy(this.explorer);
    this.left.set(this.key, shown);
    try {
      history.replaceState(isLittle(shown) ? { key: this.key, ...shown } : { key: this.key }, '');
    } catch {
      // It is only missing after a reload.
    }
  };

  /** Another document is about to come, at an address without the link of this one. */
  readonly push = (): void => {
    if (this.following) return;
    this.write();
    this.key = Math.random();
    history.pushState({ key: this.key }, '', location.pathname + location.search);
  };

  /** The browser has gone to another entry, or the reader has changed the address. Both events tell of one change. */
  readonly follow = async (): Promise<void> => {
    const state: unknown = history.state;
    const key = keyOf(state);
    if (key === this.key) return;
    this.stop();
    this.left.set(this.key, shownBy(this.explorer));
    this.key = key ?? Math.random();
    const mine = this.key;
    if (key === undefined) history.replaceState({ key: mine }, '');
    this.explorer.forgetLinkFault();
    const left = this.left.get(mine) ?? (await this.explorer.readLeft(state));
    const opened = left ? undefined : await this.linked();
    if (mine !== this.key) return;
    const shown = left ?? (opened && { document: opened.scenario, place: opened.place });
    this.following = true;
    if (shown) show(this.explorer, shown);
    this.following = false;
    if (opened) void this.explorer.startLinked(opened);
  };

  /** When the reader has come to rest: an entry that the browser leaves cannot be written any more. */
  readonly writeSoon = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.write, SOON_MS);
  };

  readonly stop = (): void => clearTimeout(this.timer);

  private async linked(): Promise<Opened | undefined> {
    const link = linkInAddress();
    return link === undefined ? undefined : await this.explorer.readLink(link);
  }
}

/** Follows the address and the history of the browser. */
export function History(): undefined {
  const explorer = useExplorer();
  useEffect(() => {
    const entries = new Entries(explorer);
    const follow = (): void => void entries.follow();
    explorer.tellLeaving(entries.push);
    addEventListener('popstate', follow);
    addEventListener('hashchange', follow);
    addEventListener('pagehide', entries.write);
    const forgetters = [
      explorer.view.subscribe((now, before) => {
        if (RESTS.some((part) => now[part] !== before[part])) entries.writeSoon();
      }),
      explorer.session.subscribe((now, before) => {
        if (now.timeline !== before.timeline) entries.write();
      }),
    ];
    return () => {
      for (const forget of forgetters) forget();
      entries.stop();
      explorer.tellLeaving(undefined);
      removeEventListener('popstate', follow);
      removeEventListener('hashchange', follow);
      removeEventListener('pagehide', entries.write);
    };
  }, [explorer]);
}
