// `kill -9` of app2: its kernel refuses at once, so requests fail fast until the health checks take it out.
// Must show losses within share x interval x threshold, quick failures, and two apps serving on.
import type { Scenario } from '../../_shared/check.ts';
import { outageOf } from '../../_shared/outage.ts';
import { between } from '../../_shared/reading.ts';

const OUTAGE_MS = 10_000;
/** Requests per second of one app, seconds between checks, bad checks in a row: from cluster.json. */
const SHARE_PER_SECOND = 30;
const INTERVAL_S = 2;
const THRESHOLD = 2;
const bound = SHARE_PER_SECOND * INTERVAL_S * THRESHOLD;

export const scenario: Scenario = {
  name: 'kill-app',
  title: 'After 10 seconds app2 is killed.',
  seed: 4711,
  untilMs: 30_000,
  actions: [{ atNs: OUTAGE_MS * 1e6, do: 'kill', machine: 'app2' }],
  shows(run) {
    const outage = outageOf(run, 'app2', OUTAGE_MS);
    return [
      between('lost before the kill', outage.lostBefore, 0, 0),
      // Poisson arrivals may exceed their mean: four standard deviations are allowed.
      between('lost after the kill', outage.lostAfter, 30, Math.ceil(bound + 4 * Math.sqrt(bound))),
      between(
        'seconds until app2 is out',
        outage.detectedAfterS,
        INTERVAL_S * (THRESHOLD - 1),
        INTERVAL_S * THRESHOLD,
      ),
      between('lost once it is out', outage.lostOnceOut, 0, 0),
      between('slowest failure, ms', outage.slowestLostMs, 0, 100),
    ];
  },
  values(run) {
    const outage = outageOf(run, 'app2', OUTAGE_MS);
    return {
      lostAfterKill: outage.lostAfter,
      bound,
      detectedAfterS: outage.detectedAfterS,
      lostPercent: outage.lostPercent,
      slowestLostMs: outage.slowestLostMs,
      p99AfterMs: outage.p99AfterMs,
      answeredBy: outage.answeredByAfter,
      reasons: outage.reasons,
    };
  },
};
