// One app is slower than its neighbours, and round robin does not notice: it still gets a third of the requests.
// Must show a queue at the slow app, seen in the slowest hundredth of the answers, and no loss.
import type { Scenario } from '../../_shared/check.ts';
import { answersBy, between, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';

/** The same traffic and the same slow app2 for every way of picking; `p99` is the bound for its 99th percentile. */
export function slowApp(name: string, pick: string, p99: { leastMs: number; mostMs: number }): Scenario {
  return {
    name,
    title: `app2 needs 27 ms for a request, the others 10 ms; the balancer picks by ${pick}.`,
    seed: 4711,
    untilMs: 60_000,
    env: { balancer: { PICK: pick }, app2: { SERVICE_MS: '27' } },
    actions: [],
    shows(run) {
      const samples = samplesOf(run);
      return [
        between('lost requests', lostAmong(samples), 0, 0),
        between('99th percentile, ms', latencyMs(samples, 0.99), p99.leastMs, p99.mostMs),
      ];
    },
    values(run) {
      const samples = samplesOf(run);
      const answered = samples.filter((sample) => sample.ok).length;
      return {
        p50Ms: latencyMs(samples, 0.5),
        p99Ms: latencyMs(samples, 0.99),
        slowSharePercent: (100 * (answersBy(samples)['app2'] ?? 0)) / answered,
      };
    },
  };
}

export const scenario: Scenario = slowApp('slow-round-robin', 'round-robin', { leastMs: 80, mostMs: 900 });
