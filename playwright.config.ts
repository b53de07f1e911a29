// How Playwright tests the built site: a real Chromium against dist/ as scripts/serve.ts serves it, on port 4322.
// Does not build; scripts/test.ts does that first. BROWNOUT_CHROMIUM names another browser.
import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/browser.ts';

export default defineConfig({
  testDir: 'tests/site',
  outputDir: 'test-results',
  fullyParallel: true,
  // Three are no faster on two cores.
  workers: 2,
  // A second try is reported as flaky: a busy computer shall not hide what the other tests say.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    baseURL: 'http://localhost:4322',
    launchOptions: { executablePath: findBrowser(), args: [...browserArguments] },
    // The service worker answers for the network; tests that look at the network do without it.
    serviceWorkers: 'block',
    trace: 'on-first-retry',
  },
  webServer: {
    command: 'node scripts/serve.ts 4322',
    url: 'http://localhost:4322/',
    reuseExistingServer: false,
  },
});
