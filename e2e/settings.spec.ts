import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

async function opened(page: Page) {
  const explorer = await new ExplorerPage(page).open();
  await explorer.button('Settings').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog).toBeVisible();
  const section = (name: string) => dialog.getByRole('navigation').getByRole('button', { name });
  return { explorer, dialog, section };
}

test('another machine under the same operations, and back', async ({ page }) => {
  const { explorer, dialog } = await opened(page);
  const pcpus = dialog.getByLabel('PCPUs');
  const bits = dialog.getByLabel('MAXPHYADDR');
  await pcpus.fill('2');
  await expect(dialog).toContainText('on a PCPU that goes');
  await bits.fill('99');
  await expect(bits).toHaveAttribute('aria-invalid', 'true');
  await expect(bits).toHaveAccessibleDescription(/"99" must be a whole number from 36 to 52/);
  await expect(dialog.getByRole('button', { name: 'Apply' })).toHaveAttribute('aria-disabled', 'true');
  await pcpus.press('Enter');
  await expect(dialog).toBeVisible();
  await expect(bits).toBeFocused();
  await expect(bits).toHaveValue('99');

  await bits.fill('40');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('group', { name: 'PCPU 1' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'PCPU 2' })).toHaveCount(0);
  await expect(explorer.result).toContainText('VMK_OK');
  await explorer.button('Undo').click();
  await expect(page.getByRole('group', { name: 'PCPU 3' })).toBeVisible();
});

test('a control bit from this step on is an operation, and the entry is read by it', async ({ page }) => {
  const { explorer, dialog, section } = await opened(page);
  await section('Control bits').click();
  await dialog.getByRole('radio', { name: /from this step on/ }).check();
  await dialog.getByRole('checkbox', { name: 'EFER.NXE' }).uncheck();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  await expect(explorer.region('Timeline')).toContainText('EFER.NXE is now 0');
  await expect(explorer.region('Page walk')).toContainText('#PF');

  await explorer.button('Settings').click();
  await section('Control bits').click();
  await expect(dialog).toContainText(/from the start 1 · in force at step \d+ 0/);
  await page.keyboard.press('Escape');
  await explorer.button('Undo').click();
  await expect(explorer.region('Page walk')).not.toContainText('#PF');
});

test('Escape keeps what was typed, Cancel gives it up', async ({ page }) => {
  const { explorer, dialog, section } = await opened(page);
  await section('Policies').click();
  await dialog.getByLabel('lazyPages').fill('seven');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(explorer.button('Settings')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('lazyPages')).toHaveValue('seven');
  await expect(dialog.getByLabel('lazyPages')).toHaveAccessibleDescription(/must be a whole number/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Enter');
  await section('Policies').click();
  await expect(dialog.getByLabel('lazyPages')).toHaveValue('64');
});

test('keys pressed in the dialog do not move the playhead, and a section can be reset', async ({ page }) => {
  const { explorer, dialog, section } = await opened(page);
  const step = await explorer.step();
  await section('Memory').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(']');
  expect(await explorer.step()).toBe(step);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Add region' }).click();
  await expect(dialog.getByLabel('Region 8 kind')).toBeFocused();
  await expect(dialog.getByLabel('Region 8 pages')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByRole('button', { name: 'Reset to defaults' }).click();
  await expect(dialog.getByLabel('Region 8 pages')).toHaveCount(0);
  await expect(dialog).toContainText('Nothing is changed yet');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any section, ${colorScheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    const { dialog, section } = await opened(page);
    await dialog.getByLabel('PCPUs').fill('1000');
    for (const name of ['Processors', 'Memory', 'Modules', 'Control bits', 'MTRRs', 'Policies', 'Costs']) {
      await section(name).click();
      expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations, name).toEqual([]);
    }
  });
}

test('on a phone nothing is cut off at the side', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { dialog, section } = await opened(page);
  for (const name of ['Processors', 'Memory', 'Modules', 'Control bits', 'MTRRs', 'Policies', 'Costs']) {
    await section(name).click();
    const [scroll, client] = await dialog
      .locator('.settings-body')
      .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
    expect(scroll, name).toBeLessThanOrEqual(client);
  }
});
