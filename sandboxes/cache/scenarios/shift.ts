// Every six seconds other keys become popular. LFU, LRU and TinyLFU each see it happen once, in a cache of 1% of the keys.
// Must show that LFU keeps what was popular once, that LRU does not notice, and that TinyLFU, whose counts fade, is back
// in time. The bench asks the cache itself; the shop is closed.
import type { Action, Run, Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { benchHits } from '../readings/reading.ts';

const SHIFT_S = 6;
const RATE = 2000;
const policies = ['lfu', 'lru', 'tinylfu'] as const;

const actions: Action[] = policies.map((policy, turn) => ({
  atNs: turn * 2 * SHIFT_S * 1e9 + 1e8,
  do: 'input',
  machine: 'cache',
  text: `{"policy": "${policy}"}\n`,
}));

/** Hit ratio in the last three seconds before other keys become popular under this policy, and before the turn ends. */
function beforeAndAfter(run: Run, turn: number): readonly [before: number, after: number] {
  const shiftS = (turn * 2 + 1) * SHIFT_S;
  return [benchHits(run, shiftS - 3, shiftS), benchHits(run, shiftS + 3, shiftS + SHIFT_S)];
}

export const scenario: Scenario = {
  name: 'shift',
  title: 'LFU, LRU and TinyLFU take turns; in the middle of each turn other keys become popular.',
  seed: 4711,
  untilMs: policies.length * 2 * SHIFT_S * 1000 + 100,
  env: {
    clients: { RATE: '0' },
    cache: { ENTRIES: '100' },
    bench: { RATE: String(RATE), SHIFT_EVERY: String(RATE * SHIFT_S) },
  },
  actions,
  shows(run) {
    const [lfu, lru, tinyLfu] = [0, 1, 2].map((turn) => beforeAndAfter(run, turn));
    return [
      between('LFU, before', lfu?.[0] ?? 0, 0.46, 0.54),
      between('LFU, after', lfu?.[1] ?? 1, 0, 0.3),
      between('LRU, before', lru?.[0] ?? 0, 0.36, 0.42),
      between('LRU, after', lru?.[1] ?? 0, 0.36, 0.42),
      between('TinyLFU, after', tinyLfu?.[1] ?? 0, 0.43, 0.54),
    ];
  },
  values(run) {
    const values = policies.flatMap((policy, turn) => {
      const [before, after] = beforeAndAfter(run, turn);
      return [[`${policy}Before`, 100 * before] as const, [`${policy}After`, 100 * after] as const];
    });
    return Object.fromEntries(values);
  },
};
