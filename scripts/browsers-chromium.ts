// Chromium as one of the browsers that scripts/browsers.ts compares: driven by Playwright, as the site's tests are.
// Refuses nothing: what is missing is said by `missing`. Called by scripts/browsers.ts.
import { chromium } from '@playwright/test';
import { browserArguments, installedBrowser } from './browser.ts';
import type { Remote, RemoteBrowser } from './browsers-remote.ts';

async function open(address: string): Promise<Remote> {
  const browser = await chromium.launch({
    executablePath: installedBrowser() ?? '',
    args: [...browserArguments],
  });
  const page = await browser.newPage();
  await page.goto(address);
  return {
    evaluate: async (expression) => String(await page.evaluate(expression)),
    close: () => browser.close(),
  };
}

export const chromiumRemote: RemoteBrowser = {
  name: 'Chromium',
  packages: ['chromium'],
  missing: () => (installedBrowser() === undefined ? 'chromium' : null),
  open,
};
