// The same kill, with least connections: a dead app fails at once, so it always looks idle and attracts requests.
// Must show that a larger share is lost than round robin's third until the health checks step in.
import type { Scenario } from '../../_shared/check.ts';
import { outageOf } from '../../_shared/outage.ts';
import { between } from '../../_shared/reading.ts';

const OUTAGE_MS = 10_000;

export const scenario: Scenario = {
  name: 'least-connections',
  title: 'The balancer picks the app with the fewest requests in flight; after 10 seconds app2 is killed.',
  seed: 4711,
  untilMs: 30_000,
  env: {
    balancer: { PICK: 'least-connections' },
    app1: { SERVICE_MS: '18' },
    app2: { SERVICE_MS: '18' },
    app3: { SERVICE_MS: '18' },
  },
  actions: [{ atNs: OUTAGE_MS * 1e6, do: 'kill', machine: 'app2' }],
  shows(run) {
    const outage = outageOf(run, 'app2', OUTAGE_MS);
    return [
      between('lost before the kill', outage.lostBefore, 0, 0),
      between('percent lost until app2 is out', outage.lostPercent, 38, 75),
      between('lost once it is out', outage.lostOnceOut, 0, 0),
    ];
  },
  values(run) {
    const outage = outageOf(run, 'app2', OUTAGE_MS);
    return {
      lostAfterKill: outage.lostAfter,
      detectedAfterS: outage.detectedAfterS,
      lostPercent: outage.lostPercent,
    };
  },
};
