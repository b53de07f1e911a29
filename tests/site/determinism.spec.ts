// Same cluster, files, seed and actions: the same trace hash in Node, Chromium, Firefox and WebKit, for outages of the
// load-balancer and for the chaotic cluster. Chromium always, the others where they are installed; `npm run browsers`
// installs them and runs 100 seeds of each. A difference prints its seed and the command that repeats it.
import { expect, test } from '@playwright/test';
import { hashIn, prepare } from '../../scripts/browsers.ts';
import { remoteBrowsers } from '../../scripts/browsers-installed.ts';
import { comparedRuns, playInFreshThread, playOn } from '../../scripts/browsers-runs.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { engineAddress, openEngine, playInPage } from './engine-page.ts';

const runs = await comparedRuns();
const SEEDS = Array.from({ length: 2 }, (_, index) => index + 1);
/** Those that start slowly are tried with fewer. */
const SEEDS_ELSEWHERE = SEEDS.slice(0, 1);

for (const { name, specOf, untilNs } of runs) {
  test(`${SEEDS.length} seeds of ${name} give the same hash in Node, twice, and in Chromium`, async ({
    page,
  }) => {
    test.setTimeout(300_000);
    await openEngine(page);
    const node = datacenterRuntime();
    const seen = new Set<string>();
    for (const seed of SEEDS) {
      const spec = specOf(seed);
      const [first, chromium] = await Promise.all([
        playOn(node, spec, untilNs),
        playInPage(page, spec, untilNs),
      ]);
      expect(chromium.hash, `seed=${seed}: repeat with npm run browsers`).toBe(first.hash);
      seen.add(first.hash);
    }
    const spec = specOf(1);
    const again = [await playOn(node, spec, untilNs), await playInFreshThread(spec, untilNs)];
    expect(again.map(({ hash }) => hash)).toEqual([[...seen][0], [...seen][0]]);
    await node.close();
    expect(seen.size, 'different seeds give different runs').toBe(SEEDS.length);
  });
}

for (const browser of remoteBrowsers) {
  const missing = browser.missing();
  const why = missing === null ? '' : ` (skipped: ${missing} is not installed)`;
  test(`seed ${SEEDS_ELSEWHERE.join(', ')} of each gives the same hash in Node and in ${browser.name}${why}`, async ({
    baseURL,
  }) => {
    test.skip(missing !== null, `${missing} is not installed`);
    test.setTimeout(300_000);
    const remote = await browser.open(`${baseURL}${engineAddress}`);
    try {
      await prepare(remote);
      for (const { specOf, untilNs } of runs) {
        for (const seed of SEEDS_ELSEWHERE) {
          const { hash } = await playInFreshThread(specOf(seed), untilNs);
          const there = await hashIn(remote, specOf(seed), untilNs);
          expect(there, `seed=${seed}: repeat with npm run browsers`).toBe(hash);
        }
      }
    } finally {
      await remote.close();
    }
  });
}
