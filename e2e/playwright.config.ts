import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser, launchOptions } from '../src/cli/browser.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PORT = process.env['E2E_PORT'] ?? '4179';
const URL_SERVED = `http://127.0.0.1:${PORT}/`;

/** Tests the production build in dist, which must be there. */
export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  forbidOnly: Boolean(process.env['CI']),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 30_000,
  globalTimeout: 11 * 60_000,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    baseURL: URL_SERVED,
    launchOptions: launchOptions(await findBrowser()),
    trace: 'off',
    viewport: { width: 1280, height: 800 },
  },
  webServer: {
    // Not through npx, which would leave the server running when it is killed itself.
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${PORT} --strictPort`,
    cwd: ROOT,
    url: URL_SERVED,
    reuseExistingServer: false,
  },
});
