// The only source of chance in the engine: a seeded 32-bit generator that can be split by name, so that one
// part's draws never change another's. Refuses transcendental functions (their last bit differs between
// engines) and the host's randomness. One per run, split per machine, link and use.

/** Multiplies and folds so that every bit of `word` reaches every bit of the result (murmur3's finalizer). */
function scramble(word: number): number {
  let w = word;
  w = Math.imul(w ^ (w >>> 16), 0x85ebca6b);
  w = Math.imul(w ^ (w >>> 13), 0xc2b2ae35);
  return (w ^ (w >>> 16)) >>> 0;
}

/** sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, additions and shifts only. */
export class Random {
  /** What the generator was made from; `split` depends on this alone and not on draws made so far. */
  readonly #seed: number;
  readonly #path: string;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `seed` is taken modulo 2^32. Equal (seed, path) give equal draws on every host. */
  constructor(seed: number, path = '') {
    this.#seed = seed >>> 0;
    this.#path = path;
    let a = scramble(this.#seed ^ 0x9e3779b9);
    let b = scramble(this.#seed ^ 0x243f6a88);
    let c = scramble(this.#seed ^ 0xb7e15162);
    for (let i = 0; i < path.length; i++) {
      const unit = path.charCodeAt(i);
      a = scramble(a + unit);
      b = scramble(b ^ Math.imul(unit + 1, 0x9e3779b1));
      c = scramble((c << 5) - c + unit);
    }
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** An independent child. The same name always gives the same child, whenever it is asked for. */
  split(name: string): Random {
    return new Random(this.#seed, `${this.#path}/${name}`);
  }

  /** An integer in [0, 2^32). */
  uint32(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A multiple of 2^-53 in [0, 1), as Math.random gives. */
  fraction(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** An integer in [0, n), for 1 <= n <= 2^53. */
  below(n: number): number {
    return Math.floor(this.fraction() * n);
  }

  fillBytes(bytes: Uint8Array): void {
    let word = 0;
    for (let i = 0; i < bytes.length; i++) {
      word = (i & 3) === 0 ? this.uint32() : word >>> 8;
      bytes[i] = word & 0xff;
    }
  }
}
