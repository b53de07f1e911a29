// A small seeded source of chance, so that the same seed gives the same traffic on every machine.
// Refuses Math.log: its last bit may differ between JavaScript engines, and then runs would differ too.
// Used by load.ts; not for secrets.

/** Numbers from 0 (included) to 1 (excluded), 32 bits each; the `splitmix32` mixing of a running counter. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
  };
}

/**
 * Exponentially distributed with mean 1, by comparing numbers only (von Neumann, 1951): draw while the numbers
 * fall; a run of odd length accepts its first number, a run of even length adds 1 and tries again.
 */
export function exponential(random: () => number): number {
  for (let whole = 0; ; whole++) {
    const first = random();
    let length = 1;
    for (let last = first, next = random(); next < last; last = next, next = random()) length++;
    if (length % 2 === 1) return whole + first;
  }
}
