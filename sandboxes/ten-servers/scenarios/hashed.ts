// Two thousand requests within a fifth of a second, before anything is answered: each to the home of its key on a ring.
// Must show that the server of the most wanted keys gets far more than its share.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { told } from './two-choices.ts';

export const BURST = 2000;

/** Nobody answers in time, so that requests in flight add up. */
export function burst(name: string, most: readonly [least: number, most: number]): Scenario {
  return {
    name,
    title: `${BURST} requests at once to ten servers, by ${name}.`,
    seed: 4711,
    untilMs: 2000,
    env: {
      clients: { PICK: name, REQUESTS: String(BURST), RATE: '10000' },
      ...Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [`server${index + 1}`, { SERVICE_MS: '1000000' }]),
      ),
    },
    actions: [],
    shows: (run) => [
      between('most in flight at one server, times the mean', told(run)['maxOverMean'] ?? 0, ...most),
    ],
    values: (run) => told(run),
  };
}

export const scenario: Scenario = burst('hashed', [1.5, 4]);
