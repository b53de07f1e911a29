// Finds a Chromium that the tests and the diagram renderer can start: an installed one, else Playwright's own
// download, else Debian's package when we are root, else a message that says what to do. Refuses to guess
// silently: what it found is printed. Called by playwright.config.ts, scripts/test.ts and scripts/diagrams.ts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const wellKnown = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Arguments that every start of the browser needs here: root has no sandbox of its own. */
export const browserArguments: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Path of a browser that is already there, or undefined. */
export function installedBrowser(): string | undefined {
  const named = process.env['BROWNOUT_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named))
      throw new Error(`BROWNOUT_CHROMIUM: expected a browser, found nothing at ${named}: correct the path.`);
    return named;
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...wellKnown, chromium.executablePath()].find((path) => existsSync(path));
}

/** Path of a browser, fetched if there is none. Throws a message that says what to do. */
export function findBrowser(): string {
  const there = installedBrowser();
  if (there !== undefined) return there;
  const tried: string[] = [];
  for (const [command, ...rest] of waysToGetOne()) {
    if (command === undefined) continue;
    tried.push([command, ...rest].join(' '));
    process.stderr.write(`No Chromium found; trying: ${tried.at(-1)}\n`);
    if (spawnSync(command, rest, { stdio: 'inherit' }).status === 0) {
      const now = installedBrowser();
      if (now !== undefined) return now;
    }
  }
  throw new Error(
    `Expected a Chromium for the browser tests, found none (tried: ${tried.join('; ')}). ` +
      'Install chromium or Google Chrome, or set BROWNOUT_CHROMIUM to the path of one.',
  );
}

function waysToGetOne(): string[][] {
  const ways = [['npx', 'playwright', 'install', 'chromium']];
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    ways.push(['sh', '-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium']);
  }
  return ways;
}
