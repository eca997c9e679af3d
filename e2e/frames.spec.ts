import { expect, test, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

async function open(page: Page) {
  const explorer = await new ExplorerPage(page).open();
  const region = explorer.region('Machine frames');
  const frame = region.getByRole('slider', { name: 'Frame' });
  await expect(frame).toBeVisible();
  return { explorer, region, frame };
}

test('from one frame to the whole machine and back by keyboard', async ({ page }) => {
  const { region, frame } = await open(page);
  await frame.focus();
  for (let i = 0; i < 12; i++) await frame.press('+');
  await expect(region).toContainText('0x6 · a frame a cell');
  await expect(region.getByRole('term').getByText('memory type')).toBeVisible();
  for (let i = 0; i < 36; i++) await frame.press('-');
  await expect(region).toContainText('0x0 – 0x3 ffff ffff');
  await expect(frame).toHaveAttribute('aria-valuetext', /several kinds or mappings/);
  for (let i = 0; i < 36; i++) await frame.press('+');
  await expect(region).toContainText('0x6 · a frame a cell');
});

test('the wheel zooms about the pointer, the buttons lead home', async ({ page }) => {
  const { region, frame } = await open(page);
  const box = (await frame.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 20);
  const valueText = (): Promise<string> => region.locator('.frame-window').innerText();
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, 100);
  await expect.poll(valueText).toMatch(/0x0 – 0x1fff/);
  for (let i = 0; i < 4; i++) await page.mouse.wheel(0, -100);
  await expect.poll(valueText).toMatch(/ – .* a frame a cell/);
  await region.getByRole('button', { name: 'Whole memory' }).click();
  await expect.poll(valueText).toMatch(/0x0 – 0x3 ffff ffff/);
  await region.getByRole('button', { name: 'Fit mappings' }).click();
  await expect.poll(valueText).toMatch(/0x0 – 0x3f/);
  await region.getByRole('button', { name: /^Go to nvme/ }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(valueText).toMatch(/0xf ea00/);
  await region.getByRole('button', { name: /frames? before/ }).click();
  await expect.poll(valueText).toMatch(/0x0 –/);
});

test('a dragged range fills the request, and so does one marked with Shift', async ({ page }) => {
  const { explorer, region, frame } = await open(page);
  await region.getByRole('button', { name: 'Fit mappings' }).click();
  await expect(region).toContainText('0x0 – 0x3f');
  await page.waitForTimeout(150);
  const box = (await region.locator('canvas').first().boundingBox())!;
  await page.mouse.move(box.x + 3, box.y + 3);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 3, box.y + 3, { steps: 6 });
  await page.mouse.up();
  const marked = region.getByRole('group', { name: 'Marked frames' });
  await expect(marked).toContainText(/MPN 0x0 – 0x[1-9a-f]+/);
  const pages = /, (\d+) pages/.exec(await marked.innerText())?.[1] ?? '';
  await marked.getByRole('button', { name: 'Add to request' }).click();
  await expect(explorer.form.getByLabel('Range 3 start MPN')).toHaveValue('0x0');
  await expect(explorer.form.getByLabel('Range 3 pages')).toHaveValue(pages);

  await frame.focus();
  await frame.press('Home');
  for (let i = 0; i < 3; i++) await frame.press('Shift+ArrowRight');
  await expect(marked).toContainText('MPN 0x0 – 0x3, 4 pages');
  await marked.getByRole('button', { name: 'Replace request ranges' }).click();
  await expect(explorer.form.getByLabel('Range 1 pages')).toHaveValue('4');
  await expect(explorer.form.getByLabel('Range 2 pages')).toHaveCount(0);
});

test('every colouring has its legend', async ({ page }) => {
  const { region } = await open(page);
  const legend = region.getByRole('list', { name: 'Legend' });
  for (const [by, text] of [
    ['kind', /va\s*24/],
    ['owner', /net\s*24/],
    ['table level', /no table\s*432/],
    ['times mapped by vmk_Map', /mapped once\s*24/],
    ['memory type', /WP\s*16/],
  ] as const) {
    await region.getByLabel('Colour by').selectOption(by);
    await expect(legend).toContainText(text);
  }
});

test('the cursor is spoken, and selects', async ({ page }) => {
  const { explorer, frame } = await open(page);
  await frame.focus();
  await expect(frame).toHaveAttribute('aria-valuetext', /^MPN 0x6, in low memory, owner net, mapped by vmk_Map, as va/);
  await frame.press('ArrowRight');
  await expect(frame).toHaveAttribute('aria-valuetext', /^MPN 0x7,/);
  await frame.press('Enter');
  await expect(explorer.region('Page walk')).toContainText('0x7');
  await frame.press('PageDown');
  await expect(frame).toHaveAttribute('aria-valuetext', /^MPN 0x207,/);
});
