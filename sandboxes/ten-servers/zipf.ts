// Keys as the world asks for them: the second most wanted half as often as the first, the third a third, and so on.
// Pure. Used by clients.ts.

/** Draws whole numbers from 0 to `keys` - 1 by Zipf's law with exponent 1. */
export function zipf(keys: number, random: () => number): () => number {
  const sums: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= keys; rank++) {
    total += 1 / rank;
    sums.push(total);
  }
  return () => {
    const at = random() * total;
    let low = 0;
    for (let high = keys - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
