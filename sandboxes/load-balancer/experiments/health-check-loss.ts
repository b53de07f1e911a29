// Experiment: a killed app costs its share of the traffic until the health checks have taken it out. Where in the
// interval between two checks the kill falls is luck, so it is done at eight moments spread evenly over one interval.
// Played by `npm run experiments -- load-balancer/health-check-loss`.
import type { Scenario } from '../../_shared/check.ts';
import type { Experiment } from '../../_shared/experiment.ts';
import { between, lostAmong, samplesOf } from '../../_shared/reading.ts';

/** Requests per second, apps, bad checks in a row: from cluster.json. */
const RATE = 90;
const APPS = 3;
const THRESHOLD = 2;
/** Seconds between checks: a quarter of cluster.json's, so that the runs are short. */
const INTERVAL_S = 0.5;
const MOMENTS = 8;
const FIRST_KILL_MS = 1000;

function killed(atMs: number): Scenario {
  return {
    name: `killed-at-${atMs}`,
    title: `After ${atMs} ms app2 is killed.`,
    seed: 4711,
    untilMs: atMs + INTERVAL_S * THRESHOLD * 1000 + 200,
    env: { balancer: { HEALTH_INTERVAL_MS: String(INTERVAL_S * 1000), HEALTH_TIMEOUT_MS: '250' } },
    actions: [{ atNs: atMs * 1e6, do: 'kill', machine: 'app2' }],
    shows: (run) => [between('lost requests', lostAmong(samplesOf(run)), 1, RATE * INTERVAL_S * THRESHOLD)],
    values: (run) => ({ lost: lostAmong(samplesOf(run)) }),
  };
}

export const experiment: Experiment = {
  name: 'health-check-loss',
  theory:
    'λ/N × interval × (threshold - 1/2) = 90/3 × 0.5 × 1.5: at the worst threshold whole intervals, at the best one less',
  expected: (RATE / APPS) * INTERVAL_S * (THRESHOLD - 1 / 2),
  tolerance: 4,
  unit: 'requests',
  because:
    'round robin gives app2 every third arrival, so a run loses 22.5 ± √67.5/3 = 22.5 ± 2.7; three standard deviations of a mean of 8 runs are 3 × 2.7/√8 = 3, and half a step between the moments is 30 × 0.5/8/2 = 1; a threshold of 1 or 3 would be 15 off',
  scenarios: Array.from({ length: MOMENTS }, (_, step) =>
    killed(FIRST_KILL_MS + (step * INTERVAL_S * 1000) / MOMENTS),
  ),
  seeds: [4711],
  measure: (runs) =>
    runs.flat().reduce((sum, values) => sum + Number(values['lost']), 0) / runs.flat().length,
};
