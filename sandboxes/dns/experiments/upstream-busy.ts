// Caches that are asked often: the name server hears of each about once in a TTL.
// How many people ask each cache hardly matters then. Played by `npm run experiments`.
import type { Scenario } from '../../_shared/check.ts';
import type { Experiment } from '../../_shared/experiment.ts';
import { between, lostAmong } from '../../_shared/reading.ts';
import { questionsTo, visitsOf } from '../scenarios/calm.ts';
import { TTL_S } from '../scenarios/move.ts';

/** Long enough for all caches to have been filled once. */
const FROM_S = 8;

/** One name; `untilMs` should be several TTLs. */
export function farm(
  about: Pick<Scenario, 'name' | 'title' | 'untilMs'>,
  caches: number,
  rate: number,
): Scenario {
  const expected = caches / (TTL_S + caches / rate);
  const seconds = about.untilMs / 1000 - FROM_S;
  return {
    ...about,
    seed: 4711,
    env: { resolver: { CACHES: `${caches}` }, clients: { RATE: `${rate}`, NAMES: '100xglobal.com=1' } },
    actions: [],
    shows(run) {
      const asked = questionsTo(run, ['ns']).filter((atS) => atS >= FROM_S).length;
      return [
        between('lost visits', lostAmong(visitsOf(run)), 0, 0),
        between('questions to ns a second', asked / seconds, expected * 0.8, expected * 1.2),
      ];
    },
    values(run) {
      const asked = questionsTo(run, ['ns']).filter((atS) => atS >= FROM_S).length;
      const visits = visitsOf(run).filter(({ intendedMs }) => intendedMs >= FROM_S * 1000).length;
      return {
        upstreamPerSecond: asked / seconds,
        visitsPerSecond: visits / seconds,
        hitPercent: 100 - (100 * asked) / visits,
      };
    },
  };
}

export const experiment: Experiment = {
  name: 'upstream-busy',
  theory: 'R / (T + 1/λ): 8 caches, TTL 6 s, 5 visits a second for each',
  expected: 8 / (6 + 1 / 5),
  tolerance: 0.06,
  unit: 'questions a second',
  because:
    'In the 24 s that count each of 8 caches asks 3.87 times, so three or four times: 31 questions in all, with a standard ' +
    'deviation of 1.2 at most (each cache is within one of its mean); over 3 runs 0.7, or 0.03 a second. Twice that is ' +
    'allowed. Without a cache it would be 40 a second.',
  scenarios: [
    farm({ name: 'upstream-busy', title: 'Eight caches behind one address.', untilMs: 32_000 }, 8, 40),
  ],
  seeds: [1, 2, 3],
  measure: ([runs = []]) => mean(runs.map((run) => Number(run['upstreamPerSecond']))),
};

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
