import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

async function opened(page: Page) {
  const explorer = await new ExplorerPage(page).open();
  await explorer.button('Gallery').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Gallery' });
  const search = dialog.getByRole('searchbox', { name: 'Search the gallery' });
  await expect(search).toBeFocused();
  const card = (name: string) => dialog.getByRole('button', { name, exact: true });
  const picture = (of: string) => dialog.getByRole('img', { name: `Timeline of ${of}` });
  return { explorer, dialog, search, card, picture };
}

test('a scenario is found by words and opened by keyboard', async ({ page }) => {
  const { explorer, dialog, search, card } = await opened(page);
  await expect(dialog.getByRole('status')).toHaveText(/^\d\d scenarios$/);
  await search.fill('bnx2i');
  await expect(dialog.getByRole('status')).toHaveText(/^2 of \d\d scenarios$/);
  await page.keyboard.press('ArrowDown');
  await expect(card('bnx2 and bnx2i: two drivers, one BAR')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(card('bnx2i: a mapping for each connection')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(explorer.button('Gallery')).toBeFocused();
  await expect(page.getByLabel('More scenarios')).toHaveValue('driver-bnx2i-doorbells');
  await expect(explorer.region('Mappings')).toContainText('cid0');
  const about = page.getByTitle('Show all of it, and why it matters');
  await about.press('Enter');
  await expect(page.locator('.tagline-more')).toContainText('Source:');
  expect((await new AxeBuilder({ page }).include('.top-bar').analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.locator('.tagline-more')).toBeHidden();
  await explorer.button('Undo').click();
  await expect(page.getByLabel('More scenarios')).toHaveValue('example-2');
});

test('Enter in the search opens the first that is found', async ({ page }) => {
  const { dialog, search } = await opened(page);
  await search.pressSequentially('bnx2i conn');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('More scenarios')).toHaveValue('driver-bnx2i-doorbells');
});

test('words that nothing has are answered; Escape clears them, and then closes', async ({ page }) => {
  const { explorer, dialog, search } = await opened(page);
  await search.fill('zebra');
  await expect(dialog.getByRole('status')).toHaveText(/^No scenario has all of these words/);
  await page.keyboard.press('Escape');
  await expect(search).toHaveValue('');
  await expect(dialog.getByRole('status')).toHaveText(/^\d\d scenarios$/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(explorer.button('Gallery')).toBeFocused();
});

test('pictures are drawn for the cards in view and stay for the visit; the page goes on meanwhile', async ({
  page,
}) => {
  const { explorer, dialog, search, picture } = await opened(page);
  await expect(picture('Example 2')).toBeVisible();
  await expect(picture('The acknowledgement that got lost')).toHaveCount(0);
  await search.fill('acknowledgement that got lost');
  await expect(picture('The acknowledgement that got lost')).toHaveAccessibleName(/1 lost, with hazards$/);
  await search.fill('million ranges');
  await expect(picture('A million ranges of one page')).toBeVisible();
  await search.fill('');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const step = await explorer.step();
  await explorer.button('Step forward').click();
  await explorer.reaches(step + 1);
  await page.keyboard.press('g');
  await expect(picture('Example 2')).toBeVisible();
});

test('the palette opens it, and what is open is marked', async ({ page }) => {
  await new ExplorerPage(page).open();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: /^Find a command/ })).toBeFocused();
  await page.keyboard.type('gallery');
  await expect(page.getByRole('option', { name: 'Gallery' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Gallery' });
  await expect(dialog.getByRole('button', { name: /^Example 2/ })).toHaveAttribute('aria-current', 'true');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
    // There are many cards to look at.
    test.slow();
    await page.emulateMedia({ colorScheme });
    const { search, picture } = await opened(page);
    const check = async (): Promise<void> =>
      expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
    await expect(picture('Example 2')).toBeVisible();
    await check();
    await search.fill('zebra');
    await check();
  });
}

test('on a phone a card is as wide as the screen, and nothing is cut off at the side', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { dialog, card, picture } = await opened(page);
  await expect(picture('Example 1: MPN')).toBeVisible();
  const cards = dialog.getByRole('group', { name: 'Cards' });
  const [scroll, client] = await cards.evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
  expect(scroll).toBeLessThanOrEqual(client);
  await card('A lost interrupt').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('More scenarios')).toHaveValue('missing-flush');
});
