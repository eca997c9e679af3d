import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { ExplorerPage, REGIONS } from './explorer-page';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    const explorer = await new ExplorerPage(page).open();
    const check = async () => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await check();
    // In the middle of the shootdown, where entries are stale, with a list open, a refused request, and a fault.
    const stale = explorer.region('PCPUs').getByText(/\d+ stale/);
    for (let step = 28; (await stale.count()) === 0; step++) {
      await explorer.slider.fill(String(step));
      await explorer.reaches(step);
    }
    await page.getByRole('group', { name: 'PCPU 1' }).getByRole('button', { name: 'PCPU 1' }).click();
    await explorer.fillRanges(['six', '0']);
    await explorer.button('Paste lines').click();
    await page.waitForTimeout(200);
    await check();
    await explorer.slider.fill('0');
    await page.waitForTimeout(200);
    await check();
  });
}

test('every landmark is there', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  for (const name of REGIONS) await expect(explorer.region(name)).toBeVisible();
  for (let pcpu = 0; pcpu < 4; pcpu++) await expect(page.getByRole('group', { name: `PCPU ${pcpu}` })).toBeVisible();
});

test('the main flow by keyboard alone', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const { keyboard } = page;
  const tabTo = async (name: string): Promise<void> => {
    for (let i = 0; i < 80; i++) {
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
      });
      if (focused === name) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}`);
  };
  await tabTo('EXECUTABLE');
  await keyboard.press('Space');
  await tabTo('Range 1 start MPN');
  await keyboard.press('Control+A');
  await keyboard.type('200');
  await tabTo('Map');
  await keyboard.press('Enter');
  await expect(explorer.region('Mappings')).toContainText('48 pages');
  await tabTo('Change attributes');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());

  const step = await explorer.step();
  await keyboard.press('ArrowLeft');
  await explorer.reaches(step - 1);
  await keyboard.press('ArrowRight');
  await explorer.reaches(step);
  await keyboard.press('[');
  expect(await explorer.step()).toBeLessThan(step);
  await keyboard.press(']');
  await explorer.reaches(step);
  await keyboard.press('Space');
  await expect(explorer.button('Pause')).toBeVisible();
  await keyboard.press('Space');
  await expect(explorer.button('Play')).toBeVisible();
  await keyboard.press('Control+z');
  await expect(explorer.button('Redo')).not.toHaveAttribute('aria-disabled', 'true');

  await tabTo('Frame');
  await keyboard.press('Home');
  const frame = page.getByRole('slider', { name: 'Frame' });
  await expect(frame).toHaveAttribute('aria-valuetext', /^MPN 0x0, RAM/);
  await keyboard.press('ArrowRight');
  await expect(frame).toHaveAttribute('aria-valuetext', /^MPN 0x1, RAM/);
});

for (const [width, height] of [
  [390, 844],
  [820, 1180],
  [720, 450],
] as const) {
  test(`what has the focus is in sight at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await new ExplorerPage(page).open();
    for (let i = 0; i < 90; i++) {
      await page.keyboard.press('Tab');
      const covered = await page.evaluate(() => {
        const focused = document.activeElement!;
        const { left, top, width, height } = focused.getBoundingClientRect();
        const at = document.elementFromPoint(left + width / 2, top + height / 2);
        const seen = focused === document.body || focused.contains(at) || at?.closest('label')?.contains(focused);
        return seen ? '' : (focused.getAttribute('aria-label') ?? focused.textContent);
      });
      expect(covered).toBe('');
    }
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('nothing is cut off at the side, and targets fit a finger', async ({ page }) => {
    const explorer = await new ExplorerPage(page).open();
    await explorer.slider.fill('28');
    await page.waitForTimeout(200);
    const { scroll, inner } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      inner: innerWidth,
    }));
    expect(scroll).toBeLessThanOrEqual(inner);
    for (const button of await page.getByRole('button').all()) {
      const name = await button.getAttribute('class');
      const box = await button.boundingBox();
      // Entries of a TLB are also in the list of their PCPU, where the rows are tall.
      if (!box || name?.includes('tlb-entry')) continue;
      expect(box.height, await button.innerText()).toBeGreaterThanOrEqual(40);
    }
  });
});

for (const [width, height] of [
  [1440, 900],
  [1280, 800],
] as const) {
  test(`the page fits ${width} by ${height} without scrolling`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await new ExplorerPage(page).open();
    const size = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.scrollHeight,
    ]);
    expect(size).toEqual([width, height]);
  });
}

test('invalidations and other calls stand beside Access', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const tabs = page.getByRole('tablist', { name: 'More operations' });
  await explorer.button('Access').click();
  const ends = page.getByRole('list', { name: 'How the accesses ended' });
  await expect(ends).toContainText('walk 24');
  const lane = page.getByRole('group', { name: 'PCPU 1' });
  await expect(lane.getByRole('group', { name: /^L1d 4K TLB, 24 of/ })).toBeVisible();

  await tabs.getByRole('tab', { name: 'Access' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(tabs.getByRole('tab', { name: 'Invalidate' })).toBeFocused();
  const form = page.getByRole('form', { name: 'Invalidate' });
  await expect(form).toContainText('Keeps all other pages');
  await form.getByRole('button', { name: 'Carry out' }).click();
  await expect(form.getByRole('status')).toContainText('drops page 0x4400 0000 0000 by INVLPG');
  await expect(lane.getByRole('group', { name: /^L1d 4K TLB, 23 of/ })).toBeVisible();

  await form.getByLabel('What').selectOption('MOV CR3');
  await form.getByLabel('PCID').fill('5000');
  await form.getByRole('button', { name: 'Carry out' }).click();
  await expect(form.getByLabel('PCID')).toBeFocused();
  await expect(form.getByLabel('PCID')).toHaveAccessibleDescription(/too large/);
  await form.getByLabel('PCID').fill('0');
  await form.getByRole('button', { name: 'Carry out' }).click();
  await expect(lane.getByRole('group', { name: /^L1d 4K TLB, 0 of/ })).toBeVisible();
  await explorer.button('Undo').click();
  await expect(lane.getByRole('group', { name: /^L1d 4K TLB, 23 of/ })).toBeVisible();
  expect((await new AxeBuilder({ page }).include('.below-walk').analyze()).violations).toEqual([]);

  await tabs.getByRole('tab', { name: 'Other' }).click();
  const other = page.getByRole('form', { name: 'Other calls' });
  await other.getByRole('button', { name: 'Carry out' }).click();
  await expect(other.getByRole('status')).toContainText('VMK_OK MA 0x6000');
  expect((await new AxeBuilder({ page }).include('.below-walk').analyze()).violations).toEqual([]);
});

test('a driver’s wrong numbers can be tried', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.form.getByText('Raw values').click();
  await explorer.form.getByLabel('Other bits').fill('0x20');
  await expect(page.getByRole('group', { name: 'Prediction' })).toContainText('VMK_BAD_PARAM');
  await expect(explorer.form.getByLabel('Other bits')).toHaveAccessibleDescription(/no attributes/);
  await explorer.button('Map').click();
  await expect(explorer.result).toContainText('VMK_BAD_PARAM');
});
