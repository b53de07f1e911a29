// Ten quiet sites on one server, one line for all: nobody knows of the others.
// Must show no loss and short waits; its latencies are the measure for the other scenarios.
import type { Scenario } from '../../_shared/check.ts';
import { between, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { fatesOf } from './noisy-fifo.ts';

export const scenario: Scenario = {
  name: 'calm',
  title: 'Ten sites of 5 requests a second each.',
  seed: 4711,
  untilMs: 20_000,
  actions: [],
  shows(run) {
    const fates = fatesOf(run);
    return [
      between('lost requests', lostAmong(samplesOf(run)), 0, 0),
      between('neighborsMeanMs', fates['neighborsMeanMs'] ?? Number.NaN, 12, 35),
      between('answeredPerSecond', fates['answeredPerSecond'] ?? Number.NaN, 40, 60),
    ];
  },
  values: fatesOf,
};
