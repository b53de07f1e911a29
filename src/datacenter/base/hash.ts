// A streaming 64-bit hash of the trace: equal runs, equal hashes, on every JavaScript engine. Two 32-bit
// lanes, multiplications by Math.imul only, so that nothing depends on floating point. Not cryptographic:
// it finds differences, it does not stop someone who wants to forge one.

const NUMBER_TAG = 0x4e;
const INTEGER_TAG = 0x49;
const TEXT_TAG = 0x54;
const BYTES_TAG = 0x42;

export class StreamHash {
  #high = 0x6a09e667 | 0;
  #low = 0xbb67ae85 | 0;
  readonly #float = new DataView(new ArrayBuffer(8));

  /** Adds a text with its length, so that ('ab', 'c') and ('a', 'bc') differ. */
  add(text: string): this {
    this.#begin(text.length);
    this.#addUnits(text);
    this.#mix(text.length);
    return this;
  }

  /** Adds the text that the parts are together, without making it. */
  addJoined(parts: readonly string[]): this {
    let length = 0;
    for (const part of parts) length += part.length;
    this.#begin(length);
    for (const part of parts) this.#addUnits(part);
    this.#mix(length);
    return this;
  }

  /** Adds any number, NaN included; 0 and -0 count as equal. */
  addNumber(n: number): this {
    if ((n | 0) === n) {
      this.#mix(INTEGER_TAG);
      this.#mix(n);
      return this;
    }
    // One bit pattern for every NaN: hosts differ in the ones they store.
    this.#float.setFloat64(0, Number.isNaN(n) ? 0 : n, true);
    this.#mix(Number.isNaN(n) ? NUMBER_TAG + 1 : NUMBER_TAG);
    this.#mix(this.#float.getInt32(0, true));
    this.#mix(this.#float.getInt32(4, true));
    return this;
  }

  addBytes(bytes: Uint8Array): this {
    this.#mix(BYTES_TAG);
    for (let i = 0; i < bytes.length; i++) this.#mix(bytes[i] as number);
    this.#mix(bytes.length);
    return this;
  }

  /** Sixteen hex digits for all that was added so far. The stream can go on. */
  digest(): string {
    const { high, low } = finish(this.#high, this.#low);
    return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
  }

  #begin(length: number): void {
    this.#high ^= TEXT_TAG;
    this.#low ^= length;
  }

  #addUnits(text: string): void {
    let high = this.#high;
    let low = this.#low;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      high = Math.imul(high ^ unit, 0x85ebca6b);
      high ^= high >>> 15;
      low = Math.imul(low ^ unit, 0xc2b2ae35);
      low ^= low >>> 13;
    }
    this.#high = high;
    this.#low = low;
  }

  #mix(word: number): void {
    let high = Math.imul(this.#high ^ word, 0x85ebca6b);
    high ^= high >>> 15;
    let low = Math.imul(this.#low ^ word, 0xc2b2ae35) + high;
    low ^= low >>> 13;
    this.#high = high | 0;
    this.#low = low | 0;
  }
}

/** Lets every bit of each lane reach both halves of the digest. */
function finish(highLane: number, lowLane: number): { high: number; low: number } {
  let high = highLane;
  let low = lowLane;
  for (let round = 0; round < 2; round++) {
    high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
    low = Math.imul(low ^ (low >>> 16), 0x9e3779b1) ^ Math.imul(high ^ (high >>> 13), 0x27d4eb2f);
  }
  return { high: high >>> 0, low: low >>> 0 };
}
