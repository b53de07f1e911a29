// The pure parts of the load balancer and of the traffic: choices, chance, the retry policy of the solution.
// Starts no process; local.test.ts and scenarios.test.ts do.
import { describe, expect, test } from 'vitest';
import { exponential, seededRandom } from '../../sandboxes/_shared/random.ts';
import { nextTry as solution } from '../../sandboxes/load-balancer/exercises/retry/solution/retry.ts';
import { answered, peakEwma, weighted } from '../../sandboxes/load-balancer/more-ways.ts';
import {
  type App,
  leastConnections,
  pickCalled,
  roundRobin,
  twoChoices,
} from '../../sandboxes/load-balancer/pick.ts';
import { nextTry } from '../../sandboxes/load-balancer/retry.ts';

function apps(...inFlight: number[]): App[] {
  return inFlight.map((count, index) => ({
    name: `app${index + 1}`,
    host: 'x',
    port: 80,
    inFlight: count,
    inRotation: true,
    draining: false,
    weight: 1,
    peak: { ms: 1, atMs: 0 },
  }));
}

describe('pick', () => {
  test('round robin takes each in turn, whatever they do', () => {
    const pick = roundRobin();
    const three = apps(9, 0, 0);
    expect([1, 2, 3, 4].map(() => pick(three)?.name)).toEqual(['app1', 'app2', 'app3', 'app1']);
  });

  test('least connections takes the least busy, and equals in turn', () => {
    expect(leastConnections()(apps(2, 1, 3))?.name).toBe('app2');
    const pick = leastConnections();
    const idle = apps(0, 0, 0);
    expect(new Set([1, 2, 3].map(() => pick(idle)?.name)).size).toBe(3);
  });

  test('two choices draws two different apps and takes the less busy', () => {
    const random = seededRandom(1);
    const pick = twoChoices(random);
    const busyFirst = apps(5, 1, 1);
    const names = Array.from({ length: 300 }, () => pick(busyFirst)?.name);
    expect(names).not.toContain('app1');
    expect(new Set(names).size).toBe(2);
  });

  test('weights are kept in every round, and the heavy app is not picked in a row where others wait', () => {
    const pick = weighted();
    const [a, b, c] = apps(0, 0, 0);
    const uneven = [
      { ...a, weight: 4 },
      { ...b, weight: 2 },
      { ...c, weight: 1 },
    ] as App[];
    const names = Array.from({ length: 14 }, () => pick(uneven)?.name);
    expect(names.slice(0, 7)).toEqual(['app1', 'app2', 'app1', 'app3', 'app1', 'app2', 'app1']);
    expect(names.slice(7)).toEqual(names.slice(0, 7));
  });

  test('peak EWMA avoids an app whose answers were slow of late, and comes back to it', () => {
    const pick = peakEwma(seededRandom(1));
    const slow = apps(0, 0);
    const [first] = slow;
    if (first) answered(first, 500);
    const picked = () => Array.from({ length: 50 }, () => pick(slow)?.name);
    expect(new Set(picked())).toEqual(new Set(['app2']));
    if (first) first.peak = { ms: 500, atMs: performance.now() - 1e6 };
    expect(picked()).toContain('app1');
  });

  test('nothing to pick from is undefined; one app is that app', () => {
    for (const name of ['round-robin', 'least-connections', 'two-choices', 'weighted', 'peak-ewma']) {
      expect(pickCalled(name)([])).toBe(undefined);
      expect(pickCalled(name)(apps(3))?.name).toBe('app1');
    }
  });
});

describe('chance', () => {
  test('same seed, same numbers; numbers lie from 0 to 1', () => {
    const draw = (seed: number) => Array.from({ length: 1000 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((number) => number >= 0 && number < 1)).toBe(true);
  });

  test('exponential has mean 1, and e^-t of it lies above t', () => {
    const random = seededRandom(4711);
    const draws = Array.from({ length: 200_000 }, () => exponential(random));
    const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length;
    expect(mean).toBeCloseTo(1, 1.9);
    for (const t of [0.5, 1, 2, 4]) {
      const above = draws.filter((one) => one > t).length / draws.length;
      expect(Math.abs(above - Math.exp(-t))).toBeLessThan(0.004);
    }
  });
});

describe('retry', () => {
  const failed = { method: 'GET', tried: ['app1'], reason: 'ECONNREFUSED' };
  test('as shipped it gives up', () => expect(nextTry(failed, ['app1', 'app2'])).toBe(undefined));
  test('the solution tries each app once, and only what is idempotent', () => {
    expect(solution(failed, ['app1', 'app2'])).toBe('app2');
    expect(solution({ ...failed, tried: ['app1', 'app2'] }, ['app1', 'app2'])).toBe(undefined);
    expect(solution({ ...failed, method: 'POST' }, ['app1', 'app2'])).toBe(undefined);
  });
});
