import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { libraryScenario } from '../src/scenario/library-files';
import { openSite, settle, visit, type Site } from './ui-page';

const FOLDER = 'test-results/screens';
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
];

/** What is looked at, by name: how to get there from a fresh visit. */
const PLACES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  rest: async () => undefined,
  shootdown: toShootdown,
  fault: (page) => press(page, 'End'),
  tree: (page) =>
    page
      .getByRole('radio', { name: 'tree' })
      .or(page.getByRole('button', { name: 'tree' }))
      .first()
      .click(),
  memory: (page) => page.getByRole('button', { name: 'Whole memory' }).click(),
  palette: (page) => page.keyboard.press('Control+k'),
  keys: (page) => page.keyboard.press('?'),
  settings: (page) => page.getByRole('button', { name: 'Settings' }).click(),
};

/**
 * `npm run screens [-- place…]`: pictures of the built page at fixed steps, in every size and both themes, in test-results/screens, for
 * people to look at.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const unknown = argv.filter((name) => !(name in PLACES));
  if (unknown.length > 0) {
    console.error(`screens: no place is called ${unknown.join(', ')}; there are ${Object.keys(PLACES).join(', ')}`);
    return 2;
  }
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], {
    stdio: 'ignore',
  });
  mkdirSync(FOLDER, { recursive: true });
  const site = await openSite();
  try {
    for (const name of argv.length > 0 ? argv : Object.keys(PLACES)) await shoot(site, name);
  } finally {
    await site.close();
  }
  return 0;
}

async function shoot(site: Site, name: string): Promise<void> {
  for (const size of SIZES) {
    for (const dark of [false, true]) {
      const page = await visit(site, { size, dark });
      await PLACES[name](page);
      await settle(page);
      const file = `${FOLDER}/${name}-${size.width}-${dark ? 'dark' : 'light'}.png`;
      await page.screenshot({ path: file, fullPage: size.width < 800 });
      console.log(file);
      await page.context().close();
    }
  }
}

async function press(page: Page, key: string): Promise<void> {
  await page.getByRole('slider', { name: 'Step', exact: true }).focus();
  await page.keyboard.press(key);
}

/** Into the middle of Example 2's change of attributes: the entries are written, the IPIs are on their way. */
async function toShootdown(page: Page): Promise<void> {
  const { ops } = libraryScenario('example-2')!;
  const change = ops.findIndex(({ op }) => op === 'change');
  await press(page, 'Home');
  const next = page.getByRole('button', { name: 'Next operation', exact: true });
  for (let i = 0; i < change; i++) await next.click();
  const forward = page.getByRole('button', { name: 'Step forward', exact: true });
  const narration = page.getByRole('region', { name: 'Timeline' });
  for (let i = 0; i < 30; i++) {
    if (/interrupts \d+ other/.test(await narration.innerText())) break;
    await forward.click();
    await settle(page);
  }
  await forward.click();
  await forward.click();
}
