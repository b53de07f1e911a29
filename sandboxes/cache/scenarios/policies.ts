// The bench alone, 2,000 questions a second for 10,000 keys by Zipf's law with exponent 1. Four policies take turns in a
// cache of 1% of the keys; then LRU gets ten and twenty times the room. Must show that what is remembered matters, and
// that room pays less and less.
import type { Action, Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { benchHits } from '../readings/reading.ts';

const TURN_S = 7;
/** Of each turn only the end is measured: a policy first has to get to know the keys. */
const MEASURED_S = 4;
const turns = [
  ['fifo', 100],
  ['lru', 100],
  ['tinylfu', 100],
  ['lfu', 100],
  ['lru', 1000],
  ['lru', 2000],
] as const;

const actions: Action[] = turns.map(([policy, entries], turn) => ({
  atNs: turn * TURN_S * 1e9 + 1e8,
  do: 'input',
  machine: 'cache',
  text: `${JSON.stringify({ policy, entries })}\n`,
}));

export const scenario: Scenario = {
  name: 'policies',
  title: 'FIFO, LRU, TinyLFU and LFU take turns with 1% of the keys; then LRU has 10% and 20%.',
  seed: 4711,
  untilMs: turns.length * TURN_S * 1000 + 100,
  env: { clients: { RATE: '0' }, bench: { RATE: '2000' } },
  actions,
  shows(run) {
    const [fifo = 0, lru = 0, tinyLfu = 0, lfu = 0, lru10 = 0, lru20 = 0] = turns.map((_, turn) =>
      benchHits(run, (turn + 1) * TURN_S - MEASURED_S, (turn + 1) * TURN_S),
    );
    return [
      between('LRU, 1%', lru, 0.37, 0.41),
      between('what FIFO has less', lru - fifo, 0.03, 0.07),
      between('what TinyLFU has more', tinyLfu - lru, 0.05, 0.15),
      between('what LFU has more', lfu - lru, 0.05, 0.15),
      between('LRU, 10%', lru10, 0.65, 0.7),
      between('LRU, 20%', lru20, 0.73, 0.79),
    ];
  },
  values(run) {
    const percent = turns.map(
      (_, turn) => 100 * benchHits(run, (turn + 1) * TURN_S - MEASURED_S, (turn + 1) * TURN_S),
    );
    const [fifo = 0, lru = 0, tinyLfu = 0, lfu = 0, lru10 = 0, lru20 = 0] = percent;
    return { fifo, lru, tinyLfu, lfu, lru10, lru20 };
  },
};
