import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

const separator = (page: Page, name: string): Locator => page.getByRole('separator', { name });
const valueOf = async (one: Locator): Promise<number> => Number(await one.getAttribute('aria-valuenow'));
const widthOf = async (one: Locator): Promise<number> => Math.round((await one.boundingBox())!.width);
const heightOf = async (one: Locator): Promise<number> => Math.round((await one.boundingBox())!.height);
const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Find' });
const query = (page: Page): Locator => palette(page).getByRole('combobox');
const blur = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement).blur());

/** The page no longer loads: its first picture, whose selection comes a moment later, is there. */
async function opened(page: Page): Promise<ExplorerPage> {
  const explorer = await new ExplorerPage(page).open();
  await expect(explorer.region('Mappings')).toContainText('24 pages');
  return explorer;
}

test('borders move by keyboard, are remembered after a reload, and go back by a double click', async ({ page }) => {
  const explorer = await opened(page);
  const left = separator(page, 'Width of Request and Mappings');
  const walk = separator(page, 'Height of Page walk');
  const before = {
    left: await widthOf(explorer.region('Request')),
    walk: await heightOf(explorer.region('Page walk')),
  };
  expect(await valueOf(left)).toBe(before.left);

  await left.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(left).toHaveAttribute('aria-valuenow', String(before.left + 32));
  expect(await widthOf(explorer.region('Request'))).toBe(before.left + 32);
  await walk.focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => heightOf(explorer.region('Page walk'))).toBeLessThan(before.walk - 10);
  await page.keyboard.press('Home');
  await expect(walk).toHaveAttribute('aria-valuenow', (await walk.getAttribute('aria-valuemin'))!);
  expect(await heightOf(explorer.region('Page walk'))).toBeGreaterThanOrEqual(119);

  await page.reload();
  await opened(page);
  expect(await widthOf(explorer.region('Request'))).toBe(before.left + 32);
  expect(await heightOf(explorer.region('Page walk'))).toBeLessThan(130);

  await left.dblclick();
  await expect.poll(() => widthOf(explorer.region('Request'))).toBe(before.left);
  await page.keyboard.press('Control+k');
  await query(page).fill('reset lay');
  await page.keyboard.press('Enter');
  await expect.poll(() => heightOf(explorer.region('Page walk'))).toBe(before.walk);
});

test('borders move by mouse, and every panel keeps its least size', async ({ page }) => {
  const explorer = await opened(page);
  const drag = async (name: string, x: number, y: number): Promise<void> => {
    const box = (await separator(page, name).boundingBox())!;
    // Beside the middle, where another border may cross.
    const from = { x: box.x + box.width / (box.width > 20 ? 3 : 2), y: box.y + box.height / (box.height > 20 ? 3 : 2) };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + x, from.y + y, { steps: 5 });
    await page.mouse.up();
  };
  const right = await widthOf(explorer.region('Entry bits'));
  await drag('Width of Entry bits', -40, 0);
  expect(await widthOf(explorer.region('Entry bits'))).toBe(right + 40);
  const height = await heightOf(explorer.region('Timeline'));
  await drag('Height of Timeline', 0, -60);
  expect(await heightOf(explorer.region('Timeline'))).toBe(height + 60);
  await drag('Width of Machine frames', -900, 0);
  expect(await widthOf(explorer.region('Machine frames'))).toBeGreaterThanOrEqual(215);
  await drag('Height of Memory type', 0, -900);
  await drag('Height of Entry bits', 0, 900);
  for (const name of ['Entry bits', 'Memory type', 'Hazards'] as const)
    expect(await heightOf(explorer.region(name)), name).toBeGreaterThanOrEqual(62);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(800);
});

test('a panel fills the page above the time line, and Escape brings the others back', async ({ page }) => {
  const explorer = await opened(page);
  await explorer.form.getByLabel('Range 1 start MPN').fill('123');
  const before = await explorer.texts();
  await explorer.button('Maximise Page walk').click();
  const restore = explorer.button('Restore Page walk');
  await expect(restore).toBeFocused();
  await expect(restore).toHaveAttribute('aria-pressed', 'true');
  expect(await widthOf(explorer.region('Page walk'))).toBe(1280);
  await expect(explorer.region('Timeline')).toBeVisible();
  await expect(explorer.region('Request')).toBeHidden();
  await expect(explorer.button('Access')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(explorer.button('Maximise Page walk')).toBeFocused();
  await expect(explorer.form.getByLabel('Range 1 start MPN')).toHaveValue('123');
  // The pictures take up their old room a moment later.
  await expect.poll(() => explorer.texts()).toEqual(before);

  await blur(page);
  await page.keyboard.press('5');
  await expect(page.getByRole('heading', { name: 'PCPUs' })).toBeFocused();
  await page.keyboard.press('m');
  expect(await widthOf(explorer.region('PCPUs'))).toBe(1280);
  // Another panel takes its place.
  await page.keyboard.press('8');
  await expect(page.getByRole('heading', { name: 'Hazards' })).toBeFocused();
  await expect(explorer.region('PCPUs')).toBeHidden();
  await page.keyboard.press('m');
  await expect(explorer.region('PCPUs')).toBeVisible();
  await page.keyboard.press('9');
  await expect(explorer.button('Previous operation')).toBeFocused();
});

test('the time line folds to its controls', async ({ page }) => {
  const explorer = await opened(page);
  const height = await heightOf(explorer.region('Timeline'));
  await explorer.button('Fold Timeline').click();
  expect(await heightOf(explorer.region('Timeline'))).toBeLessThan(height - 20);
  await expect(explorer.button('Play')).toBeVisible();
  await explorer.button('Unfold Timeline').click();
  await expect(explorer.slider).toBeVisible();
});

test('the palette finds and runs', async ({ page }) => {
  const explorer = await opened(page);
  const options = palette(page).getByRole('option');
  const find = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(query(page)).toBeFocused();
    await query(page).fill(text);
  };

  await explorer.button('Find').click();
  await expect(query(page)).toBeFocused();
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  const active = (await query(page).getAttribute('aria-activedescendant'))!;
  await expect(page.locator(`#${active}`)).toHaveAttribute('aria-selected', 'true');
  await expect(options.nth(1)).toHaveAttribute('id', active);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
  await expect(explorer.button('Find')).toBeFocused();

  await find('mpw');
  await expect(options.first()).toContainText('Maximise Page walk');
  await expect(options.first().locator('mark')).toHaveText(['M', 'P', 'w']);
  await page.keyboard.press('Enter');
  await expect(explorer.button('Restore Page walk')).toBeVisible();
  await find('restore all');
  await page.keyboard.press('Enter');

  await find('step 12');
  await expect(options.first()).toContainText('Go to step 12 of');
  await page.keyboard.press('Enter');
  await explorer.reaches(12);

  await find('operation 3');
  await page.keyboard.press('Enter');
  expect(await explorer.step()).not.toBe(12);

  await find('0x4400 0000 3000');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue('0x4400 0000 3000');
  await find('show mapping');
  await options.first().click();
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue('0x4400 0000 0000');

  await find('step 99999');
  await expect(options.first()).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeVisible();
  await query(page).fill('zzzz');
  await expect(options).toHaveCount(0);
  await expect(palette(page).getByRole('status')).toContainText('Nothing is called that');

  await query(page).fill('lost interrupt');
  await expect(options.first()).toContainText('Scenario');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('More scenarios')).toHaveValue('missing-flush');
});

test('the keys are listed, work, and the single ones can be turned off', async ({ page }) => {
  const explorer = await opened(page);
  const keys = page.getByRole('dialog', { name: 'Keys' });
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
  const step = await explorer.step();
  await page.keyboard.press('?');
  await expect(keys).toContainText('Next operation');
  await page.keyboard.press('t');
  await page.keyboard.press('End');
  expect([await theme(), await explorer.step()]).toEqual(['light', step]);
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);

  await page.keyboard.press('t');
  expect(await theme()).toBe('dark');
  await page.keyboard.press('Home');
  await explorer.reaches(0);
  await page.keyboard.press('End');
  await explorer.reaches(Number(await explorer.slider.getAttribute('max')));
  // Letters and arrows belong to what is typed in.
  await explorer.form.getByLabel('Range 1 start MPN').press('t');
  await explorer.form.getByLabel('Range 1 start MPN').press('ArrowLeft');
  expect(await theme()).toBe('dark');

  await explorer.button('Keys').click();
  await keys.getByRole('checkbox', { name: /Single letters/ }).uncheck();
  await page.mouse.click(5, 5);
  await expect(keys).toHaveCount(0);
  await expect(explorer.button('Keys')).toBeFocused();
  await page.reload();
  await expect(explorer.region('Page walk')).toContainText('PML4');
  await page.keyboard.press('Home');
  await explorer.reaches(0);
  await page.keyboard.press('t');
  expect(await theme()).toBe('dark');
  const now = await explorer.step();
  await page.keyboard.press('ArrowRight');
  await explorer.reaches(now + 1);
  await page.keyboard.press('Control+k');
  await expect(query(page)).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the dialogs and with a panel maximised, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const explorer = await opened(page);
    const check = async () => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await explorer.button('Find').click();
    await query(page).fill('map');
    await expect(palette(page).getByRole('option').first()).toBeVisible();
    await check();
    await page.keyboard.press('Escape');
    await explorer.button('Keys').click();
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await check();
    await page.keyboard.press('Escape');
    await explorer.button('Maximise PCPUs').click();
    await check();
  });
}

test('settings open from the bar', async ({ page }) => {
  const explorer = await opened(page);
  await explorer.button('Settings').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(explorer.button('Settings')).toBeFocused();
});

for (const [width, height] of [
  [380, 700],
  [390, 844],
  [640, 400],
  [820, 1180],
  [1180, 700],
  [2560, 1300],
] as const) {
  test(`no scrolling to the side at ${width} by ${height}, and every panel is a press away`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const explorer = await opened(page);
    const overhang = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overhang()).toBeLessThanOrEqual(0);
    if (width < 1180) {
      const panels = page.getByRole('navigation', { name: 'Panels' });
      await panels.getByRole('button', { name: 'PCPUs' }).click();
      await expect(explorer.region('PCPUs')).toBeInViewport();
      await expect(page.getByRole('heading', { name: 'PCPUs' })).toBeFocused();
    }
    await explorer.button('Maximise Entry bits').click();
    expect(await widthOf(explorer.region('Entry bits'))).toBe(width);
    expect(await overhang()).toBeLessThanOrEqual(0);
    await page.keyboard.press('Control+k');
    await expect(query(page)).toBeFocused();
    expect(await widthOf(palette(page))).toBeLessThanOrEqual(width);
    expect(await overhang()).toBeLessThanOrEqual(0);
  });
}
