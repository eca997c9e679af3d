import { expect, test, type Locator } from '@playwright/test';
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
  await expect(pcpus).toContainText('after 3 400 cycles: a fault adds 2 500');
  await pcpus.getByRole('button', { name: 'Undo delay' }).click();
  await expect(pcpus).toContainText('after 900 cycles');
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

test('64 PCPUs are tiles; the keyboard moves among them and opens one', async ({ page }) => {
  await page.addInitScript((text) => localStorage.setItem('pagescope.document', text), JSON.stringify(many(64)));
  const explorer = await new ExplorerPage(page).open();
  await explorer.button('Continue with it').click();
  const pcpus = explorer.region('PCPUs');
  const tiles = pcpus.getByRole('group', { name: '64 PCPUs' }).getByRole('button');
  await expect(tiles).toHaveCount(64);
  await explorer.slider.press('End');
  await explorer.button('Previous operation').click();
  await tiles.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(tiles.nth(9)).toBeFocused();
  await page.keyboard.press('Enter');
  const lane = pcpus.getByRole('group', { name: 'PCPU 9', exact: true });
  await expect(lane.getByRole('group', { name: /^L1d 4K TLB/ })).toBeVisible();

  await toShootdown(explorer);
  await expect(pcpus.getByRole('group', { name: 'Messages in flight' })).toContainText(/\d+ IPIs, 0 acks/);
  await expect(tiles.nth(63)).toHaveAccessibleName(/16 stale, owes 1 invalidation/);
  await lane.getByRole('button', { name: 'Close PCPU 9' }).click();
  await expect(lane).toHaveCount(0);
});
