// SIGSTOP of app2: its kernel still accepts connections, but nobody answers on them.
// Must show that silence costs the balancer's whole patience per request, and that checks notice it later than a kill.
import type { Scenario } from '../../_shared/check.ts';
import { outageOf } from '../../_shared/outage.ts';
import { between } from '../../_shared/reading.ts';

const OUTAGE_MS = 10_000;
/** Seconds between checks, bad checks in a row, patience of one check: from cluster.json. */
const INTERVAL_S = 2;
const THRESHOLD = 2;
const CHECK_TIMEOUT_S = 1;

export const scenario: Scenario = {
  name: 'freeze-app',
  title: 'After 10 seconds app2 is frozen.',
  seed: 4711,
  untilMs: 30_000,
  actions: [{ atNs: OUTAGE_MS * 1e6, do: 'freeze', machine: 'app2' }],
  shows(run) {
    const outage = outageOf(run, 'app2', OUTAGE_MS);
    const latestS = INTERVAL_S * THRESHOLD + CHECK_TIMEOUT_S;
    return [
      between('lost before', outage.lostBefore, 0, 0),
      between('lost after', outage.lostAfter, 30, 200),
      between('seconds until app2 is out', outage.detectedAfterS, INTERVAL_S * (THRESHOLD - 1), latestS),
      between('lost once it is out', outage.lostOnceOut, 0, 0),
      between('slowest failure, ms', outage.slowestLostMs, 1000, 1500),
    ];
  },
  values(run) {
    const outage = outageOf(run, 'app2', OUTAGE_MS);
    return {
      lostAfter: outage.lostAfter,
      detectedAfterS: outage.detectedAfterS,
      slowestLostMs: outage.slowestLostMs,
      answeredBy: outage.answeredByAfter,
      reasons: outage.reasons,
    };
  },
};
