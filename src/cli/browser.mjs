/**
 * Finds a Chromium that Playwright can drive, or installs one, and remembers it in node_modules/.cache.
 *
 * Playwright's own download needs its servers; a closed network has them not. So, in order: CHROMIUM_PATH, a browser
 * of the system, Playwright's own if present, the one inside the optional npm package, the system's package manager,
 * and at last Playwright's download. Each candidate counts only once it has been launched and has drawn a page.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CACHE, ROOT } from './install.mjs';

/**
 * @typedef {{ executablePath?: string, args: string[], env?: Record<string, string> }} Browser
 *   Without executablePath it is Playwright's own; env holds what to add to the environment.
 */

const ANSWER = join(CACHE, 'browser.json');
const OLDEST_MAJOR = 120;

const isRoot = process.getuid?.() === 0;
const ARGS = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const log = (text) => process.stderr.write(`${text}\n`);

/**
 * What Playwright's launch() is to be given for a browser found here.
 * @param {Browser} browser
 */
export function launchOptions({ executablePath, args, env }) {
  return { executablePath, args, env: env && { ...process.env, ...env } };
}

async function works(browser) {
  const { chromium } = await import('@playwright/test');
  let running;
  try {
    running = await chromium.launch({ ...launchOptions(browser), timeout: 30_000 });
    const page = await running.newPage();
    await page.setContent('<h1>probe</h1>', { timeout: 10_000 });
    await page.screenshot({ timeout: 10_000 });
    return (await page.textContent('h1')) === 'probe' && Number.parseInt(running.version(), 10) >= OLDEST_MAJOR;
  } catch {
    return false;
  } finally {
    await running?.close().catch(() => undefined);
  }
}

const SYSTEM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chromium-headless-shell',
];

const SYSTEM_PLACES = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
];

function* fromSystem() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const named = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const executablePath of [...named, ...SYSTEM_PLACES]) {
    if (existsSync(executablePath)) yield { executablePath, args: ARGS };
  }
}

function* fromVariable() {
  const executablePath = process.env.CHROMIUM_PATH;
  if (executablePath) yield { executablePath, args: ARGS };
}

function* fromPlaywright() {
  yield { args: ARGS };
}

/** Unpacks the browser of the npm package beside the cache, never into the shared temporary folder it would choose. */
async function* fromPackage() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return;
  const home = join(CACHE, 'chromium');
  const executablePath = join(home, 'chromium');
  if (!existsSync(executablePath) && !(await unpackTo(home))) return;
  const fontSettings = join(home, 'fonts.conf');
  writeFileSync(fontSettings, fontsOf(home));
  const libraries = [join(home, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  yield { executablePath, args: ARGS, env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontSettings } };
}

/** The system's fonts where it has any, and the package's, whose own settings know them only in /tmp. */
const fontsOf = (home) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(home, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;

async function unpackTo(home) {
  const staging = `${home}.${process.pid}`;
  // The package asks for the temporary folder when it unpacks, and for this variable when it decides whether to bring
  // its own system libraries. Its import also changes the library path of this process, which is put back.
  const changed = { TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x', LD_LIBRARY_PATH: '', FONTCONFIG_PATH: '' };
  const before = Object.fromEntries(Object.keys(changed).map((name) => [name, process.env[name]]));
  try {
    mkdirSync(staging, { recursive: true });
    Object.assign(process.env, changed);
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    rmSync(home, { recursive: true, force: true });
    renameSync(staging, home);
    return true;
  } catch {
    return false; // The package is optional: it may not be installed, or be broken here.
  } finally {
    rmSync(staging, { recursive: true, force: true });
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** Both outputs go to stderr: who asks for a browser may own stdout. */
function run(command, ...args) {
  log(`> ${[command, ...args].join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { cwd: ROOT, env, stdio: ['ignore', 2, 2] }).status === 0;
}

function* fromPackageManager() {
  if (!isRoot || process.platform !== 'linux' || spawnSync('apt-get', ['--version']).status !== 0) return;
  run('apt-get', 'update', '-q');
  for (const name of ['chromium-headless-shell', 'chromium']) {
    if (run('apt-get', 'install', '-y', '-q', '--no-install-recommends', name)) yield* fromSystem();
  }
}

function* fromDownload() {
  const withDependencies = isRoot && process.platform === 'linux' ? ['--with-deps'] : [];
  const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
  if (run(process.execPath, cli, 'install', ...withDependencies, '--only-shell', 'chromium')) yield* fromPlaywright();
}

/** @type {readonly (readonly [string, () => Iterable<Browser> | AsyncIterable<Browser>])[]} */
const SOURCES = [
  ['CHROMIUM_PATH', fromVariable],
  ['a browser of the system', fromSystem],
  ["Playwright's own", fromPlaywright],
  ['the npm package', fromPackage],
  ['the package manager', fromPackageManager],
  ["Playwright's download", fromDownload],
];

function remembered() {
  try {
    const { asked, browser } = JSON.parse(readFileSync(ANSWER, 'utf8'));
    const present = browser.executablePath === undefined || existsSync(browser.executablePath);
    return present && asked === process.env.CHROMIUM_PATH ? browser : undefined;
  } catch {
    return undefined;
  }
}

function remember(browser) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(ANSWER, JSON.stringify({ asked: process.env.CHROMIUM_PATH, browser }));
}

/**
 * @param {{ probe?: boolean }} options probe: launch even the remembered one, which is otherwise trusted.
 * @returns {Promise<Browser>}
 */
export async function findBrowser({ probe = false } = {}) {
  const known = remembered();
  if (known && (!probe || (await works(known)))) return known;
  for (const [source, candidates] of SOURCES) {
    for await (const browser of candidates()) {
      if (!(await works(browser))) continue;
      log(`Browser: ${source}${browser.executablePath ? ` (${browser.executablePath})` : ''}`);
      remember(browser);
      return browser;
    }
  }
  throw new Error('No Chromium could be found or installed. Install one and set CHROMIUM_PATH to its executable.');
}
