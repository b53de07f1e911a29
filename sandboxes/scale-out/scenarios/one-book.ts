// The big machine sells 300 seats from its one book, in four processes; then it dies.
// Must show that exactly 300 are sold, that asking the book takes well under a millisecond, and that one machine is one
// point of failure.
import type { Scenario } from '../../_shared/check.ts';
import { between, dueBetween, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';
import { salesOf } from './own-books.ts';

const KILL_MS = 10_000;
const SEATS = 300;

export const scenario: Scenario = {
  name: 'one-book',
  title: '300 seats, 60 orders a second, one big machine with one book; after 10 seconds it is killed.',
  seed: 4711,
  untilMs: 16_000,
  env: { clients: { TO: 'big' }, big: { SEATS: String(SEATS), PAY_MS: '0' } },
  actions: [{ atNs: KILL_MS * 1e6, do: 'kill', machine: 'big' }],
  shows(run) {
    const after = dueBetween(samplesOf(run), KILL_MS, Number.POSITIVE_INFINITY);
    const { sold, callUs } = salesOf(run);
    return [
      between('seats sold of 300', sold, SEATS, SEATS),
      between('lost before the kill', lostAmong(dueBetween(samplesOf(run), 0, KILL_MS - 1000)), 0, 0),
      between('answered after the kill', after.length - lostAmong(after), 0, 0),
      between('time to ask the book, µs', callUs, 1, 500),
    ];
  },
  values(run) {
    const after = dueBetween(samplesOf(run), KILL_MS, Number.POSITIVE_INFINITY);
    return {
      seats: SEATS,
      ...salesOf(run),
      lostAfterKill: lostAmong(after),
      medianMs: latencyMs(dueBetween(samplesOf(run), 0, KILL_MS - 1000), 0.5),
    };
  },
};
