// The credit scheduler: who runs next, by what each guest was promised and what it has had. Credit is CPU time that a
// guest is owed. Every guest earns it by its weight, pays for what it runs, and whoever is owed most goes next.
// Decides only: hypervisor.ts calls `pickNext` when a core is free, `charge` after each slice, and `refill` every 30 ms.
// Mistake: the greatest weight goes first, always. Whoever is promised least gets what the others leave: nothing.

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

/** Hands out the cycles of the next 30 ms on all cores, by weight. */
export function refill(claims: readonly Claim[], cycles: number): void {
  const weights = claims.reduce((sum, claim) => sum + claim.weight, 0);
  for (const claim of claims) claim.credit += (cycles * claim.weight) / weights;
}

/** A guest has run for so many cycles. */
export function charge(claim: Claim, cycles: number): void {
  claim.credit -= cycles;
}

/** The one with the greatest weight. */
export function pickNext(ready: readonly Claim[]): Claim | undefined {
  return ready.reduce((best, claim) => (claim.weight > best.weight ? claim : best));
}
