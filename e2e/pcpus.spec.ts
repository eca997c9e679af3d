import { expect, test, type Locator, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

/** So many PCPUs that all read, and then a shootdown. */
const many = (pcpus: number) => ({
  version: 1,
  title: `${pcpus} readers`,
  config: { pcpus },
  ops: [
    { op: 'map', as: 'a', module: 'net', attrs: ['READWRITE', 'MIGHTCHANGE'], ranges: [{ startMPN: 64, numPages: 8 }] },
    ...Array.from({ length: pcpus }, (_, pcpu) => ({ op: 'access', at: 'a', count: 8, pcpu })),
    { op: 'sync' },
    { op: 'change', at: 'a', attrs: ['EXECUTABLE'] },
  ],
});

/** Steps until an IPI is on its way; returns the messages. */
async function toShootdown(explorer: ExplorerPage): Promise<Locator> {
  const ipis = explorer.region('PCPUs').getByRole('button', { name: /^IPI from PCPU 0/ });
  const last = Number(await explorer.slider.getAttribute('max'));
  for (let step = await explorer.step(); step <= last && (await ipis.count()) === 0; step++) {
    await explorer.button('Step forward').click();
    await explorer.page.waitForTimeout(30);
  }
  await expect(ipis.first()).toBeVisible();
  return ipis;
}

test('an IPI of Example 2 is dropped, is missed in the end, and comes back with undo', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const pcpus = explorer.region('PCPUs');
  const ipis = await toShootdown(explorer);
  await expect(ipis).toHaveCount(3);
  await expect(pcpus).toContainText(/\d+ stale/);
  const step = await explorer.step();

  await ipis.nth(1).focus();
  await page.keyboard.press('Enter');
  const pane = pcpus.getByRole('group', { name: 'IPI from PCPU 0 to PCPU 2', exact: true });
  await pane.getByRole('button', { name: 'Drop', exact: true }).click();
  await expect(pane).toContainText('never arrives');
  // The same moment, one operation later in the document.
  expect(await explorer.step()).toBe(step + 1);
  await expect(pcpus.getByRole('button', { name: 'IPI from PCPU 0 to PCPU 2, gets lost' })).toBeVisible();

  await explorer.slider.press('End');
  await expect(explorer.region('Hazards')).toContainText('failed to acknowledge');
  await explorer.button('Undo').click();
  await explorer.slider.press('End');
  await expect(explorer.region('Hazards')).not.toContainText('failed to acknowledge');
});

test('a delay is made and taken back where the message is', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const pcpus = explorer.region('PCPUs');
  const ipis = await toShootdown(explorer);
  await ipis.first().click();
  const delay = pcpus.getByRole('textbox', { name: 'Cycles of delay' });
  await delay.fill('abc');
  await expect(delay).toHaveAccessibleDescription(/^Cycles of delay "abc" is not a number/);
  await delay.fill('2500');
  await expect(delay).toHaveAccessibleDescription('');
  await pcpus.getByRole('button', { name: 'Delay', exact: true }).click();
  await expect(pcpus).toContainText('3 400 cycles');
  await expect(pcpus).toContainText('a fault adds 2 500 cycles');
  await pcpus.getByRole('button', { name: 'Undo delay' }).click();
  await expect(pcpus).toContainText(', 900 cycles');
  await expect(pcpus.getByRole('button', { name: 'Drop', exact: true })).toBeVisible();
});

test('an entry is read, shows its walk, and leads to the step that filled it', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const pcpus = explorer.region('PCPUs');
  await toShootdown(explorer);
  await pcpus
    .getByRole('group', { name: 'PCPU 2', exact: true })
    .getByRole('button', { name: /^STALE/ })
    .first()
    .click();
  await expect(pcpus).toContainText('STALE: FEWER RIGHTS NOW');
  const link = pcpus.getByRole('button', { name: /^step \d+$/ });
  const step = Number((await link.innerText()).replace('step ', ''));
  await link.click();
  await explorer.reaches(step);
  await expect(explorer.region('Timeline')).toContainText('PCPU 2');
});

/** Opens a document of so many PCPUs at its end. */
async function opened(page: Page, pcpus: number): Promise<ExplorerPage> {
  await page.addInitScript((text) => localStorage.setItem('pagescope.document', text), JSON.stringify(many(pcpus)));
  const explorer = await new ExplorerPage(page).open();
  await explorer.button('Continue with it').click();
  await expect(
    explorer.region('PCPUs').getByRole('button', { name: new RegExp(`^PCPU ${pcpus - 1}\\b`) }),
  ).toBeVisible();
  await explorer.slider.press('End');
  await explorer.button('Previous operation').click();
  return explorer;
}

/** How many of the marks lie within the body of the panel, without scrolling. */
async function within(panel: Locator, marks: Locator): Promise<number> {
  const box = (await panel.boundingBox())!;
  const boxes = await marks.evaluateAll((all) => all.map((mark) => mark.getBoundingClientRect().toJSON() as DOMRect));
  return boxes.filter(
    ({ left, right, top, bottom, height }) =>
      height >= 5 && left >= box.x && right <= box.x + box.width && top >= box.y && bottom <= box.y + box.height,
  ).length;
}

test('an entry takes the pointer that is near it', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await toShootdown(explorer);
  const lane = explorer.region('PCPUs').getByRole('group', { name: 'PCPU 1', exact: true });
  const box = (await lane
    .getByRole('button', { name: /^STALE/ })
    .first()
    .boundingBox())!;
  expect(box.width).toBeGreaterThanOrEqual(5);
  await page.mouse.click(box.x + 2, box.y + box.height + 4);
  await page.mouse.move(2, 2);
  await expect(explorer.region('PCPUs')).toContainText('L1d 4K of PCPU 1');
});

test('16 PCPUs are all seen; each message has an end of its own and is reached by keyboard', async ({ page }) => {
  const explorer = await opened(page, 16);
  const pcpus = explorer.region('PCPUs');
  const lanes = pcpus.getByRole('group', { name: /^PCPU \d+$/ });
  await expect(lanes).toHaveCount(16);
  const room = pcpus.locator('.rows-room');
  expect(await within(room, lanes)).toBe(16);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => within(room, lanes)).toBe(16);
  await page.setViewportSize({ width: 1280, height: 800 });
  const ipis = await toShootdown(explorer);
  await expect(ipis).toHaveCount(15);
  for (const text of ['16 stale', 'owes 1', '◉'])
    await expect(lanes.nth(9).getByText(text, { exact: true })).toBeInViewport();
  await ipis.first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const pane = pcpus.getByRole('group', { name: 'IPI from PCPU 0 to PCPU 15', exact: true });
  await expect(pane.getByRole('button', { name: 'Drop' })).toBeInViewport({ ratio: 1 });
  await expect(pcpus.getByRole('button', { name: /^IPI from PCPU 0 to PCPU 15/ })).toBeInViewport();
  // Where the way to PCPU 9 ends, though all of them still lie at PCPU 0.
  const row = (await lanes.nth(9).boundingBox())!;
  await page.mouse.click(row.x - 9, row.y + row.height / 2);
  await expect(pcpus.getByRole('group', { name: 'IPI from PCPU 0 to PCPU 9', exact: true })).toBeVisible();
  await lanes.nth(9).getByRole('button', { name: 'PCPU 9' }).click();
  await expect(pcpus.getByRole('group', { name: 'Lane of PCPU 9' })).toBeVisible();
});

for (const count of [64, 256]) {
  test(`${count} PCPUs all fit; every message is reached by keyboard, dropped and delayed`, async ({ page }) => {
    const explorer = await opened(page, count);
    const pcpus = explorer.region('PCPUs');
    const tiles = pcpus.getByRole('group', { name: `${count} PCPUs` }).getByRole('button');
    await expect(tiles).toHaveCount(count);
    const room = pcpus.locator('.tile-room');
    expect(await within(room, tiles)).toBe(count);
    await explorer.button('Maximise PCPUs').click();
    await expect.poll(() => within(room, tiles)).toBe(count);
    await explorer.button('Restore PCPUs').click();

    await toShootdown(explorer);
    const list = pcpus.getByRole('group', { name: 'Messages in flight' });
    await expect(list).toContainText(`${count - 1} IPIs, 0 acks in flight`);
    const chips = list.getByRole('button');
    await expect(chips).toHaveCount(count - 1);
    await chips.first().focus();
    await page.keyboard.press('End');
    await expect(chips.last()).toBeFocused();
    await page.keyboard.press('Enter');
    const last = pcpus.getByRole('group', { name: `IPI from PCPU 0 to PCPU ${count - 1}`, exact: true });
    await expect(last.getByRole('button', { name: 'Drop' })).toBeInViewport({ ratio: 1 });
    await expect(last.getByRole('button', { name: 'Delay' })).toBeInViewport({ ratio: 1 });
    expect(await within(room, tiles)).toBe(count);
    await last.getByRole('button', { name: 'Drop' }).click();
    await expect(pcpus).toContainText('never arrives');
  });
}

test('a chosen tile brings its messages to the front of the list', async ({ page }) => {
  const explorer = await opened(page, 64);
  await toShootdown(explorer);
  const pcpus = explorer.region('PCPUs');
  await pcpus.getByRole('button', { name: /^PCPU 40:/ }).click();
  const list = pcpus.getByRole('group', { name: 'Messages in flight' });
  await expect(list.getByRole('button').first()).toHaveAccessibleName(/^IPI from PCPU 0 to PCPU 40/);
});

test('64 PCPUs are tiles; the keyboard moves among them and opens one', async ({ page }) => {
  const explorer = await opened(page, 64);
  const pcpus = explorer.region('PCPUs');
  const tiles = pcpus.getByRole('group', { name: '64 PCPUs' }).getByRole('button');
  await tiles.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(tiles.nth(17)).toBeFocused();
  await page.keyboard.press('Enter');
  const lane = pcpus.getByRole('group', { name: 'Lane of PCPU 17', exact: true });
  await expect(lane.getByRole('group', { name: /^L1d 4K TLB/ })).toBeVisible();

  await toShootdown(explorer);
  await expect(pcpus.getByRole('group', { name: 'Messages in flight' })).toContainText(/\d+ IPIs, 0 acks/);
  await expect(tiles.nth(63)).toHaveAccessibleName(/16 stale, owes 1 invalidation/);
  await lane.getByRole('button', { name: 'Close PCPU 17' }).click();
  await expect(lane).toHaveCount(0);
});
