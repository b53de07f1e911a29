// A few seeds of the replicated store under every fault in each mode, and every planted mistake at a seed that shows it.
// `npm run chaos:store -- --seeds N` plays as many as you like; `--bugs` says how many seeds each mistake takes.
import { afterAll, describe, expect, test } from 'vitest';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { sandboxFromDisk } from './read.ts';
import { bugs, changeOf } from './store-bugs.ts';
import { MODES, playChaos } from './store-chaos.ts';
import { judge } from './store-judge.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());
const sandbox = sandboxFromDisk('replicated-store');

describe('the replicated store, under every fault', () => {
  for (const mode of MODES) {
    test(`keeps what ${mode} promises`, { timeout: 60_000 }, async () => {
      let acknowledged = 0;
      for (const seed of [1, 2]) {
        const judged = judge(await playChaos(runtime, sandbox, mode, seed), mode);
        expect(judged.broken, `npm run chaos:store -- --mode ${mode} --seeds 1 --from ${seed}`).toEqual([]);
        acknowledged += judged.acknowledged;
      }
      expect(acknowledged).toBeGreaterThan(15);
    });
  }
});

describe('a store that', () => {
  for (const bug of bugs) {
    test(`${bug.name} is caught`, { timeout: 60_000 }, async () => {
      const change = changeOf(bug, sandbox.files);
      const events = await playChaos(runtime, sandbox, bug.mode, bug.seed, change);
      expect(judge(events, bug.mode).broken, `seed=${bug.seed}`).not.toEqual([]);
    });
  }
});
