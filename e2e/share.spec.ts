import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { parseScenario, type Scenario } from '../src/scenario';
import { linkOf } from '../src/state/link';
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

  // After a reload the browser still knows what was left.
  await page.goBack();
  await explorer.reaches(5);
  await page.goForward();
  await explorer.reaches(3);
  await page.reload();
  await expect(explorer.region('Timeline')).toContainText('step 7 of');
  await page.goBack();
  await explorer.reaches(5);
  await expect(explorer.region('Mappings')).toContainText(/24 pages|48 pages|pages/);
});

test('a reload offers what was worked on, at the place where it was left', async ({ page }) => {
  const explorer = await openAt(page, '');
  await explorer.button('Map').click();
  await expect(explorer.region('Mappings')).toContainText('48 pages');
  await explorer.slider.fill('11');
  await explorer.reaches(11);
  await page.keyboard.press('b');
  await page.reload();
  await expect(page.getByRole('note')).toContainText('left at step 11');
  await explorer.button('Continue with it').click();
  await explorer.reaches(11);
  await expect(explorer.button('Undo')).not.toHaveAttribute('aria-disabled', 'true');
  const stored = await page.evaluate(() => localStorage.getItem('pagescope.document'));
  expect(stored).toMatch(/^v1\./);
});
