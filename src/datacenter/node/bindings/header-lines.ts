// The header lines of one message as they come in, in pieces: names and values in turn. Hands them over as Node's
// library takes them: one flat list. Called by http-parser.ts.

/** Pairs that are collected before they are handed over in a batch (kMaxHeaderFieldsCount). */
const PAIRS_IN_A_BATCH = 32;

export class HeaderLines {
  /** Name, value, name, value. */
  #pairs: string[] = [];
  #lastWasValue = true;

  get isEmpty(): boolean {
    return this.#pairs.length === 0;
  }

  /** True where the next piece of a name begins a line. */
  get isBetween(): boolean {
    return this.#lastWasValue;
  }

  /** True where the next name begins a new batch. */
  get isFullBatch(): boolean {
    return this.#lastWasValue && this.#pairs.length === 2 * PAIRS_IN_A_BATCH;
  }

  clear(): void {
    if (this.#pairs.length > 0) this.#pairs = [];
    this.#lastWasValue = true;
  }

  addField(text: string): void {
    if (this.#lastWasValue) this.#pairs.push(text);
    else this.#pairs[this.#pairs.length - 1] += text;
    this.#lastWasValue = false;
  }

  addValue(text: string): void {
    if (!this.#lastWasValue) this.#pairs.push(text);
    else this.#pairs[this.#pairs.length - 1] += text;
    this.#lastWasValue = true;
  }

  /** Name, value, name, value; then there are none. */
  take(): string[] {
    const pairs = this.#pairs;
    // A name that came last has an empty value.
    if (!this.#lastWasValue) pairs.push('');
    for (let at = 1; at < pairs.length; at += 2) pairs[at] = trimmedEnd(pairs[at] as string);
    this.#pairs = [];
    this.#lastWasValue = true;
    return pairs;
  }
}

/** llhttp leaves white space at the end of a value; Node's native side takes it off. */
function trimmedEnd(value: string): string {
  let end = value.length;
  while (end > 0 && (value.charCodeAt(end - 1) === 32 || value.charCodeAt(end - 1) === 9)) end--;
  return end === value.length ? value : value.slice(0, end);
}
