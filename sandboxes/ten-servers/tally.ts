// Keeps the latencies of the requests and sums them up. Pure, but for what it is told.
// Refuses to count the first requests: the servers are still filling up. Used by clients.ts.

export interface Told {
  readonly answered: number;
  readonly meanMs: number;
  readonly p99Ms: number;
}

export class Tally {
  readonly #warmUp: number;
  readonly #latenciesMs: number[] = [];

  constructor(warmUp: number) {
    this.#warmUp = warmUp;
  }

  answered(number: number, latencyMs: number): void {
    if (number > this.#warmUp) this.#latenciesMs.push(latencyMs);
  }

  told(): Told {
    const sorted = this.#latenciesMs.sort((a, b) => a - b);
    const sum = sorted.reduce((total, one) => total + one, 0);
    return {
      answered: sorted.length,
      meanMs: Math.round(sum / sorted.length),
      p99Ms: Math.round(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0),
    };
  }
}

/** How much fuller the fullest server is than all are in the mean. */
export function maxOverMean(inFlight: readonly number[]): number {
  const { fullest, mean } = fullestAndMean(inFlight);
  return fullest / mean;
}

export function fullestAndMean(inFlight: readonly number[]): { fullest: number; mean: number } {
  const total = inFlight.reduce((sum, count) => sum + count, 0);
  return { fullest: Math.max(...inFlight), mean: total / inFlight.length };
}
