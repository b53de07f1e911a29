// The credit scheduler: who runs next, by what each guest was promised and what it has had. Credit is CPU time that a
// guest is owed. Every guest earns it by its weight, pays for what it runs, and whoever is owed most goes next.
// Decides only: hypervisor.ts calls `pickNext` when a core is free, `charge` after each slice, and `refill` every 30 ms.
// Keeps weights among guests that always want to run, and pays nobody for sleeping.

/** What the scheduler knows of a guest. */
export interface Claim {
  readonly name: string;
  /** What it was promised, against the others: with weights 100 and 200, one third and two thirds. */
  weight: number;
  /** Cycles that it is owed; below 0 it has had more than its share. */
  credit: number;
  /** It has run, or has waited for a core, at some moment since the last refill. */
  wanted: boolean;
}

// #region credit
/** Nobody is owed more, or owes more, than he could run in three periods, for a weight of 100. */
const LIMIT = 18_000;

/**
 * Pays back by weight what has been used since the last time, to those who wanted to run. So the accounts of the busy
 * always add up to 0: they neither rise nor sink while somebody sleeps, and to wake up is no advantage.
 */
export function refill(claims: readonly Claim[], _cycles: number): void {
  const busy = claims.filter((claim) => claim.wanted);
  const weights = busy.reduce((sum, claim) => sum + claim.weight, 0);
  const missing = -busy.reduce((sum, claim) => sum + claim.credit, 0);
  for (const claim of busy) claim.credit += (missing * claim.weight) / weights;
  for (const claim of claims) {
    const limit = (LIMIT * claim.weight) / 100;
    claim.credit = Math.max(-limit, Math.min(limit, claim.credit));
  }
}

/** A guest has run for so many cycles. */
export function charge(claim: Claim, cycles: number): void {
  claim.credit -= cycles;
}

/** Of those that could run now, the one that is owed most for its weight. `ready` is never empty. */
export function pickNext(ready: readonly Claim[]): Claim | undefined {
  return ready.reduce((best, claim) =>
    claim.credit / claim.weight > best.credit / best.weight ? claim : best,
  );
}
// #endregion
