import { expect, test } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

test('the page opens on Example 2, mapped, without an error', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const explorer = await new ExplorerPage(page).open();
  await expect(page).toHaveTitle('Pagescope');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pagescope');
  await expect(explorer.result).toContainText(/VMK_OK\s+va 0x44/);
  await expect(explorer.region('Mappings')).toContainText('24');
  expect(errors).toEqual([]);
});

test('Example 1 by the form: two pages, read-only', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.button('Example 1').click();
  await expect(explorer.button('Example 1')).toHaveAttribute('aria-pressed', 'true');
  await explorer.fillRanges(['12', '2']);
  await explorer.setAttributes();
  const prediction = page.getByRole('group', { name: 'Prediction' });
  await expect(prediction).toContainText(/VMK_OK expected from vmk_Map.*2 pages/s);
  await explorer.button('Map').click();
  await expect(explorer.result).toContainText(/VMK_OK\s+va 0x/);
  await expect(explorer.button('Undo')).toBeEnabled();
  await explorer.button('Unmap').click();
  await expect(explorer.result).toContainText('vmk_Unmap');
});

test('Example 2 by the form: map, change to EXECUTABLE, unmap', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const { form } = explorer;
  await form.getByLabel('Module', { exact: true }).selectOption('storage');
  await form.getByLabel('PCPU').selectOption('0');
  await form.getByLabel('Context').selectOption('world');
  await form.getByLabel('Map type').selectOption('VMK_MAPTYPE_DEFAULT');
  await form.getByLabel('Reservation').selectOption('NULL');
  await explorer.fillRanges(['6', '15'], ['42', '9']);
  await explorer.setAttributes('READWRITE', 'MIGHTCHANGE');
  await explorer.button('Map').click();
  await expect(explorer.region('Mappings')).toContainText(/storage module 2.*24 pages/s);
  await expect(explorer.result).toContainText(/VMK_OK\s+va 0x/);
  await expect(explorer.region('Page walk')).toContainText(/rights\s*RW– kernel/);

  await explorer.setAttributes('EXECUTABLE');
  await explorer.button('Change attributes').click();
  await expect(explorer.result).toContainText(/VMK_OK.*vmk_MapChangeAttributes/s);
  await expect(explorer.region('Page walk')).toContainText(/rights\s*R–X kernel/);

  await explorer.button('Unmap').click();
  await expect(explorer.result).toContainText('vmk_Unmap');
  await expect(explorer.region('Page walk')).toContainText('#PF');
  await expect(explorer.region('Mappings')).not.toContainText('storage');
});

test('a refused request says why and where, and changes no table', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const before = await explorer.texts();
  await explorer.fillRanges(['6', '15'], ['42', '0']);
  const pages = explorer.form.getByLabel('Range 2 pages');
  await expect(pages).toHaveAttribute('aria-invalid', 'true');
  await expect(pages).toHaveAccessibleDescription(/0 pages/);
  await explorer.button('Map').click();
  await expect(explorer.result).toContainText('VMK_BAD_PARAM');
  await expect(explorer.result).toContainText('mpnRanges[1].numPages');
  const after = await explorer.texts();
  for (const name of ['Mappings', 'Page walk', 'Entry bits', 'Memory type']) expect(after[name]).toBe(before[name]);
  await expect(pages).toHaveValue('0');
  await explorer.button('Undo').click();
  await expect(explorer.result).toContainText('VMK_OK');
});

test('a number that cannot be read is marked, kept, and not sent', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const start = explorer.form.getByLabel('Range 1 start MPN');
  await start.fill('six');
  await expect(start).toHaveAttribute('aria-invalid', 'true');
  await expect(start).toHaveAccessibleDescription(/is not a number/);
  await explorer.button('Map').click();
  await expect(start).toBeFocused();
  await expect(start).toHaveValue('six');
  await expect(explorer.button('Undo')).toHaveAttribute('aria-disabled', 'true');
});

test('lines are pasted as ranges', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.button('Paste lines').click();
  await page.getByLabel('Ranges, one a line').fill('100 3\n0x200 4\n7, 1');
  await explorer.button('Use 3 ranges').click();
  await expect(explorer.form.getByLabel('Range 2 start MPN')).toHaveValue('0x200');
  await expect(explorer.form.getByLabel('Range 3 pages')).toHaveValue('1');
  await expect(page.getByRole('group', { name: 'Prediction' })).toContainText('8 pages');
  await expect(explorer.form.getByLabel('Range 1 start MPN')).toBeFocused();
  await explorer.button('Add range').click();
  await expect(explorer.form.getByLabel('Range 4 start MPN')).toBeFocused();
  await explorer.button('Remove range 2').click();
  await expect(explorer.form.getByLabel('Range 2 start MPN')).toBeFocused();
  await explorer.button('Remove range 3').click();
  await expect(explorer.button('Add range')).toBeFocused();
});

test('an access with a wrong field goes to the field and says why', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const count = page.getByRole('form', { name: 'Access memory' }).getByLabel('Count');
  await count.fill('six');
  await explorer.button('Access').click();
  await expect(count).toBeFocused();
  await expect(count).toHaveAccessibleDescription(/Count "six" is not a number/);
});

test('an access fills a TLB and a device needs a reservation', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const access = page.getByRole('form', { name: 'Access memory' });
  await access.getByLabel('On PCPU').selectOption('3');
  await access.getByLabel('Count').fill('5');
  await explorer.button('Access').click();
  const lane = page.getByRole('group', { name: 'PCPU 3' });
  await expect(lane.getByRole('group', { name: /^L1d 4K TLB, 5 of/ })).toBeVisible();

  await explorer.form.getByLabel('Map type').selectOption('VMK_MAPTYPE_DEVICE');
  await expect(explorer.form.getByLabel('Reservation')).toHaveAccessibleDescription(/reservation/);
  await explorer.form.getByRole('button', { name: 'nic' }).click();
  await explorer.fillRanges(['0xfeb00', '2']);
  await explorer.setAttributes('READWRITE', 'UNCACHED');
  await explorer.button('Map').click();
  await expect(explorer.region('Page walk')).toContainText('device');
  await expect(explorer.region('Memory type')).toContainText('UC');
});

test('what was made is there after a reload, and so is what stands in the form', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.fillRanges(['100', '3']);
  await explorer.button('Map').click();
  await expect(explorer.region('Mappings')).toContainText('27 pages');
  await page.waitForFunction(() => (history.state as { place?: { at: number } } | null)?.place?.at === 13);
  await page.reload();
  await expect(explorer.form.getByLabel('Range 1 start MPN')).toHaveValue('100');
  await expect(explorer.region('Mappings')).toContainText('27 pages');
});
