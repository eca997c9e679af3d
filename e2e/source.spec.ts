import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { EXAMPLE_2 } from '../src/timeline/c-examples.fixture';
import { ExplorerPage } from './explorer-page';

async function opened(page: Page, way: 'Script' | 'C source') {
  const explorer = await new ExplorerPage(page).open();
  return { explorer, ...(await shown(page, way)) };
}

async function shown(page: Page, way: 'Script' | 'C source') {
  await page.getByRole('tab', { name: way, exact: true }).click();
  const region = page.getByRole('region', { name: way, exact: true });
  const text = region.getByRole('textbox');
  await expect(text).toBeVisible();
  return { region, text };
}

/** Puts the cursor behind the first place where a text stands. */
const goBehind = (page: Page, what: string) =>
  page.getByRole('textbox', { name: /text$/ }).evaluate((element, find) => {
    const area = element as HTMLTextAreaElement;
    const at = area.value.indexOf(find) + find.length;
    area.focus();
    area.setSelectionRange(at, at);
  }, what);

test('the form stays the default, and tabs change by arrow keys', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await expect(explorer.form).toBeVisible();
  const form = page.getByRole('tab', { name: 'Form' });
  await expect(form).toHaveAttribute('aria-selected', 'true');
  await form.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Script' })).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'Script' }).getByRole('region', { name: 'Script' })).toBeVisible();
  await expect(explorer.result).toContainText('VMK_OK');
  await page.keyboard.press('ArrowLeft');
  await expect(explorer.form).toBeVisible();
});

test('a changed line changes the machine, in one step to undo, and the playhead stays', async ({ page }) => {
  const { explorer, region, text } = await opened(page, 'Script');
  await expect(text).toHaveValue(/^title Example 2.*\n\nmap va module=net attrs=READWRITE\|MIGHTCHANGE 6\+15 42\+9\n/);
  const step = await explorer.step();
  await goBehind(page, '42+9');
  await page.keyboard.type(' 80+3');
  await expect(explorer.region('Mappings')).toContainText('27 pages');
  await expect(region).toContainText('In step with the scenario: 15 operations');
  expect(await explorer.step()).toBe(step);
  await expect(text).toBeFocused();
  await explorer.button('Undo').click();
  await expect(explorer.region('Mappings')).toContainText('24 pages');
  await expect(text).not.toHaveValue(/80\+3/);
  await expect(explorer.button('Undo')).toBeDisabled();
  await explorer.button('Redo').click();
  await expect(text).toHaveValue(/80\+3/);
});

test('JSON and C in the place of a script are told where they belong', async ({ page }) => {
  const { region, text } = await opened(page, 'Script');
  for (const [pasted, says] of [
    ['{\n  "version": 1,\n  "ops": []\n}', 'To open JSON, save it as a file and choose it under Export or open.'],
    ['vmk_VA va;\nvmk_Unmap(va);', 'C goes into the tab C source.'],
  ] as const) {
    await text.fill(pasted);
    await expect(region).toContainText(`Not applied yet: 1 mistake. ${says}`);
    await expect(region.getByRole('list', { name: 'Mistakes' }).getByRole('button')).toHaveCount(1);
  }
  await region.getByRole('button', { name: 'Discard what is typed' }).click();
  await expect(region).toContainText('In step with the scenario: 15 operations');
});

test('a mistake has its line and column, and is lost neither by time travel nor by a reload', async ({ page }) => {
  const { explorer, region, text } = await opened(page, 'Script');
  await goBehind(page, 'sync');
  await page.keyboard.type('\nwrte va');
  await expect(region).toContainText('Not applied yet: 1 mistake');
  const mistake = region.getByRole('list', { name: 'Mistakes' }).getByRole('button');
  await expect(mistake).toContainText(/line 8, column 1.*"wrte".*write/);
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await expect(region.getByRole('button', { name: 'Mistake in line 8' })).toBeVisible();

  const typed = await text.inputValue();
  await explorer.button('Next operation').click();
  await explorer.button('Previous operation').click();
  await expect(text).toHaveValue(typed);
  // What the form adds comes in beside it.
  await page.getByRole('tab', { name: 'Form' }).click();
  await explorer.button('Map').click();
  await expect(explorer.result).toContainText('vmk_Map');
  const again = await shown(page, 'Script');
  await expect(again.text).toHaveValue(/\nwrte va\n/);
  await expect(again.text).toHaveValue(/\nmap m1 /);

  await page.reload();
  await expect(explorer.result).toContainText('VMK_OK');
  const { region: later, text: kept } = await shown(page, 'Script');
  await expect(kept).toHaveValue(/\nwrte va\n/);
  await expect(later).toContainText('Not applied yet: 1 mistake');
  await later.getByRole('list', { name: 'Mistakes' }).getByRole('button').click();
  await expect(kept).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('i');
  await expect(later).toContainText('In step with the scenario');
  await expect(kept).toHaveValue(/\nwrite va\n/);
});

test('the present operation is marked, and a number goes to its operation', async ({ page }) => {
  const { explorer, region } = await opened(page, 'Script');
  await expect(region.getByRole('button', { name: 'Present operation, line 3' })).toBeVisible();
  await explorer.button('Next operation').click();
  await expect(region.getByRole('button', { name: 'Present operation, line 4' })).toBeVisible();
  await region.getByRole('button', { name: 'Line 8', exact: true }).click();
  await expect(explorer.region('Timeline')).toContainText(/vmk_MapChangeAttributes/);
  await expect(region.getByRole('button', { name: 'Present operation, line 8' })).toBeVisible();
});

test('words are completed by keyboard alone', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await page.getByRole('tab', { name: 'Form' }).focus();
  await page.keyboard.press('ArrowRight');
  const text = page.getByRole('textbox', { name: 'Script text' });
  await expect(text).toBeVisible();
  for (let i = 0; i < 4 && !(await text.evaluate((element) => element === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
  }
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Control+Space');
  const list = page.getByRole('listbox', { name: 'Completions' });
  await expect(list.getByRole('option', { name: 'map', exact: true })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await page.keyboard.type('unl');
  const unload = list.getByRole('option', { name: 'unload' });
  await expect(unload).toHaveAttribute('aria-selected', 'true');
  await expect(text).toHaveAttribute('aria-activedescendant', (await unload.getAttribute('id')) ?? '');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' ');
  await page.keyboard.press('Control+Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(text).toHaveValue(/\nunload net$/);
  await expect(explorer.region('Timeline')).toContainText('of 78');
  await page.keyboard.press('Control+Enter');
  await expect(explorer.region('Timeline')).toContainText(/net/);
  // The field lets go of the focus.
  await page.keyboard.press('Tab');
  await expect(text).not.toBeFocused();
});

test("the header's Example 2 as C gives its scenario, and undo the one before", async ({ page }) => {
  const { explorer, region, text } = await opened(page, 'C source');
  await expect(text).toHaveValue(/vmk_Map\(net, &request, &va\)/);
  await text.fill(EXAMPLE_2);
  await expect(region).toContainText('Understood: 3 operations, 2 remarks.');
  await expect(region.getByRole('list', { name: 'Remarks' })).toContainText('<myModuleID> stands for the module net.');
  await region.getByRole('button', { name: 'Use this source' }).click();
  await expect(explorer.region('Timeline')).toContainText('of 53');
  await expect(explorer.region('Mappings')).toContainText('24 pages');
  await expect(text).toHaveValue(EXAMPLE_2);
  await expect(region).toContainText('In step with the scenario: 3 operations, 2 remarks.');
  await expect(region.getByRole('button', { name: 'Use this source' })).toBeDisabled();
  const { text: script } = await shown(page, 'Script');
  await expect(script).toHaveValue(/map va module=net .* 6\+15 42\+9\nchange va EXECUTABLE\nunmap va\n$/);
  await explorer.button('Undo').click();
  await expect(script).toHaveValue(/\nread va x4 pcpu=1\n/);

  const { region: again, text: c } = await shown(page, 'C source');
  await expect(c).toHaveValue(EXAMPLE_2);
  await again.getByRole('button', { name: 'Show the scenario as C' }).click();
  await expect(c).toHaveValue(/\/\*@ read va x4 pcpu=1 \*\//);
});

test('C that is not understood is pointed at, and kept', async ({ page }) => {
  const { explorer, region, text } = await opened(page, 'C source');
  const wrong = EXAMPLE_2.replace('mRange[0].numPages', 'mRange[0].numPges');
  await text.fill(wrong);
  const mistake = region.getByRole('list', { name: 'Mistakes' }).getByRole('button');
  await expect(mistake).toContainText(/line 6, column 11.*"numPges".*startMPN, numPages/);
  await region.getByRole('button', { name: 'Use this source' }).click();
  await expect(text).toBeFocused();
  await expect(explorer.button('Undo')).toBeDisabled();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'C source text' })).toHaveValue(wrong);
});

for (const colorScheme of ['light', 'dark'] as const) {
  const violations = async (page: Page) =>
    (await new AxeBuilder({ page }).include('.panel-request').analyze()).violations;

  test(`axe finds nothing in the script, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { region } = await opened(page, 'Script');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Script text' }).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('chnge va\nun');
    await expect(region).toContainText('mistake');
    await expect(page.getByRole('listbox')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });

  test(`axe finds nothing in the source, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { text, region } = await opened(page, 'C source');
    await text.fill(EXAMPLE_2);
    await expect(region.getByRole('list', { name: 'Remarks' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await text.fill('vmk_Map(;');
    await expect(region.getByRole('list', { name: 'Mistakes' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('on a phone both are as wide as the screen, and no wider', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const way of ['Script', 'C source'] as const) {
    const { region } = await opened(page, way);
    const box = await region.boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});
