import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Download, type Page } from '@playwright/test';
import { EXAMPLE_1, EXAMPLE_2 } from '../src/timeline/c-examples.fixture';
import { ExplorerPage, REGIONS } from './explorer-page';

const PICTURES = REGIONS.filter((name) => name !== 'Request');

/** A pixel differs when a channel is this far off; less is a matter of how edges are smoothed. */
const FAR = 48;
/** Pixels of a picture that may differ: ends of dashes, arrows of choices, a border that falls between two pixels. */
const MOST_FAR = 0.008;

async function opened(page: Page) {
  const explorer = await new ExplorerPage(page).open();
  await page.getByRole('button', { name: 'Export or open' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('img')).toBeVisible();
  return { explorer, dialog };
}

async function saved(page: Page, act: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return download;
}

const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), 'utf8');

/** Drops files anywhere on the page. */
async function drop(
  page: Page,
  ...files: readonly { readonly name: string; readonly text?: string; readonly bytes?: number[] }[]
) {
  const transfer = await page.evaluateHandle((list) => {
    const all = new DataTransfer();
    for (const { name, text, bytes } of list)
      all.items.add(new File([bytes ? new Uint8Array(bytes) : (text ?? '')], name));
    return all;
  }, files);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop the file to open it')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

/** Two pictures, as far as both reach: the part of their pixels that are far from each other. */
const farApart = (page: Page, a: Buffer, b: Buffer): Promise<number> =>
  page.evaluate(
    async ([first, second, far]) => {
      const pixels = async (url: string) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, canvas.width, canvas.height);
      };
      const [one, other] = await Promise.all([pixels(first), pixels(second)]);
      if (one.width !== other.width || one.height !== other.height) return 1;
      let count = 0;
      for (let i = 0; i < one.data.length; i += 4) {
        const off = [0, 1, 2].some((channel) => Math.abs(one.data[i + channel] - other.data[i + channel]) > far);
        if (off) count++;
      }
      return count / (one.width * one.height);
    },
    [dataOf(a), dataOf(b), FAR] as const,
  );
const dataOf = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

/** Lays a panel out as a picture has it: whole, and without what is only there to be pressed. */
function asInPicture(panel: HTMLElement | SVGElement): void {
  const { width, height } = panel.getBoundingClientRect();
  const body = panel.querySelector('.panel-body');
  const more = body ? body.scrollHeight - body.clientHeight : 0;
  panel.dataset['picture'] = '';
  if (more > 0)
    panel.style.cssText = `position:fixed;inset:0 auto auto 0;z-index:9;width:${width}px;height:${height + more}px;max-height:none`;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('a picture opened alone looks as it does in the page', async ({ page, context }) => {
      const { dialog } = await opened(page);
      const files = new Map<string, string>();
      for (const name of PICTURES) {
        await dialog.getByRole('radio', { name }).check();
        await expect(dialog.getByRole('img', { name })).toBeVisible();
        const download = await saved(page, () => dialog.getByRole('button', { name: 'Save SVG' }).click());
        expect(download.suggestedFilename()).toMatch(/\.svg$/);
        files.set(name, await textOf(download));
      }
      await page.keyboard.press('Escape');
      await page.mouse.move(640, 20);
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.waitForTimeout(100);
      const alone = await context.newPage();
      for (const [name, svg] of files) {
        expect(svg).not.toMatch(/href="(?!data:)|src=|url\((?!#|data:)/);
        const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
        const region = page.getByRole('region', { name, exact: true });
        await region.evaluate(asInPicture);
        const box = (await region.boundingBox())!;
        const clip = { x: Math.round(box.x), y: Math.round(box.y), width, height };
        const shown = await page.screenshot({ clip });
        await alone.setViewportSize({ width, height });
        await alone.goto(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
        await alone.evaluate(() => document.fonts.ready);
        const far = await farApart(page, shown, await alone.screenshot());
        test.info().annotations.push({ type: 'far', description: `${name} ${(far * 100).toFixed(2)} %` });
        expect(far, name).toBeLessThan(MOST_FAR);
        await region.evaluate((panel) => panel.removeAttribute('style'));
      }
    });
  });
}

test('a PNG has twice the pixels, and the letters of the page', async ({ page }) => {
  const { dialog } = await opened(page);
  const download = await saved(page, () => dialog.getByRole('button', { name: 'Save PNG' }).click());
  await expect(dialog.getByRole('status')).toContainText('saved as PNG');
  const png = readFileSync(await download.path());
  const svg = await textOf(await saved(page, () => dialog.getByRole('button', { name: 'Save SVG' }).click()));
  const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width * 2, height * 2]);
  const drawn = await page.evaluate(
    async ([file, picture, size]) => {
      const image = new Image();
      image.src = picture;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: size[0], height: size[1] });
      canvas.getContext('2d')!.drawImage(image, 0, 0, size[0], size[1]);
      return [file.length > 0, canvas.toDataURL('image/png')];
    },
    [dataOf(png), `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`, [width * 2, height * 2]] as const,
  );
  expect(await farApart(page, png, Buffer.from(String(drawn[1]).split(',')[1], 'base64'))).toBeLessThan(0.001);
});

test('what is scrolled out of sight is in the picture, what is only pressed is not, and the page stays as it was', async ({
  page,
}) => {
  const explorer = await new ExplorerPage(page).open();
  const bits = explorer.region('Entry bits').locator('.panel-body');
  const { whole, seen } = await bits.evaluate((body) => {
    body.scrollTop = 20;
    return { whole: body.scrollHeight, seen: body.clientHeight };
  });
  expect(whole).toBeGreaterThan(seen + 100);
  await page.getByRole('button', { name: 'Export or open' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const svgOf = async (name: string): Promise<string> => {
    await dialog.getByRole('radio', { name }).check();
    await expect(dialog.getByRole('img', { name })).toBeVisible();
    return textOf(await saved(page, () => dialog.getByRole('button', { name: 'Save SVG' }).click()));
  };
  const svg = await svgOf('Entry bits');
  expect(Number(/ height="(\d+)"/.exec(svg)![1])).toBeGreaterThan(whole);
  // The last words of the panel.
  expect(svg).toContain('>effect<');
  const texts = (await svgOf('Timeline')).matchAll(/<text.*?<\/text>/g);
  const words = [...texts].join(' ').replaceAll(/<[^>]*>/g, ' ');
  expect(words).toContain('acknowledgement');
  for (const pressed of ['Play', 'Bookmark', 'Compare', 'Speed', 'operation']) expect(words).not.toContain(pressed);
  expect(await svgOf('Page walk')).not.toContain('>supervisor<');
  expect(await bits.evaluate((body) => body.scrollTop)).toBe(20);
});

test('the tree of tables is a picture too', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await explorer.region('Page walk').getByRole('button', { name: 'tree' }).click();
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: 'Export or open' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog).toContainText('Page walk as tree');
  await expect(dialog.getByRole('img', { name: 'Page walk' })).toBeVisible();
  const svg = await textOf(await saved(page, () => dialog.getByRole('button', { name: 'Save SVG' }).click()));
  expect(svg).toContain('PML4');
});

test('a scenario is saved and opens again by dropping it', async ({ page }) => {
  const { explorer, dialog } = await opened(page);
  const script = await saved(page, () => dialog.getByRole('button', { name: 'Save script' }).click());
  expect(script.suggestedFilename()).toMatch(/\.pagescope$/);
  expect(await textOf(script)).toContain('title Example 2');
  const download = await saved(page, () => dialog.getByRole('button', { name: 'Save JSON' }).click());
  const json = await textOf(download);
  await page.keyboard.press('Escape');
  await explorer.button('Example 1').click();
  await expect(explorer.region('Mappings')).not.toContainText('op 3');
  await drop(page, { name: download.suggestedFilename(), text: json });
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByLabel('More scenarios')).toContainText('Example 2');
  await expect(explorer.button('Example 2')).toHaveAttribute('aria-pressed', 'true');
});

test('tables go out as an image and as info tlb, and come in as a machine to explore', async ({ page }) => {
  const { explorer, dialog } = await opened(page);
  const text = await textOf(await saved(page, () => dialog.getByRole('button', { name: 'info tlb' }).click()));
  expect(text.split('\n')[0]).toBe('0000440000000000: 0000000000006000 X-------W');
  await expect(dialog.getByRole('status')).toContainText(/info tlb saved: [\d ]+ lines/);

  const both: Download[] = [];
  page.on('download', (download) => both.push(download));
  await dialog.getByRole('button', { name: 'Memory image' }).click();
  await expect(dialog.getByRole('status')).toContainText(/Memory image saved: \d+ tables/);
  await expect.poll(() => both.length).toBe(2);
  const [image, sidecar] = ['.bin', '.json'].map((end) => both.find((one) => one.suggestedFilename().endsWith(end))!);
  const bytes = [...readFileSync(await image.path())];
  await page.keyboard.press('Escape');

  const walk = explorer.region('Page walk');
  for (const files of [
    [{ name: 'tlb.txt', text }],
    [
      { name: 'tables.bin', bytes },
      { name: 'tables.json', text: await textOf(sidecar) },
    ],
  ]) {
    await drop(page, ...files);
    await expect(page.getByLabel('More scenarios')).toContainText('Tables of');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(walk).toContainText('0x6000');
    await expect(explorer.region('Mappings')).not.toContainText('0x4400');
    await explorer.button('Map').click();
    await expect(explorer.result).toContainText('VMK_OK');
    await expect(explorer.result).toContainText('0x440000018000');
    await explorer.button('Undo').click();
    await explorer.button('Undo').click();
    await expect(page.getByLabel('More scenarios')).toContainText('Example 2');
  }
});

test('an image without its sidecar asks where the tables are', async ({ page }) => {
  const { explorer, dialog } = await opened(page);
  const both: Download[] = [];
  page.on('download', (download) => both.push(download));
  await dialog.getByRole('button', { name: 'Memory image' }).click();
  await expect.poll(() => both.length).toBe(2);
  const image = both.find((one) => one.suggestedFilename().endsWith('.bin'))!;
  const bytes = [...readFileSync(await image.path())];
  await page.keyboard.press('Escape');
  await drop(page, { name: 'memory.bin', bytes });
  const open = page.getByRole('dialog', { name: 'Open a file' });
  const form = open.getByRole('form', { name: 'Where the tables are' });
  await expect(form).toContainText('memory.bin is a memory image');
  await form.getByRole('button', { name: 'Open it' }).click();
  await expect(form.getByLabel(/^CR3/)).toHaveAccessibleDescription(/write a decimal or 0x number/);
  expect((await new AxeBuilder({ page }).include('dialog').analyze()).violations).toEqual([]);
  await form.getByLabel(/^CR3/).fill('0x1000000');
  await form.getByRole('button', { name: 'Open it' }).click();
  await expect(open.getByRole('status')).toContainText('memory.bin: CR3 names a frame that is not in it');
  await form.getByLabel(/first byte/).fill('0x123');
  await form.getByRole('button', { name: 'Open it' }).click();
  await expect(form.getByLabel(/first byte/)).toHaveAccessibleDescription(/write a multiple of 4096/);
  await expect(open.getByRole('status')).toHaveText('');
  await form.getByLabel(/^CR3/).fill('0x1000123');
  await expect(form).toContainText('The PML4 is at 0x1000000');
  await form.getByLabel(/first byte/).fill('0x100_0000');
  await form.getByRole('button', { name: 'Open it' }).click();
  await expect(open).toBeHidden();
  await expect(explorer.region('Page walk')).toContainText('0x6000');
});

test('dropped C opens with its remarks; without a call it waits to be completed', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await drop(page, { name: 'example.c', text: EXAMPLE_2 });
  const source = page.getByRole('region', { name: 'C source', exact: true });
  await expect(source).toContainText('In step with the scenario: 3 operations, 2 remarks.');
  await expect(explorer.region('Timeline')).toContainText('of 53');
  await drop(page, { name: 'empty.c', text: 'vmk_VA va;' });
  await expect(source.getByRole('list', { name: 'Remarks' })).toContainText('No call was reached');
  await expect(explorer.region('Timeline')).toContainText('of 53');
  // A text of the reader's own is not given up for a file.
  const text = source.getByRole('textbox');
  await text.fill('vmk_VA mine;');
  await drop(page, { name: 'other.c', text: EXAMPLE_1 });
  await expect(page.getByRole('dialog')).toContainText('It is open. Line 12: <myModuleID> stands for the module net.');
  await page.keyboard.press('Escape');
  await expect(text).toHaveValue('vmk_VA mine;');
});

test('a text with a link opens what the link does', async ({ page }) => {
  await new ExplorerPage(page).open();
  const link = readFileSync('e2e/links.txt', 'utf8')
    .split('\n')
    .find((line) => line.includes('v1.'))!;
  await drop(page, { name: 'link.txt', text: `${link.slice(link.indexOf('v1.'))}\n` });
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByLabel('More scenarios')).toHaveValue('example-1');
  await drop(page, { name: 'cut.txt', text: '#v1.NAEL' });
  await expect(page.getByRole('dialog', { name: 'Open a file' }).getByRole('status')).toContainText(/cut\.txt: .*link/);
});

test('a file that is wrong says where, and nothing is lost', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  const open = page.getByRole('dialog', { name: 'Open a file' });
  const wrongs = [
    [[{ name: 'a.json', text: '{"version": 1,' }], /a\.json: .*line 1, column 15/],
    [
      [{ name: 'b.json', text: '{"version": 1, "ops": [{"op": "mop"}]}' }],
      /b\.json: ops\[0\]\.op is "mop": must be one of/,
    ],
    [[{ name: 'c.txt', text: '0000440000000000: 0000000000006000 ---------\nmore' }], /c\.txt: line 2: "more" is none/],
    [[{ name: 'd.txt', text: 'hello' }], /d\.txt: nothing here reads this text/],
    [[{ name: 'e.bin', text: '' }], /e\.bin: it is empty/],
    [[{ name: 'e.pdf', text: '%PDF-1.7' }], /e\.pdf: it is a PDF\. Pagescope opens scenarios .*raw memory images/],
    [[{ name: 'f.json', text: '{"format": "pagescope-tables"}' }], /Open both together/],
    [
      [
        { name: 'a', text: 'a' },
        { name: 'b', text: 'b' },
        { name: 'c', text: 'c' },
      ],
      /3 files: open one/,
    ],
  ] as const;
  for (const [files, says] of wrongs) {
    await drop(page, ...files);
    await expect(open.getByRole('status')).toContainText(says);
    await page.keyboard.press('Escape');
    await expect(open).toBeHidden();
  }
  await expect(explorer.result).toContainText('VMK_OK');
  await expect(explorer.button('Undo')).toHaveAttribute('aria-disabled', 'true');
});

test('lists are saved as CSV', async ({ page }) => {
  const { dialog } = await opened(page);
  for (const [name, head] of [
    ['TLB entries', 'pcpu,cache,set,way,va'],
    ['Mappings', 'name,module,kind,va'],
    ['Costs', 'operation,what,pcpu,status'],
  ] as const) {
    const text = await textOf(await saved(page, () => dialog.getByRole('button', { name, exact: true }).click()));
    expect(text.startsWith(head)).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
  }
});

test('tables that are too many are refused in words, and the page goes on', async ({ page }) => {
  const explorer = await new ExplorerPage(page).open();
  await page.getByLabel('More scenarios').selectOption({ label: 'One range of 2^32 − 1 pages' });
  await expect(explorer.result).toContainText('VMK_OK');
  await page.getByRole('button', { name: 'Export or open' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('button', { name: 'info tlb' }).click();
  await expect(dialog.getByRole('status')).toContainText('more than 4 000 000 pages');
  await dialog.getByRole('button', { name: 'Memory image' }).click();
  await expect(dialog.getByRole('status')).toContainText('more than 16 384 tables');
});

test('on paper there are all panels, light, and no controls', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const explorer = await new ExplorerPage(page).open();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(explorer.button('Map')).toBeHidden();
  await expect(explorer.button('Play')).toBeHidden();
  let below = 0;
  for (const name of REGIONS.filter((one) => one !== 'Request')) {
    const box = (await explorer.region(name).boundingBox())!;
    expect(box.y, name).toBeGreaterThanOrEqual(below - 1);
    below = box.y + box.height;
  }
  await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

for (const size of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`both dialogs have no violations at ${size.width} × ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    const { dialog } = await opened(page);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await dialog.getByRole('button', { name: 'Open a file …' }).click();
    await expect(page.getByRole('dialog', { name: 'Open a file' })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}

test('both are commands of the palette', async ({ page }) => {
  await new ExplorerPage(page).open();
  for (const [query, name] of [
    ['export pictures', 'Export'],
    ['open a file', 'Open a file'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Find' })).toBeVisible();
    await page.keyboard.type(query);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name, exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
  }
});
