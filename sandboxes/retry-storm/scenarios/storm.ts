// The server is frozen for five seconds. Clients wait one second for an answer, and ask three times in all.
// Must show that the storm which the stall began goes on by itself when its cause is long gone.
import type { Finding, Run, Scenario } from '../../_shared/check.ts';
import { between, dueBetween, samplesOf } from '../../_shared/reading.ts';

export const STALL_S = 5;
export const STALL_BEGINS_S = 5;
const LAST_S = 10;

/** What a stall leaves behind; rates are per second. */
export interface Aftermath {
  /** Requests answered before the stall. */
  readonly goodputBefore: number;
  /** Requests answered, of those due in the last ten seconds in which a fate can be known. */
  readonly goodputAtEnd: number;
  /** Attempts that reached the server in the last ten seconds. */
  readonly attemptsAtEnd: number;
  /** From the beginning of the stall to the last request that was lost. */
  readonly recoveredAfterS: number;
  /** Work done for nobody, in percent of all. */
  readonly wastedPercent: number;
}

/** Attempts a second that reached the server in the last seconds of the run. */
export function attemptsInLast(run: Run, seconds: number): number {
  const asked = run.events.filter(
    (event) =>
      event.kind === 'http' &&
      event.machine === 'server' &&
      event.phase === 'start' &&
      event.url !== '/health' &&
      event.atNs > run.untilNs - seconds * 1e9,
  );
  return asked.length / seconds;
}

export function aftermathOf(run: Run): Aftermath {
  const samples = samplesOf(run);
  const untilMs = run.untilNs / 1e6;
  // The fate of a request may be known only three timeouts after it was due.
  const knownMs = untilMs - 3000;
  const answered = (fromMs: number, toMs: number) =>
    dueBetween(samples, fromMs, toMs).filter((sample) => sample.ok).length / ((toMs - fromMs) / 1000);
  const lostMs = samples.filter((sample) => !sample.ok).map((sample) => sample.intendedMs);
  const told = run.events.findLast((event) => event.kind === 'publish' && event.machine === 'server');
  const { done = 1, wasted = 0 } = (told?.kind === 'publish' ? told.value : {}) as Record<string, number>;
  return {
    goodputBefore: answered(1000, STALL_BEGINS_S * 1000 - 1000),
    goodputAtEnd: answered(knownMs - LAST_S * 1000, knownMs),
    attemptsAtEnd: attemptsInLast(run, LAST_S),
    recoveredAfterS: Math.max(0, ...lostMs) / 1000 - STALL_BEGINS_S,
    wastedPercent: (100 * wasted) / done,
  };
}

type Stalled = Pick<Scenario, 'name' | 'title' | 'solution'> & {
  readonly clients?: Readonly<Record<string, string>>;
  readonly server?: Readonly<Record<string, string>>;
  readonly untilMs?: number;
  readonly shows: (after: Aftermath) => Finding[];
};

/** The same stall for everyone; `clients` and `server` replace variables of cluster.json. */
export function stalled({ clients = {}, server = {}, untilMs = 45_000, shows, ...named }: Stalled): Scenario {
  return {
    ...named,
    seed: 4711,
    untilMs,
    env: { clients, server },
    actions: [
      { atNs: STALL_BEGINS_S * 1e9, do: 'freeze', machine: 'server' },
      { atNs: (STALL_BEGINS_S + STALL_S) * 1e9, do: 'thaw', machine: 'server' },
    ],
    shows: (run) => shows(aftermathOf(run)),
    values: (run) => ({ ...aftermathOf(run) }),
  };
}

export const scenario: Scenario = stalled({
  name: 'storm',
  title: 'The server stalls for 5 seconds; a request is asked up to three times.',
  shows: ({ goodputBefore, goodputAtEnd, attemptsAtEnd }) => [
    between('answered a second before the stall', goodputBefore, 14, 26),
    between('answered a second in the last ten seconds', goodputAtEnd, 0, 0),
    between('attempts a second in the last ten seconds', attemptsAtEnd, 50, 70),
  ],
});
