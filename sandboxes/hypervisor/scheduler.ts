// The ways to decide who runs next, by name: `credit` (credit.ts) and, to compare, `round-robin`.
// Pure choice. Called by hypervisor.ts; SCHEDULER and a dial of host.ts name the way.
import * as credit from './credit.ts';

export type Claim = credit.Claim;

export interface Scheduler {
  refill(claims: readonly Claim[], cycles: number): void;
  charge(claim: Claim, cycles: number): void;
  /** `ready` is in the order in which they became ready, the longest wait first. */
  pickNext(ready: readonly Claim[]): Claim | undefined;
}

// #region round-robin
/** Each in turn: who has waited longest goes next. Knows no weights and no promises. */
const roundRobin: Scheduler = {
  refill() {},
  charge() {},
  pickNext: (ready) => ready[0],
};
// #endregion

const ways = new Map<string, Scheduler>([
  ['credit', credit],
  ['round-robin', roundRobin],
]);

/** The way called `name`. Throws with the names there are. */
export function schedulerCalled(name: string): Scheduler {
  const way = ways.get(name);
  if (way) return way;
  throw new Error(
    `SCHEDULER: expected one of ${[...ways.keys()].join(', ')}, found '${name}': correct SCHEDULER`,
  );
}
