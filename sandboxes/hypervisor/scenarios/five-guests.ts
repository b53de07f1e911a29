// The machine as it is built: web and batch sleep most of the time, three others never do. Two cores, weights 1, 2, 2.
// Must show every core in use, shares of the busy guests by weight, and answers from web all the while.
import type { Scenario } from '../../_shared/check.ts';
import { between, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { booksOf } from '../readings/books.ts';

export const scenario: Scenario = {
  name: 'five-guests',
  title: 'Five guests on two cores: web answers, batch has a job now and then, three others never sleep.',
  seed: 4711,
  untilMs: 20_000,
  actions: [],
  shows(run) {
    const { share, total } = booksOf(run, 2, 20);
    return [
      between('cores in use', total, 1.98, 2.01),
      between('spin2 against spin1', (share['spin2'] ?? 0) / (share['spin1'] ?? 1), 1.8, 2.2),
      between('lost requests', lostAmong(samplesOf(run)), 0, 0),
      between('99th percentile, ms', latencyMs(samplesOf(run), 0.99), 5, 60),
    ];
  },
  values(run) {
    const { share, steal } = booksOf(run, 2, 20);
    const jobs = run.events.flatMap((event) =>
      event.kind === 'publish' && event.channel === 'brownout:job' ? [event.value as { ms: number }] : [],
    );
    return {
      firstJobS: (jobs[0]?.ms ?? 0) / 1000,
      secondJobS: (jobs[1]?.ms ?? 0) / 1000,
      webPercent: 100 * (share['web'] ?? 0),
      spin1Percent: 100 * (share['spin1'] ?? 0),
      spin2Percent: 100 * (share['spin2'] ?? 0),
      spin1StealPercent: 100 * (steal['spin1'] ?? 0),
      p99Ms: latencyMs(samplesOf(run), 0.99),
    };
  },
};
