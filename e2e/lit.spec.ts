import { expect, test, type Page } from '@playwright/test';
import { ExplorerPage } from './explorer-page';

const VIEWS = ['Mappings', 'Page walk', 'Machine frames', 'PCPUs', 'Hazards', 'Timeline'] as const;
type View = (typeof VIEWS)[number];

/** Device memory that is mapped and used, and called unusual for it, so that every view has something to mark. */
async function open(page: Page): Promise<ExplorerPage> {
  const explorer = await new ExplorerPage(page).open();
  await page.getByLabel('More scenarios').selectOption('caller-03-ioremap');
  await expect(explorer.region('Timeline')).toContainText('step 7 of 35');
  await explorer.slider.fill('9');
  await explorer.reaches(9);
  await page.getByRole('button', { name: 'steps', exact: true }).click();
  return explorer;
}

/** Waits until each of the views marks something, or for those that are left out, nothing. */
async function expectMarks(explorer: ExplorerPage, views: readonly View[]): Promise<void> {
  const marks = async (): Promise<readonly View[]> => {
    const counts = await Promise.all(VIEWS.map((view) => explorer.region(view).locator('.lit, .rail-lit').count()));
    return VIEWS.filter((_, i) => counts[i] > 0);
  };
  await expect.poll(marks).toEqual(views);
}

/** Points at a mark after nothing was marked. */
async function pointAt(explorer: ExplorerPage, act: () => Promise<void>): Promise<void> {
  await explorer.page.mouse.move(2, 2);
  await act();
}

test('what is pointed at in one view is marked in every other', async ({ page }) => {
  const explorer = await open(page);
  // To an address that nobody uses belongs only the entry that its walk ends at.
  await explorer.region('Page walk').getByLabel('Address').fill('0x5500_0000_0000');
  await page.keyboard.press('Enter');
  await expectMarks(explorer, ['Page walk']);
  await expect(explorer.region('Machine frames')).toContainText('No frame belongs to the selected address.');

  const row = explorer.region('Mappings').locator('tbody tr').first();
  await pointAt(explorer, () => row.hover());
  await expectMarks(explorer, VIEWS);

  await pointAt(explorer, () => explorer.region('Hazards').getByText('Range 1 is not all RAM').hover());
  await expectMarks(explorer, VIEWS);

  // The bar of PCPU 0 in step 9 of 35.
  const tracks = (await page.getByRole('img', { name: 'What 4 PCPUs do, a track each' }).boundingBox())!;
  const x = tracks.x + 56 + (9.5 / 36) * (tracks.width - 64);
  await pointAt(explorer, () => page.mouse.move(x, tracks.y + tracks.height / 8));
  await expectMarks(
    explorer,
    VIEWS.filter((view) => view !== 'Hazards'),
  );

  const frames = explorer.region('Machine frames');
  const cells = (await frames.getByRole('slider', { name: 'Frame' }).boundingBox())!;
  // The mapped frame is the first of its row.
  await expect(async () => {
    for (let y = 3; y < cells.height && !(await frames.innerText()).includes('MPN 0xf eb00'); y += 4)
      await page.mouse.move(cells.x + 4, cells.y + y);
    await expect(frames).toContainText('MPN 0xf eb00, in nic, owner net, mapped by vmk_Map, as regs');
  }).toPass();
  await expect(frames).toContainText('reached by PTE for 0x4400 0000 0000, UC');
  await expectMarks(explorer, VIEWS);

  await row.getByRole('button').first().click();
  await expect(explorer.region('Page walk').getByLabel('Address')).toHaveValue('0x4400 0000 0000');
  await pointAt(explorer, () => explorer.region('Page walk').locator('.entry.chosen').last().hover());
  await expectMarks(explorer, VIEWS);
});
