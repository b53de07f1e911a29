// Folds old records into a snapshot, so that the log does not grow for ever. Keeps the records that a replica still needs
// for a while: a replica that is only a little behind should not be sent everything.
// Used by node.ts.
import type { Journal } from './journal.ts';
import type { Snapshot } from './log.ts';
import type { Store } from './store.ts';

/** So many times `every` the log may grow for the sake of a slow replica. */
const PATIENCE = 4;

export class Tidy {
  readonly #journal: Journal;
  readonly #store: Store;
  readonly #every: number;
  #snapshot: Snapshot | undefined;

  /** Once for `every` records. */
  constructor(journal: Journal, store: Store, every: number) {
    this.#journal = journal;
    this.#store = store;
    this.#every = every;
  }

  /** `replicas`: how far each has the log on its disk; none for a store that ships nothing. */
  go(replicas: readonly number[]): void {
    const journal = this.#journal;
    if (!this.#snapshot && this.#store.index - journal.base.index >= this.#every)
      this.#snapshot = this.#store.snapshot();
    const { index } = this.#snapshot ?? { index: Number.POSITIVE_INFINITY };
    const isNeeded = replicas.some((durable) => durable < index);
    if (!this.#snapshot || (isNeeded && journal.length < PATIENCE * this.#every)) return;
    journal.compact(this.#snapshot);
    this.#snapshot = undefined;
  }

  /** Another primary's log may differ from what the snapshot was made of. */
  forget(): void {
    this.#snapshot = undefined;
  }
}
