// What theory promises of caches, as numbers: hit ratios under Zipf's law by the approximation of Che, its like for FIFO,
// the bound of whoever knows all popularities, a cache that starts cold, expiry, and stampedes.
// Pure. Assumes that questions are independent of one another. Used by experiments/ and tests; no program runs it.
import { zipfShares } from '../zipf.ts';

const total = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** The `t` at which `held(t)`, which grows with t, reaches `target`. */
function solve(held: (t: number) => number, target: number): number {
  let low = 0;
  let high = 1;
  while (held(high) < target) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (held(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * LRU. Che, Tung and Wang (2002), explained by Fricker, Robert and Roberts (2012): a key stays for about the same number
 * of questions T after it was last asked for, where T is such that on average `capacity` keys are there.
 */
export function che(shares: Float64Array, capacity: number): number {
  const t = characteristicTime(shares, capacity);
  return total(shares.map((share) => share * (1 - Math.exp(-share * t))));
}

export function characteristicTime(shares: Float64Array, capacity: number): number {
  return solve((t) => total(shares.map((share) => 1 - Math.exp(-share * t))), capacity);
}

/** FIFO, and a victim by chance: a key stays for T after it came, whether or not it is asked for. */
export function fifo(shares: Float64Array, capacity: number): number {
  const there = (share: number, t: number): number => (share * t) / (1 + share * t);
  const t = solve((time) => total(shares.map((share) => there(share, time))), capacity);
  return total(shares.map((share) => share * there(share, t)));
}

/** No policy without foresight does better: always to hold the most popular keys. */
export function ideal(shares: Float64Array, capacity: number): number {
  return total(shares.slice(0, capacity));
}

/** LRU over the first `questions` after it was emptied: the k-th finds its key if that was among the last min(k, T). */
export function coldLru(shares: Float64Array, capacity: number, questions: number): number {
  const t = characteristicTime(shares, capacity);
  return (
    total(
      shares.map((share) => {
        const cold = Math.min(questions, t);
        // The integral of share * (1 - exp(-share * k)) over k from 0 to `cold`, then its last value until the end.
        const start = share * cold - (1 - Math.exp(-share * cold));
        return start + share * (1 - Math.exp(-share * cold)) * (questions - cold);
      }),
    ) / questions
  );
}

/** A copy lives for `ttlS` from its load, whoever asks: of 1 + rate x ttl questions, all but the first find it. */
export function ttlHits(ratePerSecond: number, ttlS: number): number {
  return (ratePerSecond * ttlS) / (1 + ratePerSecond * ttlS);
}

/** Loads at one expiry where everybody loads who comes before the first load is done. */
export function stampedeLoads(ratePerSecond: number, loadS: number): number {
  return 1 + ratePerSecond * loadS;
}

export { zipfShares };
