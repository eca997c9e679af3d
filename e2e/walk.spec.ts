import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

test('the neighbour of an entry is previewed under the pointer and selected by a click', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const walk = explorer.region('Page walk');
  const entry = walk.getByRole('button', { name: /^PTE 3, maps MPN 0x9/ });
  await entry.hover();
  await expect(walk).toContainText('preview of 0x4400 0000 3000');
  await expect(walk.getByLabel('Address')).toHaveValue('0x4400 0000 0000');
  await explorer.region('Entry bits').hover();
  await expect(walk).not.toContainText('preview');
  await entry.click();
  await expect(walk.getByLabel('Address')).toHaveValue('0x4400 0000 3000');
  await expect(walk.getByRole('button', { name: /^PTE 3, .*chosen/ })).toHaveAttribute('aria-pressed', 'true');
});

test('arrows go from entry to entry, Enter selects', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const walk = explorer.region('Page walk');
  const step = await explorer.step();
  await walk.getByRole('button', { name: /^PTE 0, .*chosen/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(walk.getByRole('button', { name: /^PTE 2,/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(walk.getByLabel('Address')).toHaveValue('0x4400 0000 2000');
  expect(await explorer.step()).toBe(step);
});

test('a fault stops the path at the bit that decided', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.slider.fill('0');
  const walk = explorer.region('Page walk');
  await expect(walk.getByRole('button', { name: /^PML4E 136, the walk stops here: P = 0/ })).toBeVisible();
  await expect(walk.getByText('not reached')).toHaveCount(3);
});

test.describe('the tree', () => {
  const openTree = async (explorer: ExplorerPage) => {
    await explorer.button('tree').click();
    const tree = explorer.page.getByRole('tree', { name: 'Tables' });
    await expect(tree.getByRole('treeitem').first()).toBeVisible();
    return tree;
  };

  test('opens, closes and selects by keyboard, without moving the playhead', async ({ page }) => {
    const explorer = await new ExplorerPage(page).open();
    const tree = await openTree(explorer);
    const step = await explorer.step();
    const { keyboard } = page;
    const alias = tree.getByRole('treeitem', { name: /slot 200,/ });
    await expect(alias).toHaveAttribute('aria-expanded', 'false');
    await tree.getByRole('treeitem', { name: /^15 pages/ }).focus();
    await keyboard.press('End');
    await expect(alias).toBeFocused();
    await keyboard.press('ArrowRight');
    await expect(alias).toHaveAttribute('aria-expanded', 'true');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await expect(explorer.region('Page walk').getByLabel('Address')).toHaveValue('0x6400 0000 0000');
    await expect(tree.getByRole('treeitem', { name: /× 2 MiB/ })).toBeVisible();
    await keyboard.press('Home');
    await expect(tree.getByRole('treeitem', { name: /^PML4/ })).toBeFocused();
    await expect(tree.getByRole('treeitem', { name: /^PML4/ })).toBeInViewport();
    // What was open for the address before stays open.
    await expect(tree.getByRole('treeitem', { name: /^15 pages/ })).toHaveCount(1);
    await keyboard.press('ArrowLeft');
    await expect(tree.getByRole('treeitem')).toHaveCount(1);
    expect(await explorer.step()).toBe(step);
  });

  test('a drag moves it and selects nothing', async ({ page }) => {
    const explorer = await new ExplorerPage(page).open();
    const tree = await openTree(explorer);
    const card = tree.getByRole('treeitem', { name: /slot 200,/ });
    const before = (await card.boundingBox())!;
    await page.mouse.move(before.x + 20, before.y + 20);
    await page.mouse.down();
    await page.mouse.move(before.x + 60, before.y - 10, { steps: 4 });
    await page.mouse.up();
    const after = (await card.boundingBox())!;
    expect(Math.round(after.x - before.x)).toBe(40);
    expect(Math.round(after.y - before.y)).toBe(-30);
    await expect(explorer.region('Page walk').getByLabel('Address')).toHaveValue('0x4400 0000 0000');
  });

  test('shows the largest request in few cards', async ({ page }) => {
    const explorer = await new ExplorerPage(page).open();
    await page.getByLabel('More scenarios').selectOption('largest');
    const tree = await openTree(explorer);
    const run = tree.getByRole('treeitem', { name: /slots 137–167, 4 160 749 567 pages/ });
    await expect(run).toHaveAttribute('aria-expanded', 'false');
    await run.focus();
    await page.keyboard.press('ArrowRight');
    await expect(tree.getByRole('treeitem', { name: /slot 167,/ })).toHaveCount(1);
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(400);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await openTree(await new ExplorerPage(page).open());
      const { violations } = await new AxeBuilder({ page }).include('.panel-walk').analyze();
      expect(violations).toEqual([]);
    });
  }
});
