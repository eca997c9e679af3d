import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { preview } from 'vite';
import { printScenario } from '../src/scenario';
import type { Scenario } from '../src/scenario';

/** The built page on a server of its own, and a real browser. */
export interface Site {
  readonly browser: Browser;
  readonly url: string;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const server = await preview({ root: process.cwd(), logLevel: 'error', preview: { host: '127.0.0.1', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the preview server has no address');
  const { findBrowser, launchOptions } = (await import(/* @vite-ignore */ `${process.cwd()}/src/cli/browser.mjs`)) as {
    findBrowser: () => Promise<unknown>;
    launchOptions: (found: unknown) => object;
  };
  const browser = await chromium.launch(launchOptions(await findBrowser()));
  return {
    browser,
    url,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

export interface PageOptions {
  /** The document to open instead of what the page opens on. */
  readonly scenario?: Scenario;
  readonly size?: { readonly width: number; readonly height: number };
  readonly dark?: boolean;
}

/** A fresh visit, with nothing cached and nothing stored but the scenario given. */
export async function visit(site: Site, options: PageOptions = {}): Promise<Page> {
  const { scenario, size = { width: 1280, height: 800 }, dark = false } = options;
  const context: BrowserContext = await site.browser.newContext({
    viewport: size,
    colorScheme: dark ? 'dark' : 'light',
  });
  await context.addInitScript(watchWorkers);
  if (scenario) {
    const text = JSON.stringify(printScenario(scenario));
    await context.addInitScript((kept) => localStorage.setItem('pagescope.document', kept), text);
  }
  const page = await context.newPage();
  await page.goto(site.url);
  await page.getByRole('status', { name: 'Result' }).waitFor();
  if (scenario) {
    await page.getByRole('button', { name: 'Continue with it' }).click();
    await page.waitForFunction((title) => document.body.innerText.includes(title), scenario.title);
    await settle(page);
  }
  return page;
}

/** Waits until the worker owes nothing. */
export async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(150);
  await page.waitForFunction(() => (window as unknown as Watched).owed() === 0);
  await page.waitForTimeout(100);
}

/** What the page under test is given to measure it with. */
export interface Watched {
  owed(): number;
  /** The most seeks that were with the worker at once. */
  mostSeeks: number;
  /**
   * Milliseconds from the page's hearing that the pointer is at a step until the picture of that step was painted. The browser tells
   * it once a frame; how long it kept what it tells is not the page's doing.
   */
  readonly lags: number[];
  /** When the pointer was last where the page asked for a step. */
  readonly askedAt: Map<number, number>;
}

/** Runs in the page, before it: counts what is asked of the worker and answered. */
function watchWorkers(): void {
  let seeks = 0;
  let owed = 0;
  const watched: Watched = { owed: () => owed, mostSeeks: 0, lags: [], askedAt: new Map() };
  Object.assign(window, watched);
  const own = window as unknown as Watched;
  let pointer = 0;
  addEventListener('pointermove', () => (pointer = performance.now()), { capture: true });
  const Native = Worker;
  class Counted extends Native {
    constructor(...args: ConstructorParameters<typeof Native>) {
      super(...args);
      this.addEventListener('message', ({ data }: MessageEvent<{ kind: string; picture?: { step: number } }>) => {
        if (data.kind === 'progress') return;
        owed--;
        if (!data.picture) return;
        seeks--;
        const asked = own.askedAt.get(data.picture.step);
        if (asked === undefined) return;
        requestAnimationFrame(() => setTimeout(() => own.lags.push(performance.now() - asked)));
      });
    }
    override postMessage(message: { kind: string; step?: number }): void {
      owed++;
      if (message.kind === 'seek') {
        own.mostSeeks = Math.max(own.mostSeeks, ++seeks);
        own.askedAt.set(message.step ?? 0, pointer);
      }
      super.postMessage(message);
    }
  }
  window.Worker = Counted;
}

export interface Frames {
  /** Milliseconds that script of each animation frame, events before it included, had a processor; not those it waited for one. */
  readonly script: readonly number[];
  readonly perSecond: number;
  /** Tasks of the main thread longer than 50 ms. */
  readonly long: number;
}

/** What the main thread did while `act` ran, from a trace of the browser. */
export async function traced(site: Site, page: Page, act: () => Promise<void>): Promise<Frames> {
  await site.browser.startTracing(page, {
    categories: ['devtools.timeline', 'toplevel', 'disabled-by-default-devtools.timeline'],
  });
  await act();
  const { traceEvents } = JSON.parse((await site.browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return framesOf(traceEvents);
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  /** The part of `dur` in which the thread had a processor. */
  readonly tdur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args?: { readonly name?: string };
}

const SCRIPT = new Set([
  'FireAnimationFrame',
  'FunctionCall',
  'EventDispatch',
  'TimerFire',
  'RunMicrotasks',
  'EvaluateScript',
  'V8.GCScavenger',
]);

function framesOf(events: readonly TraceEvent[]): Frames {
  const animation = events.filter(({ name, ph }) => name === 'FireAnimationFrame' && ph === 'X');
  const [first] = animation;
  if (!first) throw new Error('nothing was animated');
  const main = events.filter(({ pid, tid, ph }) => pid === first.pid && tid === first.tid && ph === 'X');
  const script = outermost(main.filter(({ name }) => SCRIPT.has(name)));
  const starts = animation.map(({ ts }) => ts).toSorted((a, b) => a - b);
  const perFrame = starts.map((start, i) => {
    const before = starts[i - 1] ?? start - 16_667;
    const within = script.filter(({ ts, dur = 0 }) => ts + dur > before && ts <= start);
    return within.reduce((sum, { dur = 0, tdur = dur }) => sum + tdur, 0) / 1000;
  });
  const seconds = (starts.at(-1)! - starts[0]) / 1e6;
  const tasks = main.filter(({ name, dur = 0 }) => name === 'RunTask' && dur > 50_000);
  return { script: perFrame, perSecond: (starts.length - 1) / seconds, long: tasks.length };
}

/** Without those that lie within another. */
function outermost(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const kept: TraceEvent[] = [];
  let end = -1;
  for (const event of events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    if (event.ts < end) continue;
    kept.push(event);
    end = event.ts + (event.dur ?? 0);
  }
  return kept;
}

/** The share of time that the main thread of a page is busy, in percent. */
export async function busy(page: Page, milliseconds: number): Promise<number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const taskTime = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  };
  const before = await taskTime();
  await page.waitForTimeout(milliseconds);
  const share = ((await taskTime()) - before) / (milliseconds / 1000);
  await session.detach();
  return 100 * share;
}

/** How many rules of axe a page breaks as it stands, contrast among them. */
export async function violations(page: Page): Promise<number> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  for (const { id, nodes } of found)
    console.error(`axe: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  return found.length;
}
