// Three small machines at 70 percent, and one dies: two would have to work 105 percent of their time.
// Must show that nobody refuses, and that the queue grows for as long as this lasts.
import type { Run, Scenario } from '../../_shared/check.ts';
import { answersBy, between, dueBetween, latencyMs, lostAmong, samplesOf } from '../../_shared/reading.ts';

const KILL_MS = 6000;
const UNTIL_MS = 24_000;
/** Orders per second of one machine: SERVICE_MS of cluster.json is 20. */
const CAPACITY = 50;

/** Each small machine sells from a book of its own, and nobody waits for a bank. */
export const ownBooks = Object.fromEntries(
  ['shop1', 'shop2', 'shop3'].map((shop) => [shop, { BOOK: 'here', SEATS: '1000', PAY_MS: '0' }]),
);

export interface Survival {
  readonly lost: number;
  /** Orders that had been due and not answered, at the kill and at the end. */
  readonly waitingAtKill: number;
  readonly waitingAtEnd: number;
  /** Of those orders due in the two seconds before the kill, and in two near the end, the half that waited longer. */
  readonly medianBeforeMs: number;
  readonly medianAtEndMs: number;
  /** Answered orders per second, from four seconds after the kill. */
  readonly servedPerSecond: number;
  readonly duePerSecond: number;
  readonly answeredBy: string;
}

/** What became of the orders when shop3 was killed; of all that comes later than `untilMs` nothing is said. */
export function survivalOf(run: Run, untilMs = run.untilNs / 1e6): Survival {
  const samples = dueBetween(samplesOf(run), 0, untilMs);
  const done = samples.map((sample) => sample.intendedMs + sample.latencyMs).filter((ms) => ms < untilMs);
  // A sample is known when its order is answered; one that still waits has left only its request in the trace.
  const asked = run.events.flatMap((event) =>
    event.kind === 'http' && event.machine === 'clients' && event.phase === 'start' && event.method === 'POST'
      ? [event.atNs / 1e6]
      : [],
  );
  const waitingAt = (atMs: number) => count(asked, 0, atMs) - count(done, 0, atMs);
  const settledMs = KILL_MS + 4000;
  const seconds = (untilMs - settledMs) / 1000;
  const settled = dueBetween(samples, settledMs, untilMs);
  return {
    lost: lostAmong(samples.filter((sample) => sample.intendedMs + sample.latencyMs < untilMs)),
    waitingAtKill: waitingAt(KILL_MS),
    waitingAtEnd: waitingAt(untilMs),
    medianBeforeMs: latencyMs(dueBetween(samples, KILL_MS - 2000, KILL_MS), 0.5),
    medianAtEndMs: latencyMs(dueBetween(samples, untilMs - 4000, untilMs - 2000), 0.5),
    servedPerSecond: count(done, settledMs, untilMs) / seconds,
    duePerSecond: count(asked, settledMs, untilMs) / seconds,
    answeredBy: Object.keys(answersBy(settled)).sort().join(', '),
  };
}

function count(momentsMs: readonly number[], fromMs: number, toMs: number): number {
  return momentsMs.filter((ms) => ms >= fromMs && ms < toMs).length;
}

/** Three machines that work this share of their time, `percent`, until one of them is killed. */
export function threeAt(percent: number): Omit<Scenario, 'shows'> {
  const rate = (3 * CAPACITY * percent) / 100;
  return {
    name: `three-at-${percent}`,
    title: `${rate} orders a second for three small machines, each of which can do ${CAPACITY}; after 6 seconds shop3 is killed.`,
    seed: 4711,
    untilMs: UNTIL_MS,
    // Nothing is shared here, so that nothing but their own work slows the machines.
    env: { clients: { RATE: String(rate) }, ...ownBooks },
    actions: [{ atNs: KILL_MS * 1e6, do: 'kill', machine: 'shop3' }],
    values(run) {
      return {
        rate,
        capacity: CAPACITY,
        capacityOfTwo: 2 * CAPACITY,
        offeredPercent: (100 * rate) / (2 * CAPACITY),
        ...survivalOf(run),
      };
    },
  };
}

export const scenario: Scenario = {
  ...threeAt(70),
  shows(run) {
    const found = survivalOf(run);
    return [
      // In flight when the machine died; nobody else is refused.
      between('lost orders', found.lost, 0, 5),
      between('waiting when it was killed', found.waitingAtKill, 0, 30),
      between('waiting at the end', found.waitingAtEnd, 40, 200),
      between('median near the end, ms', found.medianAtEndMs, 250, 3000),
      between('answered per second by two', found.servedPerSecond, 97.5, 101),
    ];
  },
};
