import { expect, test } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

test('forward and back shows the same screen', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const screens: Record<string, string>[] = [];
  const first = await explorer.step();
  for (let i = 0; i < 12; i++) {
    await explorer.reaches(first + i);
    screens.push(await explorer.texts());
    await explorer.button('Step forward').click();
  }
  for (let i = 11; i >= 0; i--) {
    await explorer.button('Step back').click();
    await explorer.reaches(first + i);
    expect(await explorer.texts()).toEqual(screens[i]);
  }
});

test('play, pause, operations and the slider move the playhead', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const first = await explorer.step();
  await explorer.button('Play').click();
  await expect.poll(() => explorer.step()).toBeGreaterThan(first + 1);
  await explorer.button('Pause').click();
  const paused = await explorer.step();
  await page.waitForTimeout(700);
  expect(await explorer.step()).toBe(paused);
  await explorer.button('Previous operation').click();
  expect(await explorer.step()).toBeLessThan(paused);
  await explorer.slider.fill('0');
  await expect(explorer.region('Mappings')).toContainText('No mapping yet');
  await expect(explorer.button('Step back')).toHaveAttribute('aria-disabled', 'true');
  await explorer.button('Next operation').click();
  await expect(explorer.result).toContainText('VMK_OK');
});

test('stale entries are named while a shootdown is under way', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const last = Number(await explorer.slider.getAttribute('max'));
  const seen: string[] = [];
  let ipis = 0;
  for (let step = await explorer.step(); step <= last; step++) {
    await explorer.slider.fill(String(step));
    await page.waitForTimeout(40);
    seen.push(await explorer.region('PCPUs').innerText());
    ipis += await explorer
      .region('PCPUs')
      .getByRole('button', { name: /^IPI from PCPU 0/ })
      .count();
  }
  expect(seen.some((text) => /\d+ stale/.test(text))).toBe(true);
  expect(ipis).toBeGreaterThan(0);
});

test('a worker that dies in mid-run is replaced and nothing is lost', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.fillRanges(['100', '3']);
  await explorer.button('Map').click();
  await expect(explorer.region('Mappings')).toContainText('27 pages');
  const step = await explorer.step();
  await explorer.reaches(step);
  const before = await explorer.texts();

  const [worker] = page.workers();
  await worker?.evaluate(() => self.close());
  await explorer.button('Step back').click();
  await explorer.button('Step forward').click();
  await expect.poll(() => page.workers().length, { timeout: 15_000 }).toBe(1);
  await expect(explorer.region('Timeline').getByRole('alert')).toHaveCount(0, { timeout: 15_000 });
  await explorer.reaches(step);
  expect(await explorer.texts()).toEqual(before);

  const [second] = page.workers();
  await second?.evaluate(() =>
    setTimeout(() => {
      throw new Error('for the test');
    }),
  );
  await explorer.button('Previous operation').click();
  await expect(explorer.region('Mappings')).toContainText('24 pages');
  await explorer.button('Undo').click();
  await explorer.button('Redo').click();
  await expect(explorer.region('Mappings')).toContainText('27 pages');
});
