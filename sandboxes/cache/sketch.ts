// A count-min sketch with aging: how often was a key asked for of late, within a few bytes for each entry of the cache?
// May say too much (two keys may share a cell), never too little since the last halving. Used by TinyLFU in policy.ts.

const ROWS = 4;
/** Counts above this make no difference; four bits would do. */
const MOST = 15;
/** After so many counts for each entry all of them are halved: what was popular once fades. */
const SAMPLES_PER_ENTRY = 10;
const CELLS_PER_ENTRY = 8;

export class Sketch {
  readonly #cells: Uint8Array;
  readonly #mask: number;
  readonly #samplesMax: number;
  #samples = 0;

  /** For a cache of about so many entries. */
  constructor(entries: number) {
    let width = 64;
    while (width < Math.min(entries, 1 << 17) * CELLS_PER_ENTRY) width *= 2;
    this.#cells = new Uint8Array(width * ROWS);
    this.#mask = width - 1;
    this.#samplesMax = entries * SAMPLES_PER_ENTRY;
  }

  count(key: string): void {
    const hash = hashOf(key);
    for (let row = 0; row < ROWS; row++) {
      const cell = this.#cell(hash, row);
      const value = this.#cells[cell] ?? 0;
      if (value < MOST) this.#cells[cell] = value + 1;
    }
    if (++this.#samples >= this.#samplesMax) this.#age();
  }

  /** The least of its cells: every other key can only have made them larger. */
  estimate(key: string): number {
    const hash = hashOf(key);
    let least = MOST;
    for (let row = 0; row < ROWS; row++) least = Math.min(least, this.#cells[this.#cell(hash, row)] ?? 0);
    return least;
  }

  #age(): void {
    for (let cell = 0; cell < this.#cells.length; cell++) this.#cells[cell] = (this.#cells[cell] ?? 0) >> 1;
    this.#samples >>= 1;
  }

  #cell(hash: number, row: number): number {
    const step = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) | 1;
    return row * (this.#mask + 1) + (mixed(hash + Math.imul(row, step)) & this.#mask);
  }
}

/** FNV-1a over the characters. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  const twice = Math.imul(once ^ (once >>> 15), 0x735a2d97);
  return (twice ^ (twice >>> 15)) >>> 0;
}
