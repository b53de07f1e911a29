// The header lines of one message as they come in, in pieces: names and values in turn. Hands them over as Node's
// library takes them: one flat list. Called by http-parser.ts.
import { latin1Text } from '../text.ts';

/** Pairs that are collected before they are handed over in a batch (kMaxHeaderFieldsCount). */
const PAIRS_IN_A_BATCH = 32;

export class HeaderLines {
  #fields: string[] = [];
  #values: string[] = [];
  #lastWasValue = true;

  get isEmpty(): boolean {
    return this.#fields.length === 0;
  }

  /** True where the next name begins a new batch. */
  get isFullBatch(): boolean {
    return this.#lastWasValue && this.#fields.length === PAIRS_IN_A_BATCH;
  }

  clear(): void {
    this.#fields = [];
    this.#values = [];
    this.#lastWasValue = true;
  }

  addField(bytes: Uint8Array): void {
    if (this.#lastWasValue) {
      this.#fields.push('');
      this.#lastWasValue = false;
    }
    this.#fields[this.#fields.length - 1] += latin1Text(bytes);
  }

  addValue(bytes: Uint8Array): void {
    if (!this.#lastWasValue) {
      this.#values.push('');
      this.#lastWasValue = true;
    }
    this.#values[this.#values.length - 1] += latin1Text(bytes);
  }

  /** Name, value, name, value; then there are none. */
  take(): string[] {
    const pairs: string[] = [];
    for (let i = 0; i < this.#fields.length; i++)
      pairs.push(this.#fields[i] ?? '', trimmedEnd(this.#values[i] ?? ''));
    this.clear();
    return pairs;
  }
}

/** llhttp leaves white space at the end of a value; Node's native side takes it off. */
function trimmedEnd(value: string): string {
  let end = value.length;
  while (end > 0 && (value.charCodeAt(end - 1) === 32 || value.charCodeAt(end - 1) === 9)) end--;
  return end === value.length ? value : value.slice(0, end);
}
