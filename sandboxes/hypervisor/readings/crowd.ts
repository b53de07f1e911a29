// A machine of `cores` with `guests` that never sleep, and nobody else: the plainest over-commit.
// A scenario to measure with; says what each guest got and what was stolen from it. Used by experiments only.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { booksOf } from './books.ts';

export interface Crowd {
  readonly guests: number;
  readonly cores: number;
  /** `spin1=100 spin2=300`; 100 for those that are not named. */
  readonly weights?: string;
  /** `spin1=25`, percent of a core. */
  readonly caps?: string;
}

/** Seconds of the run that count: the first is left out, so that no start-up is measured. */
export const FROM_S = 1;
export const TO_S = 11;

export function crowd({ guests, cores, weights = '', caps = '' }: Crowd): Scenario {
  return {
    name: `crowd-${guests}-on-${cores}`,
    title: `${guests} guests that never sleep on ${cores} cores.`,
    seed: 1,
    untilMs: TO_S * 1000 + 100,
    env: {
      host: {
        CORES: String(cores),
        MEMORY_KIB: '1024',
        SERVANTS: '',
        SPINNERS: String(guests),
        WEIGHTS: weights,
        CAPS: caps,
      },
      clients: { RATE: '1', JOB_PAUSE_MS: '0', AUDITED: '' },
    },
    actions: [],
    shows: (run) => [between('cores in use', booksOf(run, FROM_S, TO_S).total, 0, cores + 0.01)],
    values(run) {
      const { share, steal, total } = booksOf(run, FROM_S, TO_S);
      const [shares, steals] = [Object.values(share), Object.values(steal)];
      return {
        ...Object.fromEntries(Object.entries(share).map(([name, each]) => [`${name}Share`, each])),
        ...Object.fromEntries(Object.entries(steal).map(([name, each]) => [`${name}Steal`, each])),
        leastShare: Math.min(...shares),
        mostShare: Math.max(...shares),
        mostSteal: Math.max(...steals),
        total,
      };
    },
  };
}

/** Of a value of the first run. */
export function firstValue(
  runs: readonly (readonly Readonly<Record<string, number | string>>[])[],
  name: string,
): number {
  return Number(runs[0]?.[0]?.[name]);
}
