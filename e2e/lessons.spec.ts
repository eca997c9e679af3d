import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

/** Jumps from move to move. */
const STILL = { reducedMotion: 'reduce' } as const;

async function list(page: Page) {
  const explorer = await new ExplorerPage(page).open();
  await explorer.button('Learn').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Learn' });
  await expect(dialog.getByRole('listitem')).toHaveCount(10);
  return { explorer, dialog };
}

async function started(page: Page, title = 'The walk') {
  const { explorer, dialog } = await list(page);
  await dialog.getByRole('button', { name: title }).click();
  const card = page.getByRole('region', { name: title, exact: true });
  await expect(card).toContainText(/1 of \d/);
  return { explorer, card, button: (name: string) => card.getByRole('button', { name, exact: true }) };
}

test('a wrong answer and a right one, each before the machine answers', async ({ page }) => {
  await page.emulateMedia(STILL);
  const { explorer, card, button } = await started(page);
  await expect(card.getByRole('heading', { name: 'The walk' })).toBeFocused();
  await expect(card.getByRole('status', { name: 'Lesson' })).toContainText('Move 1 of 7. A driver asks');
  const see = button('See what the machine does');
  await expect(see).toHaveAttribute('aria-disabled', 'true');
  await see.click({ force: true });
  await expect(card.getByRole('status', { name: 'Answer' })).toBeEmpty();
  await card.getByRole('radio', { name: 'MPN 0x4018' }).check();
  await see.click();
  await expect(card.getByRole('status', { name: 'Answer' })).toContainText(
    'Not so. The walk of 0x4400 0000 1018 leads to MPN 0x4001',
  );
  await expect(card.getByRole('radio', { name: /MPN 0x4001/ })).toHaveAccessibleName(/the machine/);
  await expect(explorer.region('Page walk')).toContainText('4001');

  for (let move = 2; move <= 6; move++) await button('Next').click();
  await expect(card).toContainText('6 of 7');
  await card.getByRole('radio', { name: 'The PT entry, the last of the four' }).check();
  await see.click();
  await expect(card.getByRole('status', { name: 'Answer' })).toContainText('Right. read buffer + 0x3000: #PF(0x0)');
  await button('Next').click();
  await card.getByRole('radio', { name: 'The PML4 entry' }).check();
  await see.click();
  await button('Finish').click();
  await expect(page.getByRole('dialog', { name: 'Learn' }).getByRole('button', { name: 'The walk' })).toContainText(
    'done, 2 of 3 right',
  );
});

test('the machine plays to the answer, which can be had at once', async ({ page }) => {
  const { explorer, card, button } = await started(page, 'MIGHTCHANGE and shootdown');
  await button('Next').click();
  await card.getByRole('radio', { name: '3: all others' }).check();
  await button('See what the machine does').click();
  await expect(explorer.button('Pause')).toBeVisible();
  await button('Show it now').click();
  await expect(card.getByRole('status', { name: 'Answer' })).toContainText(
    'Right. vmk_MapChangeAttributes buffer sent 3 interrupts.',
  );
  expect(await explorer.step()).toBe(35);
});

test('explore, change the machine, and come back', async ({ page }) => {
  await page.emulateMedia(STILL);
  const { explorer, card, button } = await started(page, 'Accessed and dirty');
  await button('Next').click();
  await expect(card).toContainText('2 of 6');
  const step = await explorer.step();
  await expect(card.getByRole('note')).toHaveCount(0);
  await explorer.button('Step forward').click();
  await expect(card.getByRole('note')).toContainText('You left the lesson’s path.');
  await explorer.fillRanges(['100', '3']);
  await explorer.button('Map').click();
  await expect(explorer.region('Mappings')).toContainText('4 pages');
  await button('Back to the lesson').click();
  await expect(card.getByRole('note')).toHaveCount(0);
  await explorer.reaches(step);
  await expect(explorer.region('Mappings')).not.toContainText('4 pages');
  await explorer.button('Undo').click();
  await expect(explorer.region('Mappings')).toContainText('4 pages');
  await expect(card.getByRole('note')).toBeVisible();
  await button('End the lesson').click();
  await expect(card).toHaveCount(0);
  await expect(explorer.region('Mappings')).toContainText('4 pages');
});

test('keys, panels that are outlined, and progress that stays', async ({ page }) => {
  await page.emulateMedia(STILL);
  const { explorer, card } = await started(page, 'Why READONLY is fast');
  await page.keyboard.press('n');
  await expect(card).toContainText('2 of 7');
  await page.keyboard.press('n');
  await expect(card).toContainText('2 of 7');
  await page.keyboard.press('p');
  await expect(card).toContainText('1 of 7');
  await page.keyboard.press('n');
  await card.getByRole('radio', { name: '7: no new ones' }).check();
  await page.keyboard.press('n');
  await expect(card).toContainText('Right. 7 frames hold tables.');
  const outline = (name: 'Timeline' | 'Hazards') =>
    explorer.region(name).evaluate((panel) => getComputedStyle(panel).outlineStyle);
  expect([await outline('Timeline'), await outline('Hazards')]).toEqual(['solid', 'none']);

  await page.reload();
  await expect(explorer.result).toContainText('VMK_OK');
  await explorer.button('Learn').click();
  const line = page.getByRole('dialog', { name: 'Learn' }).getByRole('button', { name: 'Why READONLY is fast' });
  await expect(line).toContainText('move 2 of 7, 1 of 3 right');
  await line.click();
  await expect(page.getByRole('region', { name: 'Why READONLY is fast' })).toContainText('2 of 7');
  await explorer.button('Learn').click();
  await explorer.button('Forget my progress').click();
  await expect(line).toContainText('7 moves');
});

test('a teacher’s own lesson, and one that cannot be read', async ({ page }) => {
  await page.emulateMedia(STILL);
  const { explorer, dialog } = await list(page);
  const [, example = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/lessons.md', 'utf8')) ?? [];
  const open = (text: string) =>
    dialog
      .getByLabel('Open a lesson file')
      .setInputFiles({ name: 'goes.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await open(example.replace('"walk", "pcpus"', '"walks"'));
  await expect(dialog.getByRole('alert')).toContainText('moves[1].look[0] is "walks": must be one of');
  await open(example);
  const card = page.getByRole('region', { name: 'A page that goes' });
  await expect(card).toContainText('1 of 3');
  await expect(explorer.region('PCPUs')).toContainText('PCPU 1');
  await page.keyboard.press('n');
  await card.getByRole('button', { name: 'Skip' }).click();
  await card.getByRole('textbox', { name: 'Your answer' }).fill('0x0');
  await card.getByRole('button', { name: 'See what the machine does' }).click();
  await expect(card.getByRole('status', { name: 'Answer' })).toContainText('Right. The machine says 0.');
});

test('a link carries the lesson along, a teacher’s own too', async ({ page }) => {
  await page.emulateMedia(STILL);
  const linkAt = async (card: Locator, move: string): Promise<string> => {
    await expect(card).toContainText(move);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Share' });
    await expect(dialog).toContainText('With the lesson, at this move');
    const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
    await page.keyboard.press('Escape');
    return link;
  };
  const { card, button } = await started(page, 'Accessed and dirty');
  await button('Next').click();
  const first = await linkAt(card, '2 of 6');
  await page.getByRole('button', { name: 'Learn' }).click();
  await page.getByLabel('Open a lesson file').setInputFiles({
    name: 'goes.json',
    mimeType: 'application/json',
    buffer: Buffer.from(/```json\n(.*?)```/s.exec(readFileSync('docs/lessons.md', 'utf8'))?.[1] ?? ''),
  });
  const own = page.getByRole('region', { name: 'A page that goes' });
  const second = await linkAt(own, '1 of 3');

  await page.goto('about:blank');
  await page.goto(first);
  await expect(card).toContainText('2 of 6');
  await expect(card.getByRole('note')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveAttribute('aria-disabled', 'true');
  // Pasted into the address of the open page.
  await page.evaluate((hash) => (location.hash = hash), new URL(second).hash);
  await expect(own).toContainText('1 of 3');
  await expect(own.getByRole('note')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ ...STILL, colorScheme });
    const { explorer, dialog } = await list(page);
    test.setTimeout(90_000);
    const check = async (what: string, part: string) =>
      expect((await new AxeBuilder({ page }).include(part).analyze()).violations, what).toEqual([]);
    await check('the list', 'dialog');
    await dialog.getByRole('button', { name: 'MIGHTCHANGE and shootdown' }).click();
    const card = page.getByRole('region', { name: 'MIGHTCHANGE and shootdown' });
    await card.getByRole('button', { name: 'Next' }).click();
    await check('a question', '.lesson');
    await card.getByRole('radio', { name: '2: those that have the page' }).check();
    await card.getByRole('button', { name: 'See what the machine does' }).click();
    await expect(card.getByRole('status', { name: 'Answer' })).toContainText('Not so.');
    await explorer.button('Step back').click();
    await expect(card.getByRole('note')).toBeVisible();
    await check('an answer, and away from it', 'body');
  });
}

test('on a phone the card leaves room for what it speaks of', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia(STILL);
  const { explorer, card, button } = await started(page, 'Accessed and dirty');
  await button('Next').click();
  await expect(card).toContainText('2 of 6');
  await page.waitForTimeout(300);
  const [box, panel] = [await card.boundingBox(), await explorer.region('Entry bits').boundingBox()];
  expect(box!.height).toBeLessThan(400);
  expect(panel!.y).toBeGreaterThanOrEqual(box!.y + box!.height - 2);
  expect(panel!.y).toBeLessThan(560);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  await button('Next').click();
  for (const radio of await card.getByRole('radio').all()) await expect(radio).toBeInViewport();
});
