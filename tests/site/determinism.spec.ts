// Same cluster, files, seed and actions: the same trace hash in Node, Chromium, Firefox and WebKit, for seeds with
// faults. Chromium always, the others where they are installed; `npm run browsers` installs them and runs 100.
// A difference prints its seed and the command that repeats it.
import { expect, test } from '@playwright/test';
import { hashIn, prepare } from '../../scripts/browsers.ts';
import { remoteBrowsers } from '../../scripts/browsers-remote.ts';
import { playInNode, specs, UNTIL_NS } from '../../scripts/browsers-runs.ts';
import { openEngine, playInPage } from './engine-page.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
/** Those that start slowly are tried with fewer. */
const SEEDS_ELSEWHERE = SEEDS.slice(0, 3);

test('20 seeds with faults give the same hash in Node and in Chromium', async ({ page }) => {
  test.setTimeout(300_000);
  const specOf = await specs();
  await openEngine(page);
  const seen = new Set<string>();
  for (const seed of SEEDS) {
    const [node, chromium] = await Promise.all([
      playInNode(specOf(seed)),
      playInPage(page, specOf(seed), UNTIL_NS),
    ]);
    expect(chromium.hash, `seed=${seed}: repeat with npx playwright test determinism`).toBe(node.hash);
    seen.add(node.hash);
  }
  expect(seen.size, 'different outages give different runs').toBe(SEEDS.length);
});

for (const browser of remoteBrowsers) {
  const missing = browser.missing();
  const why = missing === null ? '' : ` (skipped: ${missing} is not installed)`;
  test(`${SEEDS_ELSEWHERE.length} seeds with faults give the same hash in Node and in ${browser.name}${why}`, async ({
    baseURL,
  }) => {
    test.skip(missing !== null, `${missing} is not installed`);
    test.setTimeout(300_000);
    const specOf = await specs();
    const remote = await browser.open(`${baseURL}/licence/`);
    try {
      await prepare(remote);
      for (const seed of SEEDS_ELSEWHERE) {
        const { hash } = await playInNode(specOf(seed));
        expect(await hashIn(remote, specOf(seed)), `seed=${seed}: repeat with npm run browsers`).toBe(hash);
      }
    } finally {
      await remote.close();
    }
  });
}
