import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

const operation = (page: Page, name: RegExp) =>
  page.getByRole('group', { name: 'Operations' }).getByRole('button', { name });
const change = (page: Page) => operation(page, /^vmk_MapChangeAttributes va: PCPU 0/);
const card = (page: Page) => page.getByRole('complementary', { name: 'Selected on the time line' });
const tracks = (page: Page) => page.getByRole('img', { name: 'What 4 PCPUs do, a track each' });

test('an operation is selected and shows what it cost, kind by kind, with sources', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.slider.fill('37');
  await explorer.reaches(37);
  await change(page).click();
  await expect(card(page)).toContainText('14 463 cycles');
  const row = card(page).getByRole('row', { name: /invalidating its own TLB/ });
  await expect(row).toContainText('6 240');
  await row.getByText('figures').click();
  await expect(row).toContainText('One INVLPG: 260 cycles. Source: Molnár');
  await card(page).getByRole('button', { name: 'Close the card' }).click();
  await expect(card(page)).toHaveCount(0);
});

test('the operations are one stop for Tab, and arrows go along them', async ({ page }) => {
  await new ExplorerPage(page).open();
  const first = operation(page, /^vmk_Map va/);
  await first.focus();
  await page.keyboard.press('ArrowRight');
  await expect(operation(page, /^write va ×24/)).toBeFocused();
  await page.keyboard.press('End');
  await expect(operation(page, /./).last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(card(page)).toContainText('vmk_Map va');
  await expect(first).toHaveClass(/\blit\b/);
});

test('the slider goes by step, by operation, and selects its step', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.slider.focus();
  await page.keyboard.press('PageUp');
  await explorer.reaches(9);
  await page.keyboard.press('ArrowRight');
  await explorer.reaches(10);
  await page.keyboard.press('PageDown');
  await explorer.reaches(9);
  await explorer.slider.fill('19');
  await explorer.reaches(19);
  await expect(explorer.slider).toHaveAttribute('aria-valuetext', /^Step 19 of 76\. PCPU 0 interrupts 3 other PCPUs/);
  await page.keyboard.press('Enter');
  await expect(card(page)).toContainText('PCPU 0: send IPIs');
  await card(page).getByRole('button', { name: 'IPI to PCPU 2' }).click();
  await expect(explorer.region('PCPUs').getByRole('group', { name: 'IPI from PCPU 0 to PCPU 2' })).toContainText(
    '900 cycles',
  );
  await expect(card(page)).toHaveCount(0);
});

test('dragging over the tracks moves the playhead; a bar that is clicked is selected', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await page.getByRole('button', { name: 'steps', exact: true }).click();
  const box = (await tracks(page).boundingBox())!;
  const x = (share: number): number => box.x + 56 + share * (box.width - 64);
  await page.mouse.move(x(0.99), box.y + box.height - 8);
  await page.mouse.move(x(0.9), box.y + 2 * (box.height / 4) + 3);
  await page.mouse.down();
  await page.mouse.move(x(0.5), box.y + 20, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => explorer.step()).toBe(38);
  // Step 24: PCPU 1 invalidates.
  await page.mouse.click(x(24.6 / 77), box.y + 1.35 * (box.height / 4));
  await expect(card(page)).toContainText('PCPU 1: invalidate');
  await expect(card(page)).toContainText('6 240 cycles');
});

test('the window is zoomed by wheel and buttons, and all of the run is one click away', async ({ page }) => {
  await new ExplorerPage(page).open();
  const all = page.getByRole('button', { name: 'All', exact: true });
  await expect(all).toHaveAttribute('aria-disabled', 'true');
  const box = (await tracks(page).boundingBox())!;
  await page.mouse.move(box.x + 400, box.y + 20);
  await page.mouse.wheel(0, -600);
  await expect(all).not.toHaveAttribute('aria-disabled', 'true');
  await all.click();
  await expect(all).toHaveAttribute('aria-disabled', 'true');
  const { width: before } = (await change(page).boundingBox())!;
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByRole('button', { name: 'Zoom in' }).click();
  await timeline.getByRole('button', { name: 'Zoom out' }).click();
  expect((await change(page).boundingBox())!.width).toBeCloseTo(before, 0);
  await change(page).click();
  await page.getByRole('slider', { name: 'Step' }).fill('20');
  await page.getByRole('button', { name: 'This operation' }).click();
  expect((await change(page).boundingBox())!.width).toBeGreaterThan(1.5 * before);
});

test('a step is bookmarked, found again and forgotten', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.slider.fill('24');
  await explorer.reaches(24);
  await page.getByRole('button', { name: 'Bookmark this step' }).click();
  await explorer.slider.fill('3');
  await explorer.reaches(3);
  await page.getByRole('button', { name: 'Bookmark at step 24' }).click();
  await explorer.reaches(24);
  await expect(page.getByRole('button', { name: 'Bookmark this step' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByText('1 bookmark').click();
  await page.getByRole('button', { name: 'Remove the bookmark at step 24' }).click();
  await expect(page.getByRole('button', { name: 'Bookmark at step 24' })).toHaveCount(0);
});

test('a lost IPI can be pointed at', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await page.getByLabel('More scenarios').selectOption('missing-flush');
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('of 21');
  await page.getByRole('slider', { name: 'Step' }).fill('16');
  await page.keyboard.press('Enter');
  await card(page).getByRole('button', { name: 'IPI to PCPU 1, lost' }).click();
  await expect(explorer.region('PCPUs')).toContainText('never arrives');
});

test('nothing on the time line is wrong for axe, with card and bookmarks', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.slider.fill('24');
  await page.getByRole('button', { name: 'Bookmark this step' }).click();
  await change(page).click();
  await expect(card(page)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('section[aria-label="Timeline"]').analyze();
  expect(violations).toEqual([]);
});
