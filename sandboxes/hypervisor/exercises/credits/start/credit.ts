// The credit scheduler: who runs next, by what each guest was promised and what it has had. Credit is CPU time that a
// guest is owed. Every guest earns it by its weight, pays for what it runs, and whoever is owed most goes next.
// Decides only: hypervisor.ts calls `pickNext` when a core is free, `charge` after each slice, and `refill` every 30 ms.
// As it stands it keeps weights among guests that always want to run. The exercise `credits` is about the others.

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
/** Hands out the cycles of the next 30 ms on all cores, by weight. */
export function refill(claims: readonly Claim[], cycles: number): void {
  const weights = claims.reduce((sum, claim) => sum + claim.weight, 0);
  for (const claim of claims) claim.credit += (cycles * claim.weight) / weights;
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
