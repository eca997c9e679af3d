import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { parseScenario, type Scenario } from '../src/scenario';
import { linkOf, readLink } from '../src/state/link';
import { readPlace, type Place } from '../src/state/place';
import { ExplorerPage } from './explorer-page';

function scenarioOf(id: string): Scenario {
  const { about: _, ...document } = JSON.parse(readFileSync(`src/scenario/library/${id}.json`, 'utf8')) as {
    about: unknown;
  };
  const read = parseScenario(document);
  if (!read.ok) throw new Error(id);
  return read.value;
}

const usual = readPlace(new Uint8Array(0));

/** `#v1.…` of a scenario of the library, at a place that is as usual but for some parts. */
async function fragment(id: string, place?: Partial<Place>): Promise<string> {
  const link = await linkOf(scenarioOf(id), place && { ...usual, ...place });
  if (!link.ok) throw new Error(link.error.says);
  return `#${link.value}`;
}

async function openAt(page: Page, address: string): Promise<ExplorerPage> {
  await page.goto(`./${address}`);
  const explorer = new ExplorerPage(page);
  await expect(explorer.region('Timeline')).toContainText(/step \d+ of [1-9]/);
  return explorer;
}

/** The reader has rested there, and the browser knows. */
const noted = (page: Page, step: number) =>
  page.waitForFunction((at) => (history.state as { place?: { at?: number } } | null)?.place?.at === at, step);
const titleOf = (page: Page) => page.getByRole('combobox', { name: 'More scenarios' }).locator('option:checked');
const message = (page: Page) =>
  page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Close the message' }) });
const noViolations = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

const [one, two] = [scenarioOf('example-1-no-fast-path').title, scenarioOf('example-2').title];

test('a link opens its scenario at its place, and nothing else before', async ({ page }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => seen.push(document.body?.innerText ?? '')).observe(document, {
      subtree: true,
      childList: true,
    });
  });
  const layout = { borders: {}, maximised: undefined, folded: true };
  const at = await fragment('example-1-no-fast-path', { at: 9, theme: 'dark', bookmarks: [4], layout, speed: 4 });
  const explorer = await openAt(page, at);
  await expect(explorer.region('Timeline')).toContainText('step 9 of');
  await expect(titleOf(page)).toHaveText(one);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(explorer.button('Unfold Timeline')).toBeVisible();
  await expect(page.getByLabel('Speed')).toHaveValue('4');
  await expect(explorer.button('Undo')).toHaveAttribute('aria-disabled', 'true');
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen.filter((text) => text.includes(two) && !text.includes(one))).toEqual([]);
});

for (const [link, says] of [
  ['#v9.abc', 'made by a newer Pagescope'],
  ['#v1.NAELEAAB', 'Copy it again'],
  ['#nonsense', 'This is not a link to a scenario'],
] as const) {
  test(`a link that cannot be read is explained, and the page is usable: ${link}`, async ({ page }) => {
    const explorer = await openAt(page, link);
    await expect(explorer.result).toContainText('VMK_OK');
    await expect(message(page)).toContainText(says);
    await noViolations(page);
    await explorer.button('Map').click();
    await expect(explorer.region('Mappings')).toContainText('48 pages');
    await explorer.button('Close the message').click();
    await expect(message(page)).toHaveCount(0);
  });
}

test('a link pasted into the address opens; back and forward return to what was left, where it was left', async ({
  page,
}) => {
  const explorer = await openAt(page, '');
  await explorer.button('Map').click();
  await expect(explorer.region('Mappings')).toContainText('48 pages');
  await explorer.slider.fill('5');
  await explorer.reaches(5);
  const last = await page.getByRole('region', { name: 'Timeline' }).innerText();
  const pasted = await fragment('example-1-no-fast-path', { at: 7 });
  await page.evaluate((hash) => (location.hash = hash), pasted);
  await expect(titleOf(page)).toHaveText(one);
  await explorer.reaches(7);
  await explorer.slider.fill('3');

  await page.goBack();
  await expect(titleOf(page)).toHaveText(two);
  await explorer.reaches(5);
  expect(await page.getByRole('region', { name: 'Timeline' }).innerText()).toBe(last);
  await page.goForward();
  await explorer.reaches(3);
  await expect(titleOf(page)).toHaveText(one);

  // One of the library has an entry of its own, at an address without the link.
  await explorer.button('Example 2').click();
  await expect(titleOf(page)).toHaveText(two);
  expect(new URL(page.url()).hash).toBe('');
  await page.goBack();
  await expect(titleOf(page)).toHaveText(one);
  await explorer.reaches(3);

  // A link that cannot be read changes nothing.
  await page.evaluate(() => (location.hash = '#v1.cut'));
  await expect(message(page)).toBeVisible();
  await expect(titleOf(page)).toHaveText(one);
  await explorer.reaches(3);
  await page.goBack();
  await expect(message(page)).toHaveCount(0);

  // After a reload the browser still knows what was left, if the reader has rested there.
  await page.goBack();
  await noted(page, 5);
  await page.goForward();
  await explorer.reaches(3);
  await page.reload();
  await expect(explorer.region('Timeline')).toContainText('step 7 of');
  await page.goBack();
  await explorer.reaches(5);
  await expect(titleOf(page)).toHaveText(two);
});

test('a reload shows what was there; a later visit is offered what was worked on', async ({ page, context }) => {
  const explorer = await openAt(page, '');
  await explorer.button('Map').click();
  await expect(explorer.region('Mappings')).toContainText('48 pages');
  await explorer.slider.fill('14');
  await explorer.reaches(14);
  await noted(page, 14);
  await page.reload();
  await explorer.reaches(14);
  await expect(explorer.region('Mappings')).toContainText('48 pages');
  await expect(page.getByRole('note')).toHaveCount(0);
  const stored = await page.evaluate(() => localStorage.getItem('pagescope.document'));
  expect(stored).toMatch(/^v1\./);

  const later = await context.newPage();
  const visit = await openAt(later, '');
  await expect(later.getByRole('note')).toContainText('left at step 14');
  await visit.button('Discard it').click();
  await expect(later.getByRole('note')).toHaveCount(0);
  await expect(visit.button('Bring it back')).toBeFocused();
  await visit.button('Bring it back').click();
  await expect(visit.button('Continue with it')).toBeFocused();
  await visit.button('Continue with it').click();
  await visit.reaches(14);
  await expect(visit.button('Undo')).not.toHaveAttribute('aria-disabled', 'true');

  const last = await openAt(await context.newPage(), '');
  await last.button('Discard it').click();
  await last.button('Close the message').click();
  await expect(last.button('Bring it back')).toHaveCount(0);
});

test('a reload shows the scenario of the library that was opened, where it was left', async ({ page }) => {
  const explorer = await openAt(page, '');
  await explorer.button('Example 1').click();
  await expect(titleOf(page)).toHaveText(/^Example 1: MPN 12–13/);
  await explorer.slider.fill('3');
  await noted(page, 3);
  await page.reload();
  await explorer.reaches(3);
  await expect(titleOf(page)).toHaveText(/^Example 1: MPN 12–13/);
});

test('a link brings back the tabs, the lists and the part of the time line that were open', async ({
  page,
  browser,
}) => {
  const explorer = await openAt(page, '');
  const timeline = explorer.region('Timeline');
  await timeline.getByRole('button', { name: 'steps', exact: true }).click();
  await timeline.getByRole('button', { name: 'This operation' }).click();
  await explorer.region('PCPUs').getByRole('button', { name: 'PCPU 2', exact: true }).click();
  await page.getByRole('tab', { name: 'Invalidate' }).click();
  await page.getByRole('tab', { name: 'Script', exact: true }).click();
  const ruler = await timeline.locator('.ruler-strip').innerText();
  await explorer.button('Share').click();
  const link = page.getByRole('dialog', { name: 'Share' }).getByRole('textbox', { name: 'Link', exact: true });
  await expect(link).toHaveValue(/#v1\./);
  const address = await link.inputValue();

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(address);
  await expect(other.getByRole('textbox', { name: 'Script text' })).toBeVisible();
  await expect(other.getByRole('tab', { name: 'Invalidate' })).toHaveAttribute('aria-selected', 'true');
  await expect(other.getByRole('button', { name: 'PCPU 2', exact: true })).toHaveAttribute('aria-expanded', 'true');
  await expect(other.getByRole('button', { name: 'steps', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(other.locator('.ruler-strip')).toHaveText(ruler, { useInnerText: true });
  await elsewhere.close();
});

test('Share gives a link with or without the place, embed code and files', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const explorer = await openAt(page, '');
  await explorer.slider.fill('11');
  await explorer.reaches(11);
  await explorer.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const link = dialog.getByRole('textbox', { name: 'Link', exact: true });
  await expect(link).toHaveAttribute('readonly', '');
  await expect(link).toHaveAccessibleDescription(/^\d+ characters\.$/);
  await noViolations(page);
  const copied = async (name: string): Promise<string> => {
    await dialog.getByRole('button', { name, exact: true }).click();
    await expect(dialog.getByRole('status').last()).toContainText('copied');
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const read = async (address: string) => {
    const opened = await readLink(address);
    return opened.ok ? opened.value : undefined;
  };
  const whole = await copied('Copy link');
  expect(whole).toBe(await link.inputValue());
  expect(await read(whole)).toMatchObject({ scenario: scenarioOf('example-2'), place: { at: 11, theme: undefined } });

  await dialog.getByLabel('Theme').selectOption('dark');
  await expect(link).not.toHaveValue(whole);
  expect(await read(await copied('Copy link'))).toHaveProperty('place.theme', 'dark');
  expect(await copied('Copy embed code')).toMatch(
    /^<iframe src="http:\/\/[^"]+\/\?embed#v1\.[\w-]+" title="Pagescope: /,
  );
  await dialog.getByRole('checkbox', { name: /^With the place: step 11/ }).uncheck();
  await expect(dialog.getByLabel('Theme')).toHaveCount(0);
  expect(await read(await copied('Copy link'))).not.toHaveProperty('place');

  const saved = async (name: string): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name, exact: true }).click(),
    ]);
    return readFileSync(await download.path(), 'utf8');
  };
  expect(parseScenario(JSON.parse(await saved('Download scenario')))).toEqual({
    ok: true,
    value: scenarioOf('example-2'),
  });
  expect(await saved('Download script')).toContain('map va');
  await page.keyboard.press('Escape');
  await expect(explorer.button('Share')).toBeFocused();
});

test('a long link is said to be long, and what is too large for one is offered as a file', async ({ page }) => {
  const documents = [400, 10_000].map((count) => ({
    version: 1,
    title: `${count} notes`,
    ops: Array.from({ length: count }, (_, i) => ({
      op: 'sync',
      note: `${(i * 7919) % 10_007} ${'no two are alike '.repeat(3)}${(i * 104_729) % 99_991}`,
    })),
  }));
  const dialog = page.getByRole('dialog', { name: 'Share' });
  for (const [i, document] of documents.entries()) {
    await page.addInitScript((text) => localStorage.setItem('pagescope.document', text), JSON.stringify(document));
    const explorer = await openAt(page, '');
    await explorer.button('Continue with it').click();
    await expect(titleOf(page)).toHaveText(document.title);
    await explorer.button('Share').click();
    if (i === 0) await expect(dialog).toContainText('Some programs for mail and chat cut off links of more than 2 000');
    else await expect(dialog).toContainText('This scenario is too large for a link. Download it as a file');
    await noViolations(page);
  }
});

/** A page on another port with the explorer in a frame; what it hears is in `heard`. */
async function framed(page: Page, baseURL: string, address: string) {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>Course</title><body>
      <script>heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>
      <iframe src="${baseURL}${address}" title="Pagescope" width="960" height="600"></iframe>`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/`);
  type Message = Readonly<Record<string, unknown>>;
  type Course = typeof window & { readonly heard: readonly Message[] };
  return {
    frame: page.frameLocator('iframe'),
    send: (message: unknown) =>
      page.evaluate((data) => document.querySelector('iframe')!.contentWindow!.postMessage(data, '*'), message),
    heard: (type: string) =>
      page.evaluate((wanted) => (window as Course).heard.filter((one) => one['type'] === wanted), `pagescope:${type}`),
    close: () => server.close(),
  };
}

test('in a frame of another origin it shows a link, takes orders and tells its state', async ({ page, baseURL }) => {
  const course = await framed(page, baseURL!, `?embed${await fragment('example-2', { at: 9, theme: 'dark' })}`);
  const { frame, send, heard } = course;
  const last = async () => (await heard('state')).at(-1);
  await expect.poll(() => heard('ready')).toHaveLength(1);
  await expect.poll(last).toMatchObject({ step: 9, last: 76, playing: false });
  for (const name of ['Page walk', 'PCPUs', 'Timeline'])
    await expect(frame.getByRole('region', { name })).toBeVisible();
  await expect(frame.getByRole('region', { name: 'Request' })).toHaveCount(0);
  await expect(frame.getByRole('button', { name: 'Share' })).toHaveCount(0);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await send({ type: 'pagescope:seek', step: 28 });
  await expect.poll(last).toMatchObject({ step: 28 });
  await send({ type: 'pagescope:play' });
  await expect.poll(last).toMatchObject({ playing: true });
  await send({ type: 'pagescope:pause' });
  await expect.poll(last).toMatchObject({ playing: false });
  await send({ type: 'pagescope:load', link: await fragment('example-1-no-fast-path', { at: 3 }) });
  await send({ type: 'pagescope:seek', step: 1e9 });
  await expect.poll(last).toMatchObject({ step: 33, last: 33 });
  const same = await fragment('example-1-no-fast-path', { at: 33 });
  for (let i = 0; i < 2; i++) {
    const before = (await heard('state')).length;
    await send({ type: 'pagescope:load', link: same });
    await expect.poll(async () => (await heard('state')).slice(before)).toMatchObject([{ step: 33, playing: false }]);
  }
  await send({ type: 'pagescope:load', document: { version: 1, title: 'Mine', ops: [{ op: 'sync' }] } });
  await expect(frame.getByRole('heading', { name: 'Mine' })).toBeVisible();

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [null, /is an object with a type/],
    [{ type: 'pagescope:jump' }, /“pagescope:jump” is no message to Pagescope/],
    [{ type: 'pagescope:seek', step: 'three' }, /takes step, a number/],
    [{ type: 'pagescope:load' }, /takes one of two/],
    [{ type: 'pagescope:load', link: 'v9.x' }, /newer Pagescope/],
    [{ type: 'pagescope:load', document: { version: 1, ops: [{ op: 'mop' }] } }, /is no scenario: ops\[0\]/],
  ];
  for (const [i, [message, says]] of wrong.entries()) {
    await send(message);
    await expect.poll(async () => (await heard('error'))[i]?.['message']).toMatch(says);
  }
  await expect(frame.getByRole('heading', { name: 'Mine' })).toBeVisible();
  await expect(frame.getByRole('alert')).toHaveCount(0);

  const [tab] = await Promise.all([
    page.waitForEvent('popup'),
    frame.getByRole('link', { name: 'Open in Pagescope' }).click(),
  ]);
  await expect(titleOf(tab)).toHaveText('Mine');
  await expect(tab.getByRole('region', { name: 'Request' })).toBeVisible();
  course.close();
});

for (const [width, height] of [
  [320, 240],
  [480, 360],
  [390, 700],
  [960, 600],
] as const) {
  test(`embedded it fits ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openAt(page, '?embed');
    await expect(page.getByRole('button', { name: 'Play' })).toBeInViewport();
    await expect(page.getByRole('region', { name: 'Page walk' })).toBeInViewport();
    await expect(page.getByRole('region', { name: 'PCPUs' })).toContainText('PCPU 0');
    const size = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.scrollHeight,
    ]);
    expect(size).toEqual([width, height]);
    await noViolations(page);
  });
}

test('embedded, a link that cannot be read is explained, and nothing is stored', async ({ page }) => {
  const explorer = await openAt(page, '?embed#v1.cut');
  await expect(message(page)).toContainText('Copy it again');
  await explorer.button('Step forward').click();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('the door scenario runs a link', async () => {
  const door = (text: string) =>
    spawnSync(process.execPath, ['src/cli/run.mjs', 'scenario', text], { encoding: 'utf8' });
  const ran = door(`https://example.org/?embed${await fragment('example-1-no-fast-path')}`);
  expect([ran.status, JSON.parse(ran.stdout)]).toMatchObject([0, { title: one, steps: 33 }]);
  const cut = door('v1.NAEL');
  expect([cut.status, cut.stdout]).toEqual([2, '']);
  expect(cut.stderr).toContain('Copy it again');
});
