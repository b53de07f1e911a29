// Zipf's law: the key of rank k is asked for in proportion to 1/k^alpha. A few keys get most of the questions.
// Refuses Math.pow: its last bit may differ between JavaScript engines, and then runs would differ too. Square roots do
// not: every engine rounds them alike. Used by clients.ts, bench.ts and theory.ts.

/** Shares of the ranks 1 to `keys`, which add up to 1. */
export function zipfShares(keys: number, alpha: number): Float64Array {
  const shares = new Float64Array(keys);
  let sum = 0;
  for (let rank = 1; rank <= keys; rank++) {
    const weight = 1 / power(rank, alpha);
    shares[rank - 1] = weight;
    sum += weight;
  }
  return shares.map((weight) => weight / sum);
}

/** Turns a number from 0 to 1 into a rank from 1 to `keys`, by Zipf's law. */
export function zipf(keys: number, alpha: number): (chance: number) => number {
  const upTo = zipfShares(keys, alpha);
  for (let at = 1; at < keys; at++) upTo[at] = (upTo[at] ?? 0) + (upTo[at - 1] ?? 0);
  return (chance) => {
    let low = 0;
    let high = keys - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 1) > chance) high = middle;
      else low = middle + 1;
    }
    return low + 1;
  };
}

/** `base` to the power `exponent`, both at least 0: whole powers times roots of roots, for the bits of the fraction. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let whole = Math.floor(exponent); whole > 0; whole--) result *= base;
  let root = base;
  for (let rest = exponent % 1, bit = 0; rest > 0 && bit < 40; bit++) {
    root = Math.sqrt(root);
    rest *= 2;
    if (rest >= 1) {
      result *= root;
      rest -= 1;
    }
  }
  return result;
}
