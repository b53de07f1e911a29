// One popular item, 100 requests a second for it, and a load that takes half a second. Each time the copy expires,
// everybody who comes until the first load is done loads as well: 1 + rate x duration, about 51 loads for one.
// Also says what the two protected runs share with it: see stampede-lock.ts and stampede-early.ts.
import type { Scenario } from '../../_shared/check.ts';
import { between, dueBetween, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { burstsOf, loadsOf, mean } from '../readings/reading.ts';

const UNTIL_MS = 20_000;
/** The first copy is made in the first second, with or without protection. It is not counted. */
const WARM_MS = 2000;

/** `loads` is the range of the mean number of loads for one expiry. */
export function stampede(
  name: string,
  guard: string,
  title: string,
  loads: { readonly least: number; readonly most: number },
): Scenario {
  return {
    name,
    title,
    seed: 4711,
    untilMs: UNTIL_MS,
    env: {
      clients: { ITEMS: '1' },
      shop: { TTL_MS: '4000', GUARD: guard },
      database: { LOAD_MS: '500', SLOTS: '100' },
    },
    actions: [],
    shows(run) {
      return [
        between('lost requests', lostAmong(samplesOf(run)), 0, 0),
        between('times that the copy was renewed', burstsAfterStart(run).length, 3, 9),
        between('loads for one expiry', mean(burstsAfterStart(run)), loads.least, loads.most),
      ];
    },
    values(run) {
      const bursts = burstsAfterStart(run);
      const later = dueBetween(samplesOf(run), WARM_MS, UNTIL_MS);
      return {
        expiries: bursts.length,
        loadsPerExpiry: mean(bursts),
        leastLoads: Math.min(...bursts),
        mostLoads: Math.max(...bursts),
        p99Ms: latencyMs(later, 0.99),
        waitedPercent: (100 * later.filter((sample) => sample.latencyMs > 20).length) / later.length,
      };
    },
  };
}

/** A burst that the end of the run may have cut is left out. */
function burstsAfterStart(run: Parameters<Scenario['shows']>[0]): number[] {
  const times = loadsOf(run).filter((time) => time > WARM_MS);
  const lastMs = times.at(-1) ?? 0;
  const bursts = burstsOf(times, 700);
  return lastMs > UNTIL_MS - 1000 ? bursts.slice(0, -1) : bursts;
}

export const scenario: Scenario = stampede(
  'stampede',
  'none',
  'One popular key expires every few seconds, and everybody who misses it loads it.',
  { least: 40, most: 62 },
);
