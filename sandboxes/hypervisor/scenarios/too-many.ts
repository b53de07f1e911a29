// Nine guests that never sleep are ordered on a machine with two cores and memory for eight.
// Must show over-commit of both kinds: of cores all get less, of memory one gets nothing.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { booksOf } from '../readings/books.ts';

export const scenario: Scenario = {
  name: 'too-many',
  title: 'Nine guests of 64 KiB on a machine of two cores and 512 KiB.',
  seed: 4711,
  untilMs: 10_000,
  env: {
    host: { SPINNERS: '9', SERVANTS: '', WEIGHTS: '' },
    clients: { RATE: '1', JOB_PAUSE_MS: '0', AUDITED: '' },
  },
  actions: [],
  shows(run) {
    const { share, steal, guests } = booksOf(run, 1, 10);
    const refused = Object.values(guests).filter((state) => state === 'refused').length;
    return [
      between('guests refused', refused, 1, 1),
      between('least share', Math.min(...Object.values(share)), 0.245, 0.25),
      between('greatest share', Math.max(...Object.values(share)), 0.25, 0.255),
      between('least steal', Math.min(...Object.values(steal)), 0.74, 0.76),
    ];
  },
  values(run) {
    const { share, steal, guests } = booksOf(run, 1, 10);
    return {
      refused: Object.values(guests).filter((state) => state === 'refused').length,
      sharePercent: 100 * (share['spin1'] ?? 0),
      stealPercent: 100 * (steal['spin1'] ?? 0),
    };
  },
};
