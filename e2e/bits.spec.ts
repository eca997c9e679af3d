import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

const bit = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: /^Bits of/ }).getByRole('button', { name, exact: true });
const card = (page: Page) => page.getByRole('region', { name: 'If you poke this' });
const track = (explorer: ExplorerPage) => explorer.region('Timeline').innerText();

test('a bit flipped by keyboard says what it would do before it does it', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const { keyboard } = page;
  await bit(page, 'RW, bit 1').focus();
  await keyboard.press('ArrowRight');
  await expect(bit(page, 'P, bit 0')).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(bit(page, 'address, bit 16')).toBeFocused();
  await keyboard.press('ArrowDown');
  const [step, line] = [await explorer.step(), await track(explorer)];
  await keyboard.press('Space');

  await expect(card(page)).toContainText('not-present fault at PTE 0');
  await expect(card(page)).toContainText('#PF 0x0');
  expect(await explorer.step()).toBe(step);
  expect(await track(explorer)).toBe(line);
  await expect(explorer.region('Page walk')).toContainText('MPN 0x6');
  await expect(explorer.button('Undo')).toHaveAttribute('aria-disabled', 'true');

  // Nothing typed is lost by time travel.
  await explorer.button('Step back').click();
  await explorer.reaches(step - 1);
  await explorer.button('Step forward').click();
  await expect(card(page)).toContainText('not-present fault');

  await explorer.button('Poke (adds an operation)').click();
  await expect(card(page)).toHaveCount(0);
  await expect(explorer.region('Page walk')).toContainText('#PF');
  await expect(bit(page, 'P, bit 0, faults')).toHaveAttribute('aria-pressed', 'false');
  expect(await explorer.step()).toBeGreaterThan(step);
  await explorer.button('Undo').click();
  await explorer.reaches(step);
  await expect(bit(page, 'P, bit 0')).toHaveAttribute('aria-pressed', 'true');
  await expect(card(page)).toHaveCount(0);
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
]) {
  test(`the verdict and what carries it out are in view at once at ${viewport.width} by ${viewport.height}`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    const explorer = await new ExplorerPage(page).open();
    await bit(page, 'P, bit 0').click();
    await expect(card(page).getByText('not-present fault at PTE 0')).toBeInViewport({ ratio: 1 });
    await expect(explorer.button('Poke (adds an operation)')).toBeInViewport({ ratio: 1 });
    await expect(bit(page, 'P, bit 0, was 1')).toBeInViewport({ ratio: 1 });
  });
}

test('in the middle of an operation a bit that the processor ignores changes nothing', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.slider.fill('16');
  await explorer.reaches(16);
  await bit(page, 'ignored, bit 52').click();
  await expect(card(page)).toContainText('Nothing changes: the processor does not look at bit 52 here.');
  await expect(card(page)).toContainText('the poke comes behind vmk_MapChangeAttributes va');
  await expect(card(page).getByRole('table')).toHaveCount(0);
});

test('the whole entry in hex: a mistake is named, a reserved bit is foretold', async ({ page }) => {
  await new ExplorerPage(page).open();
  const hex = page.getByLabel('Entry in hex');
  await hex.fill('0x8000_0000_0000_600z');
  await expect(page.getByText('“z” is no hex digit')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Poke (adds an operation)' })).toHaveAttribute('aria-disabled', 'true');
  await hex.fill('0x8000 8000 0000 6003');
  await expect(card(page)).toContainText('reserved-bit fault at PTE 0, bit 47');
  await expect(card(page)).toContainText('#PF 0x9 (P RSVD)');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(hex).toHaveValue('0x8000 0000 0000 6003');
});

test('a level is chosen, and pointing marks what belongs together', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.region('Entry bits').getByRole('button', { name: 'PDE', exact: true }).click();
  await expect(explorer.region('Entry bits')).toContainText('points to a PT');
  await explorer.region('Memory type').getByRole('button', { name: /slot/ }).click();
  await expect(explorer.region('Entry bits')).toContainText('PTE 0 at');
  await explorer.region('Mappings').getByRole('button', { name: 'op 1' }).hover();
  await expect(explorer.region('Mappings').locator('tr.lit')).toHaveCount(1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing with a draft open and hazards listed, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const explorer = await new ExplorerPage(page).open();
    await page.getByLabel('More scenarios').selectOption({ label: 'A lost interrupt' });
    await expect(explorer.slider).toHaveAttribute('max', '21');
    await explorer.slider.fill('21');
    await expect(explorer.region('Hazards')).toContainText('3 errors');
    await bit(page, 'RW, bit 1').click();
    await expect(card(page)).toContainText('fault');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
