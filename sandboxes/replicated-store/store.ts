// The state machine: what the records of a log come to, one after another. Equal logs give equal stores.
// Knows nothing of disks, networks or who is primary. Applies in order and refuses a gap.
// Used by node.ts.
import type { LogRecord, Snapshot } from './log.ts';

export class Store {
  #entries = new Map<string, string>();
  /** Of the last record that was applied. */
  epoch = 0;
  index = 0;

  apply({ epoch, index, key, value }: LogRecord): void {
    if (index !== this.index + 1) throw new Error(`store: expected record ${this.index + 1}, found ${index}`);
    if (key === '' && value === null) this.#entries.clear();
    else if (value === null) this.#entries.delete(key);
    else if (key !== '') this.#entries.set(key, value);
    this.epoch = epoch;
    this.index = index;
  }

  load({ epoch, index, entries }: Snapshot): void {
    this.#entries = new Map(entries);
    this.epoch = epoch;
    this.index = index;
  }

  snapshot(): Snapshot {
    return { epoch: this.epoch, index: this.index, entries: [...this.#entries] };
  }

  get(key: string): string | undefined {
    return this.#entries.get(key);
  }

  get size(): number {
    return this.#entries.size;
  }

  get entries(): Record<string, string> {
    return Object.fromEntries(this.#entries);
  }
}
