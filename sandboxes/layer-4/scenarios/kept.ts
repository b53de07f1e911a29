// One client, one connection to each balancer, the same requests on both.
// Must show that all requests on the connection through layer 4 end at one app, and that layer 7 spreads them evenly.
import type { Run, Scenario } from '../../_shared/check.ts';
import type { RequestSample } from '../../_shared/load.ts';
import { answersBy, between, dueBetween, samplesOf } from '../../_shared/reading.ts';

/** The first second is for the balancers to start; of the last one not every fate is known. */
export function through(run: Run, via: 'l4' | 'l7', fromMs = 1000): RequestSample[] {
  const samples = samplesOf(run).filter(({ asked }) => asked.endsWith(`via=${via}`));
  return dueBetween(samples, fromMs, run.untilNs / 1e6 - 1000);
}

/** How much of all answers the busiest app gave, in percent. */
export function busiestPercent(samples: readonly RequestSample[]): number {
  const shares = Object.values(answersBy(samples));
  return (100 * Math.max(0, ...shares)) / shares.reduce((sum, one) => sum + one, 0);
}

export const scenario: Scenario = {
  name: 'kept',
  title: 'A client keeps one connection open and asks 20 times a second.',
  seed: 4711,
  untilMs: 8000,
  actions: [],
  shows: (run) => [
    between('percent of the busiest app, layer 4', busiestPercent(through(run, 'l4')), 100, 100),
    between('percent of the busiest app, layer 7', busiestPercent(through(run, 'l7')), 33, 35),
  ],
  values: (run) => ({
    busiest4Percent: busiestPercent(through(run, 'l4')),
    busiest7Percent: busiestPercent(through(run, 'l7')),
  }),
};
