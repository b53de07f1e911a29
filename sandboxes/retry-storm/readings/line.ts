// The line alone, without machines, connections or timers: who asks when, is served when, and is lost when. Its requests
// are due when those of clients.ts are that have the same seed; for the work another source of chance is given.
// How long a stall is felt differs much from run to run, but mostly by when requests come. So: what the line gives over
// many seeds, and to that what runs of the programs differ from the line by, given the same requests. (A control
// variate.) Pure. Used by experiments/.
import type { Experiment, Values } from '../../_shared/experiment.ts';
import { exponential, seededRandom } from '../../_shared/random.ts';
import { STALL_BEGINS_S, STALL_S } from '../scenarios/storm.ts';

const ASKED = 20;
const SERVICE_S = 0.04;
const TIMEOUT_S = 1;
const SEEDS = 2000;
const WORKS = 50;

export interface Rules {
  readonly attemptsMax: number;
  /** Retries that each request earns, and how many may be saved; none: all that attemptsMax allows. */
  readonly budget?: { readonly earned: number; readonly savedMax: number };
  /** Requests that are due later are not looked at. */
  readonly untilS: number;
}

interface Attempt {
  readonly atS: number;
  readonly dueS: number;
  readonly number: number;
}

/** Seconds from the beginning of the stall until the last request was due that was lost. */
export function recoveryS(seed: number, work: () => number, { attemptsMax, budget, untilS }: Rules): number {
  const random = seededRandom(seed);
  const retries: Attempt[] = []; // In order of time, since all wait equally long.
  let next = 0;
  let dueS = exponential(random) / ASKED;
  let saved = budget?.savedMax ?? Number.POSITIVE_INFINITY;
  let freeS = 0;
  let lostS = 0;
  while (dueS < untilS) {
    const retry = retries[next];
    const isRetry = retry !== undefined && retry.atS < dueS;
    const attempt = isRetry ? retry : { atS: dueS, dueS, number: 1 };
    if (isRetry) next++;
    else dueS += exponential(random) / ASKED;
    if (isRetry && (attempt.number > attemptsMax || saved < 1)) {
      lostS = Math.max(lostS, attempt.dueS);
      continue;
    }
    if (budget) saved = isRetry ? saved - 1 : Math.min(budget.savedMax, saved + budget.earned);
    freeS = doneS(Math.max(attempt.atS, freeS), SERVICE_S * (0.5 + work()));
    if (freeS > attempt.atS + TIMEOUT_S)
      retries.push({ atS: attempt.atS + TIMEOUT_S, dueS: attempt.dueS, number: attempt.number + 1 });
  }
  return lostS - STALL_BEGINS_S;
}

/** When work is done that could begin at `fromS`: while the server is frozen nothing begins or ends. */
function doneS(fromS: number, workS: number): number {
  const endsS = STALL_BEGINS_S + STALL_S;
  if (fromS >= STALL_BEGINS_S && fromS < endsS) return endsS + workS;
  return fromS < STALL_BEGINS_S && fromS + workS > STALL_BEGINS_S ? endsS : fromS + workS;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** The mean time to recover: of the line over many seeds, and what runs with these seeds differ from it by. */
export function recoveryMeasure(rules: Rules, seeds: readonly number[]): Experiment['measure'] {
  const given = (seed: number) =>
    mean(Array.from({ length: WORKS }, (_, work) => recoveryS(seed, seededRandom(1e6 + work), rules)));
  const excess = (run: Values, at: number) => Number(run['recoveredAfterS']) - given(seeds[at] ?? 0);
  return ([runs = []]) => {
    const long = Array.from({ length: SEEDS }, (_, seed) =>
      recoveryS(1000 + seed, seededRandom(2e6 + seed), rules),
    );
    return mean(long) + mean(runs.map(excess));
  };
}
