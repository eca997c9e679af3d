import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { DEFAULT_CONFIG } from '../src/machine/config';
import { MIGHTCHANGE, READWRITE } from '../src/machine/vmkapi';
import type { Scenario } from '../src/scenario';
import { libraryScenario } from '../src/scenario/library-files';
import { cost, quantile, rate, type Figure } from './measure';
import { print } from './print';
import { busy, openSite, settle, traced, violations, visit, type Site, type Watched } from './ui-page';
import { access, longScenario, map } from './worlds';

const GROUPS: readonly ((site: Site) => Promise<Figure[]>)[] = [
  opening,
  scripts,
  shootdowns,
  rest,
  hovering,
  scrubbing,
  zooming,
  accessibility,
];

/** `npm run bench:ui [-- --json] [group…]`: the figures of the built page in a real browser, each beside its limit. */
export async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  const only = argv.filter((arg) => !arg.startsWith('--'));
  const unknown = only.filter((name) => !GROUPS.some((group) => group.name === name));
  if (unknown.length > 0) {
    console.error(
      `bench:ui: no group is called ${unknown.join(', ')}; there are ${GROUPS.map(({ name }) => name).join(', ')}`,
    );
    return 2;
  }
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], {
    stdio: 'ignore',
  });
  const site = await openSite();
  let missed = 0;
  try {
    for (const group of GROUPS) {
      if (only.length > 0 && !only.includes(group.name)) continue;
      for (const figure of await group(site)) {
        if (!figure.met) missed++;
        print(figure, json);
      }
    }
  } finally {
    await site.close();
  }
  return missed === 0 ? 0 : 1;
}

// ---- Opening

const OPENINGS = 5;

/** From the address to the first paint, and to the answer to the first click, with nothing cached. */
async function opening(site: Site): Promise<Figure[]> {
  const paints: number[] = [];
  const clicks: number[] = [];
  for (let i = 0; i < OPENINGS; i++) {
    const context = await site.browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(clickAtOnce);
    await page.goto(site.url);
    await page.waitForFunction(() => (window as unknown as { answered?: number }).answered !== undefined);
    paints.push(
      await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity),
    );
    clicks.push(await page.evaluate(() => (window as unknown as { answered: number }).answered));
    await context.close();
  }
  return [
    cost('open-paint', quantile(paints, 0.5), 'ms', 400, OPENINGS, 'first contentful paint, cold, median'),
    cost(
      'open-click',
      quantile(clicks, 0.5),
      'ms',
      700,
      OPENINGS,
      'a click on Step forward, as early as it can be answered, median',
    ),
  ];
}

/** Runs in the page: clicks as soon as there is something to step through, and notes when the step is on screen. */
function clickAtOnce(): void {
  const look = (): void => {
    const button = document.querySelector<HTMLButtonElement>('button[aria-label="Step forward"]:not([aria-disabled])');
    const slider = document.querySelector<HTMLInputElement>('input[aria-label="Step"]');
    if (!button || !slider || slider.valueAsNumber === 0) return void requestAnimationFrame(look);
    const before = slider.valueAsNumber;
    button.click();
    const answered = (): void => {
      const now = document.querySelector<HTMLInputElement>('input[aria-label="Step"]');
      if (now?.valueAsNumber === before) return void requestAnimationFrame(answered);
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { answered: performance.now() })));
    };
    answered();
  };
  requestAnimationFrame(look);
}

/** Scripts that the page has asked for when its first picture is shown, and before anything that comes later is opened. */
async function scripts(site: Site): Promise<Figure[]> {
  const size = (name: string): number => gzipSync(readFileSync(`dist/assets/${name}`)).length / 1000;
  const all = readdirSync('dist/assets').filter((name) => name.endsWith('.js'));
  const context = await site.browser.newContext();
  const page = await context.newPage();
  const asked = new Set<string>();
  page.context().on('request', (request) => asked.add(request.url()));
  let first: readonly string[] = [];
  await page.exposeFunction('pictureShown', () => {
    if (first.length === 0) first = all.filter((name) => [...asked].some((url) => url.endsWith(name)));
  });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.panel-walk .frame-box')) return;
      observer.disconnect();
      (window as unknown as { pictureShown: () => void }).pictureShown();
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto(site.url);
  await page.locator('.panel-walk .frame-box').waitFor();
  await page.waitForTimeout(1500);
  const opened = all.filter((name) => [...asked].some((url) => url.endsWith(name)));
  await context.close();
  const sum = (names: readonly string[]): number => names.reduce((total, name) => total + size(name), 0);
  return [
    cost(
      'scripts-first',
      sum(first),
      'kB',
      130,
      first.length,
      'gzipped scripts asked for until the first picture, worker included',
    ),
    cost(
      'scripts-opened',
      sum(opened),
      'kB',
      170,
      opened.length,
      'gzipped scripts in all before a dialog or a pane that comes later is opened',
    ),
  ];
}

// ---- Motion

/** Pages that every PCPU has read, made read-only: a shootdown that all of them take part in. */
function shootdown(pcpus: number): Scenario {
  const readers = Array.from({ length: pcpus }, (_, pcpu) => access('m', 0n, 'write', { pcpu, count: 8 }));
  return {
    version: 1,
    title: `Shootdown of ${pcpus}`,
    config: { ...DEFAULT_CONFIG, pcpus },
    ops: [
      map('m', [{ startMPN: 0x40n, numPages: 8 }], READWRITE | MIGHTCHANGE),
      ...readers,
      { op: 'sync' },
      { op: 'change', pcpu: 0, context: 'world', at: { mapping: 'm', offset: 0n }, attrs: MIGHTCHANGE },
      { op: 'sync' },
    ],
  };
}

async function shootdowns(site: Site): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [pcpus, bar] of [
    [16, 5],
    [64, 8],
  ] as const) {
    const page = await visit(site, { scenario: shootdown(pcpus) });
    await goToChange(page);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForTimeout(300);
    const frames = await traced(site, page, () => page.waitForTimeout(6000));
    const busiest = `a shootdown plays at ${pcpus} PCPUs`;
    figures.push(
      cost(
        `play-script-${pcpus}`,
        quantile(frames.script, 0.95),
        'ms',
        bar,
        frames.script.length,
        `script a frame while ${busiest}, p95`,
      ),
      rate(`play-frames-${pcpus}`, frames.perSecond, '1/s', 60, frames.script.length, `frames while ${busiest}`, 0.97),
      cost(`play-long-${pcpus}`, frames.long, 'tasks', 1, frames.script.length, `tasks over 50 ms while ${busiest}`, 0),
    );
    await page.context().close();
  }
  return figures;
}

/** To where the call before the last `sync` begins. */
async function goToChange(page: Page): Promise<void> {
  await page.getByRole('slider', { name: 'Step', exact: true }).focus();
  await page.keyboard.press('End');
  const back = page.getByRole('button', { name: 'Previous operation', exact: true });
  await back.click();
  await back.click();
  await settle(page);
}

async function rest(site: Site): Promise<Figure[]> {
  const page = await visit(site);
  await settle(page);
  const still = await busy(page, 3000);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForTimeout(700);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await settle(page);
  const paused = await busy(page, 3000);
  await page.context().close();
  return [
    cost('rest', still, '%', 0.1, 1, 'script of the main thread, of 3 s at rest'),
    cost('rest-paused', paused, '%', 0.1, 1, 'the same, paused in the middle'),
  ];
}

// ---- Pointer

const MARKS = '.panel button, .panel tr, .panel [role="treeitem"], .panel li, .tlb-entry';
const HOVERS = 60;
/** Nothing is offered from an earlier visit when it is this one. */
const OPENS_ON = 'example-2';

async function hovering(site: Site): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const id of ['largest', 'scattered', OPENS_ON]) {
    const page = await visit(site, id === OPENS_ON ? {} : { scenario: libraryScenario(id)! });
    await page.evaluate(noteHovers);
    const places = await placesOf(page);
    for (let i = 0; i < HOVERS; i++) {
      const [x, y] = places[(i * 7) % places.length];
      await page.mouse.move(x, y);
      await page.waitForTimeout(25);
    }
    await settle(page);
    const times = await page.evaluate(() => (window as unknown as { hovers: number[] }).hovers);
    figures.push(
      cost(
        `hover-${id}`,
        quantile(times, 0.95),
        'ms',
        50,
        times.length,
        'from the pointer entering a mark to the paint after it, p95',
      ),
    );
    await page.context().close();
  }
  return figures;
}

async function placesOf(page: Page): Promise<readonly (readonly [number, number])[]> {
  const boxes = await page
    .locator(MARKS)
    .evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect().toJSON() as DOMRect));
  return boxes
    .filter(({ width, height, top, bottom }) => width > 0 && height > 0 && top > 0 && bottom < 800)
    .map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const);
}

/** Runs in the page. */
function noteHovers(): void {
  const hovers: number[] = [];
  Object.assign(window, { hovers });
  addEventListener(
    'pointerover',
    ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => hovers.push(performance.now() - timeStamp))),
    { capture: true },
  );
}

/** Other work on the computer delays what is painted; the best of so many drags has least of it. */
const DRAGS = 3;

async function scrubbing(site: Site): Promise<Figure[]> {
  const figures: Figure[] = [];
  const short: Scenario = { ...shootdown(16), title: 'Short, 16 PCPUs' };
  for (const [name, scenario, bar] of [
    ['scrub-long', { ...longScenario(100_000), title: '100,000 steps' }, 50],
    ['scrub-short', short, 25],
  ] as const) {
    const page = await visit(site, { scenario });
    const box = await page.locator('.panel-timeline input[aria-label="Step"]').boundingBox();
    if (!box) throw new Error('the time line is not on screen');
    const y = box.y + box.height / 2;
    const drags: number[][] = [];
    for (let i = 0; i < DRAGS; i++) drags.push(await drag(page, box, y));
    const best = drags.toSorted((one, two) => quantile(one, 0.95) - quantile(two, 0.95))[0];
    const mostSeeks = await page.evaluate(() => (window as unknown as Watched).mostSeeks);
    figures.push(
      cost(
        name,
        quantile(best, 0.95),
        'ms',
        bar,
        best.length,
        'age of the pointer position whose picture is painted, p95, best of three drags',
      ),
      cost(`${name}-seeks`, mostSeeks, 'seeks', 1, best.length, 'seeks with the worker at once, at most'),
    );
    await page.context().close();
  }
  return figures;
}

/** Drags along the time line and halfway back; the lag of each picture that was painted meanwhile. */
async function drag(page: Page, box: { readonly x: number; readonly width: number }, y: number): Promise<number[]> {
  await page.mouse.move(box.x + 20, y);
  await page.mouse.down();
  for (let i = 0; i <= 120; i++) {
    await page.mouse.move(box.x + 20 + ((box.width - 40) * (i <= 80 ? i : 160 - i)) / 80, y);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
  await settle(page);
  return page.evaluate(() => (window as unknown as { lags: number[] }).lags.splice(0));
}

/** A 4 PiB machine with 10,000 intervals of mapped memory. */
function wideMachine(): Scenario {
  const ranges = [{ startMPN: 0x400_0000n, numPages: 16, count: 10_000, stride: 0x10_0000n }];
  return {
    version: 1,
    title: 'Wide memory',
    config: {
      ...DEFAULT_CONFIG,
      maxPhyAddr: 52,
      regions: [{ kind: 'ram', name: 'memory', startMPN: 0, pages: 2 ** 40 }],
      resources: [],
    },
    ops: [map('m', ranges)],
  };
}

async function zooming(site: Site): Promise<Figure[]> {
  const page = await visit(site, { scenario: wideMachine() });
  const box = await page.locator('.panel-frames canvas').first().boundingBox();
  if (!box) throw new Error('the frames are not on screen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3);
  const frames = await traced(site, page, async () => {
    for (const direction of [1, -1, 1, -1]) {
      for (let i = 0; i < 30; i++) {
        await page.mouse.wheel(0, 120 * direction);
        await page.mouse.move(box.x + box.width / 2 + i, box.y + box.height / 3 + (i % 5) * 4);
        await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => done())));
      }
    }
  });
  await page.context().close();
  return [
    cost(
      'frames-zoom',
      quantile(frames.script, 0.95),
      'ms',
      8,
      frames.script.length,
      'script a frame while zooming 4 PiB with 10,000 intervals, p95',
    ),
  ];
}

// ---- Everyone

async function accessibility(site: Site): Promise<Figure[]> {
  let found = 0;
  let states = 0;
  const look = async (page: Page): Promise<void> => {
    states++;
    found += await violations(page);
  };
  for (const dark of [false, true]) {
    for (const size of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
    ]) {
      const page = await visit(site, { dark, size });
      await look(page);
      for (let i = 0; i < 3; i++) {
        await page.getByRole('button', { name: 'Next operation', exact: true }).click();
        await settle(page);
        await look(page);
      }
      for (const key of ['?', 'Control+k']) {
        await page.locator('body').press(key);
        await page.getByRole('dialog').waitFor();
        await look(page);
        await page.keyboard.press('Escape');
      }
      await page.context().close();
    }
  }
  return [
    cost(
      'axe',
      found,
      'rules',
      1,
      states,
      'rules of axe broken, contrast among them, over states, sizes and themes',
      0,
    ),
  ];
}
