// A replica's applier: takes records that are on its disk and applies them, one after another, at its own pace.
// A pace of more than 0 ms a record makes it slower than the disk; then it is a queue, and its length is lag.
// Refuses to apply what is not durable. Used by node.ts.
import type { Journal } from './journal.ts';
import type { Store } from './store.ts';

export class Replay {
  readonly #journal: Journal;
  readonly #store: Store;
  readonly #isPrimary: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Time that a record takes. */
  recordMs = 0;

  constructor(journal: Journal, store: Store, isPrimary: () => boolean) {
    this.#journal = journal;
    this.#store = store;
    this.#isPrimary = isPrimary;
  }

  /** Applies what there is. A primary shows records itself, when they are acknowledged. */
  go(): void {
    while (this.#timer === undefined && !this.#isPrimary() && this.#store.index < this.#journal.durable) {
      if (this.recordMs > 0) {
        this.#timer = setTimeout(() => this.#one(), this.recordMs);
        return;
      }
      this.#apply();
    }
  }

  #one(): void {
    this.#timer = undefined;
    if (!this.#isPrimary() && this.#store.index < this.#journal.durable) this.#apply();
    this.go();
  }

  #apply(): void {
    const record = this.#journal.at(this.#store.index + 1);
    if (record) this.#store.apply(record);
    else this.#store.load(this.#journal.base); // A snapshot came over it.
  }
}
