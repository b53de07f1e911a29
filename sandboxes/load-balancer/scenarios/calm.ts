// Nothing is broken: round robin shares the requests evenly and loses none.
// Must show even shares and no loss; its latencies are the measure for the other scenarios.
import type { Scenario } from '../../_shared/check.ts';
import { answersBy, between, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';

export const scenario: Scenario = {
  name: 'calm',
  title: 'Thirty seconds of ordinary traffic.',
  seed: 4711,
  untilMs: 30_000,
  actions: [],
  shows(run) {
    const samples = samplesOf(run);
    const shares = Object.values(answersBy(samples));
    return [
      between('requests in 30 s at 90 per second', samples.length, 2500, 2900),
      between('lost requests', lostAmong(samples), 0, 0),
      between('apps that answer', shares.length, 3, 3),
      between('difference between shares', Math.max(...shares) - Math.min(...shares), 0, 5),
    ];
  },
  values(run) {
    const samples = samplesOf(run);
    const shares = Object.values(answersBy(samples));
    return {
      p50Ms: latencyMs(samples, 0.5),
      p99Ms: latencyMs(samples, 0.99),
      leastShare: Math.min(...shares),
      mostShare: Math.max(...shares),
    };
  },
};
