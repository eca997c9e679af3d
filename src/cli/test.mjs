/**
 * `npm test [-- --only unit,types]`: every check, one after the other, going on after a failure. The last line is
 * `N passed, N failed`, summed over all of them; the exit code is 0 only when something passed and nothing failed.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, ROOT, ensureInstalled } from './install.mjs';

const VITEST_REPORT = join(CACHE, 'vitest.json');
const PLAYWRIGHT_REPORT = join(CACHE, 'playwright.json');
const MINUTE_MS = 60_000;

const say = (text) => process.stdout.write(`${text}\n`);

/** Resolves to whether the command ended well. */
function run(command, args, { minutes, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: command === 'npm' && process.platform === 'win32',
      timeout: minutes * MINUTE_MS,
    });
    child.on('error', (error) => {
      say(String(error));
      resolve(false);
    });
    child.on('close', (code, signal) => {
      if (signal) say(`ended by ${signal} (the limit is ${minutes} minutes)`);
      resolve(code === 0);
    });
  });
}

const npm = (script, minutes) => run('npm', ['run', '--silent', script], { minutes });

const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

/** A suite that says it failed, or that ran nothing, has failed at least once, whatever its report says. */
function counted(ok, report, count) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = count(JSON.parse(readFileSync(report, 'utf8')));
  } catch (error) {
    say(`no readable report: ${String(error)}`);
  }
  const broken = counts.failed === 0 && (!ok || counts.passed === 0);
  return broken ? { ...counts, failed: 1 } : counts;
}

function countVitest({ numPassedTests, numFailedTests, numPendingTests, testResults }) {
  const unloadable = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unloadable.length, skipped: numPendingTests };
}

function countPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

async function unit() {
  rmSync(VITEST_REPORT, { force: true });
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${VITEST_REPORT}`,
  ];
  const ok = await run(process.execPath, args, { minutes: 6 });
  return counted(ok, VITEST_REPORT, countVitest);
}

async function e2e({ build }) {
  if (build?.failed) {
    say('skipped: there is no build to test');
    return one(false);
  }
  const { findBrowser } = await import('./browser.mjs');
  await findBrowser({ probe: true });
  rmSync(PLAYWRIGHT_REPORT, { force: true });
  const args = [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config',
    'e2e/playwright.config.ts',
    '--reporter=list,json',
  ];
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT };
  const ok = await run(process.execPath, args, { minutes: 12, env });
  return counted(ok, PLAYWRIGHT_REPORT, countPlaywright);
}

const STAGES = {
  types: async () => one(await npm('types', 3)),
  lint: async () => one(await npm('lint', 3)),
  format: async () => one(await npm('format:check', 3)),
  unit,
  build: async () => one(await npm('build', 3)),
  e2e,
};

function chosen() {
  const values = readOptions();
  const names = values.only?.split(',') ?? Object.keys(STAGES);
  const unknown = names.filter((name) => !(name in STAGES));
  if (unknown.length === 0) return names;
  process.stderr.write(`No such stage: ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}.\n`);
  return process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({ options: { only: { type: 'string' } } }).values;
  } catch (error) {
    process.stderr.write(`${error.message}\nusage: npm test [-- --only STAGE,…]\n`);
    return process.exit(2);
  }
}

async function attempt(name, results) {
  say(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
  const begun = performance.now();
  const counts = await STAGES[name](results).catch((error) => {
    say(error instanceof Error ? error.stack : String(error));
    return one(false);
  });
  return { ...counts, seconds: (performance.now() - begun) / 1000 };
}

function summary(results) {
  const cell = (value, width) => String(value).padStart(width);
  const rows = Object.entries(results).map(
    ([name, { passed, failed, skipped = 0, seconds }]) =>
      `${name.padEnd(8)}${cell(passed, 8)}${cell(failed, 8)}${cell(skipped, 9)}${cell(seconds.toFixed(1), 9)}`,
  );
  return ['', '          passed  failed  skipped  seconds', ...rows, ''].join('\n');
}

const names = chosen();
ensureInstalled();
mkdirSync(CACHE, { recursive: true });

const results = {};
for (const name of names) results[name] = await attempt(name, results);

const total = (kind) => Object.values(results).reduce((sum, counts) => sum + counts[kind], 0);
say(summary(results));
say(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = total('failed') === 0 && total('passed') > 0 ? 0 : 1;
