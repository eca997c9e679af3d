import { expect, type Locator, type Page } from '@playwright/test';

export const REGIONS = [
  'Request',
  'Mappings',
  'Page walk',
  'Machine frames',
  'PCPUs',
  'Entry bits',
  'Memory type',
  'Hazards',
  'Timeline',
] as const;

/** The page as its reader knows it: by roles and names. */
export class ExplorerPage {
  readonly form: Locator;
  readonly result: Locator;
  readonly slider: Locator;

  constructor(readonly page: Page) {
    this.form = page.getByRole('form', { name: 'Map request' });
    this.result = page.getByRole('status', { name: 'Result' });
    this.slider = page.getByRole('slider', { name: 'Step' });
  }

  async open(): Promise<this> {
    await this.page.goto('./');
    await expect(this.result).toContainText('VMK_OK');
    return this;
  }

  region(name: (typeof REGIONS)[number]): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Fills the ranges of the request; rows are added or removed as needed. */
  async fillRanges(...ranges: readonly (readonly [start: string, pages: string])[]): Promise<void> {
    const remove = this.form.getByRole('button', { name: /^Remove range/ });
    while ((await remove.count()) > ranges.length) await remove.last().click();
    while ((await remove.count()) < ranges.length) await this.button('Add range').click();
    for (const [i, [start, pages]] of ranges.entries()) {
      await this.form.getByLabel(`Range ${i + 1} start MPN`).fill(start);
      await this.form.getByLabel(`Range ${i + 1} pages`).fill(pages);
    }
  }

  async setAttributes(...names: readonly string[]): Promise<void> {
    for (const name of ['READWRITE', 'EXECUTABLE', 'WRITECOMBINE', 'UNCACHED', 'MIGHTCHANGE']) {
      await this.form.getByRole('checkbox', { name, exact: true }).setChecked(names.includes(name));
    }
  }

  async step(): Promise<number> {
    return Number(await this.slider.inputValue());
  }

  /** Waits until the picture on screen is that of a step. */
  async reaches(step: number): Promise<void> {
    await expect(this.slider).toHaveValue(String(step));
    await expect(this.region('Timeline')).toContainText(`step ${step} of`);
    // The worker's picture comes a moment after the playhead moved.
    await this.page.waitForTimeout(120);
  }

  /** What is written on the screen, by region, without what is typed. */
  async texts(): Promise<Record<string, string>> {
    const texts: Record<string, string> = {};
    for (const name of REGIONS.filter((one) => one !== 'Request')) texts[name] = await this.region(name).innerText();
    texts['Result'] = await this.result.innerText();
    return texts;
  }
}
