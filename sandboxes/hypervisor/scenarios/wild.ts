// A guest writes to the first address after its own memory. In the real machine that is where spin1's memory begins.
// Must show that the guest ends and says why, that the neighbors' shares do not change, and that spin1 lives on.
import type { Scenario } from '../../_shared/check.ts';
import { between, loggedAtSeconds, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { booksOf } from '../readings/books.ts';

export const scenario: Scenario = {
  name: 'wild',
  title: 'After ten seconds a guest writes outside its memory.',
  seed: 4711,
  untilMs: 20_000,
  env: { host: { EXTRAS: 'wild', SERVANTS: 'web', WEIGHTS: '' }, clients: { JOB_PAUSE_MS: '0' } },
  actions: [],
  shows(run) {
    const before = booksOf(run, 1, 10);
    const after = booksOf(run, 10.5, 20);
    return [
      between('second of its end', loggedAtSeconds(run, 'host', /^wild: crashed: store/) ?? 0, 10, 10.1),
      between('spin1, share before', before.share['spin1'] ?? 0, 0.6, 0.68),
      between('spin1, change', (after.share['spin1'] ?? 0) - (before.share['spin1'] ?? 0), -0.01, 0.01),
      between('lost requests', lostAmong(samplesOf(run)), 0, 0),
      between('guests that run or sleep', countAlive(after.guests), 4, 4),
    ];
  },
  values(run) {
    const before = booksOf(run, 1, 10);
    const after = booksOf(run, 10.5, 20);
    return {
      endedAtS: loggedAtSeconds(run, 'host', /^wild: crashed/) ?? 0,
      beforePercent: 100 * (before.share['spin1'] ?? 0),
      afterPercent: 100 * (after.share['spin1'] ?? 0),
      alive: countAlive(after.guests),
      lost: lostAmong(samplesOf(run)),
    };
  },
};

function countAlive(guests: Readonly<Record<string, string>>): number {
  return Object.values(guests).filter((state) => state !== 'ended' && state !== 'refused').length;
}
