// A scenario in which app2 falls silent after 10 seconds: nothing is refused, nothing reset. Says what every silence
// must show, whatever its cause: lost requests cost the balancer's whole patience, and checks notice it late.
// Used by scenarios/freeze-app.ts and scenarios/power-off.ts of load-balancer.
import type { Action, Scenario } from './check.ts';
import { outageOf } from './outage.ts';
import { between } from './reading.ts';

const OUTAGE_MS = 10_000;
/** Seconds between checks, bad checks in a row, patience of one check: from cluster.json. */
const INTERVAL_S = 2;
const THRESHOLD = 2;
const CHECK_TIMEOUT_S = 1;

export function silentOutage(
  about: Pick<Scenario, 'name' | 'title'>,
  how: Extract<Action['do'], 'freeze' | 'powerOff'>,
): Scenario {
  return {
    ...about,
    seed: 4711,
    untilMs: 30_000,
    actions: [{ atNs: OUTAGE_MS * 1e6, do: how, machine: 'app2' }],
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
}
