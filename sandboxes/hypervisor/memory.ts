// A guest's memory: a window into the memory of the real machine, given by its base and its bound.
// Refuses to look outside: whoever reads or writes asks `place` first, and -1 means that there is no such byte.
// Used by the processor for every fetch, load and store.

/** Where every guest sees its memory begin, whatever part of the real memory it has. */
export const RAM_START = 0x80000000;
/** A store of a word other than 0 to this address ends a guest, and says how it went. */
export const TO_HOST = 0x80001000;

export class Memory {
  readonly base: number;
  readonly bound: number;
  readonly #bytes: DataView;

  /** `bound` bytes of the real memory from `base` on. */
  constructor(real: Uint8Array, base: number, bound: number) {
    if (base < 0 || bound < 4 || base + bound > real.length)
      throw new Error(
        `window: expected a part of the ${real.length} bytes there are, found ${bound} bytes at ${base}: take less`,
      );
    this.base = base;
    this.bound = bound;
    this.#bytes = new DataView(real.buffer, real.byteOffset, real.length);
  }

  // #region window
  /** Where in the real memory these bytes of the guest are; -1 if one lies outside its window. */
  place(address: number, size: number): number {
    const offset = (address - RAM_START) >>> 0;
    return offset <= this.bound - size ? this.base + offset : -1;
  }
  // #endregion

  /** Reads as `funct3` of a load says (lb, lh, lw, lbu, lhu). `place` is in the window. */
  load(place: number, funct3: number): number {
    if (funct3 === 2) return this.#bytes.getInt32(place, true);
    if (funct3 === 0) return this.#bytes.getInt8(place);
    if (funct3 === 4) return this.#bytes.getUint8(place);
    return funct3 === 1 ? this.#bytes.getInt16(place, true) : this.#bytes.getUint16(place, true);
  }

  /** Writes as `funct3` of a store says (sb, sh, sw). */
  store(place: number, funct3: number, value: number): void {
    if (funct3 === 2) this.#bytes.setInt32(place, value, true);
    else if (funct3 === 0) this.#bytes.setUint8(place, value);
    else this.#bytes.setUint16(place, value, true);
  }

  word(place: number): number {
    return this.#bytes.getInt32(place, true);
  }

  /** Copies a program to the beginning of the window; the rest becomes 0. */
  fill(program: Uint8Array): void {
    if (program.length > this.bound)
      throw new Error(
        `program: expected at most ${this.bound} bytes, found ${program.length}: shorten it, or give more memory`,
      );
    const window = new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + this.base, this.bound);
    window.fill(0);
    window.set(program);
  }
}
