// The idea of the chapter: a cache is full, and something new comes. Who has to go? Four answers.
// A policy knows keys, not values; it is told what happens and says who goes next. It keeps no clock and no limit:
// store.ts does. `policies` at the end names them.
import { Sketch } from './sketch.ts';

export interface Policy {
  /** The key was asked for, and `found` or not. */
  asked(key: string, found: boolean): void;
  added(key: string): void;
  removed(key: string): void;
  /** Whoever should go so that `newcomer` can come; the newcomer itself where it is not worth it. */
  victim(newcomer: string): string | undefined;
}

/** First in, first out: whoever has been here longest goes, however popular. */
export class Fifo implements Policy {
  /** A Set keeps the order in which its members came. */
  protected readonly order = new Set<string>();

  asked(_key: string, _found: boolean): void {}
  added(key: string): void {
    this.order.add(key);
  }
  removed(key: string): void {
    this.order.delete(key);
  }
  victim(_newcomer: string): string | undefined {
    return this.order.values().next().value;
  }
}

// #region lru
/** Least recently used: whoever is asked for goes to the back of the queue. */
export class Lru extends Fifo {
  override asked(key: string, found: boolean): void {
    if (!found) return;
    this.order.delete(key);
    this.order.add(key);
  }
}
// #endregion

/** Least frequently used: whoever was asked for least often goes; among equals, whoever reached that count first. */
export class Lfu implements Policy {
  readonly #counts = new Map<string, number>();
  readonly #byCount = new Map<number, Set<string>>();
  #least = 1;

  asked(key: string, found: boolean): void {
    const count = this.#counts.get(key);
    if (!found || count === undefined) return;
    this.removed(key);
    this.#put(key, count + 1);
  }
  added(key: string): void {
    this.#put(key, 1);
    this.#least = 1;
  }
  removed(key: string): void {
    const count = this.#counts.get(key) ?? 0;
    const group = this.#byCount.get(count);
    group?.delete(key);
    if (group?.size === 0) this.#byCount.delete(count);
    this.#counts.delete(key);
  }
  victim(_newcomer: string): string | undefined {
    if (this.#counts.size === 0) return undefined;
    while (!this.#byCount.has(this.#least)) this.#least++;
    return this.#byCount.get(this.#least)?.values().next().value;
  }

  #put(key: string, count: number): void {
    this.#counts.set(key, count);
    const group = this.#byCount.get(count);
    if (group === undefined) this.#byCount.set(count, new Set([key]));
    else group.add(key);
  }
}

// #region tinylfu
/**
 * TinyLFU (Einziger, Friedman, Manes 2017): the queue of LRU, with a doorman. A newcomer comes in
 * only if it was asked for more often of late than whoever would have to go. How often, a sketch
 * says: it counts all keys, also those that are not here, and halves its counts now and then.
 */
export class TinyLfu extends Lru {
  readonly #sketch: Sketch;

  constructor(capacity: number) {
    super();
    this.#sketch = new Sketch(capacity);
  }
  override asked(key: string, found: boolean): void {
    super.asked(key, found);
    this.#sketch.count(key);
  }
  override victim(newcomer: string): string | undefined {
    const oldest = super.victim(newcomer);
    if (oldest === undefined) return undefined;
    return this.#sketch.estimate(newcomer) > this.#sketch.estimate(oldest) ? oldest : newcomer;
  }
}
// #endregion

/** By name; each for a cache that holds about `capacity` entries. */
export const policies: Readonly<Record<string, (capacity: number) => Policy>> = {
  lru: () => new Lru(),
  lfu: () => new Lfu(),
  tinylfu: (capacity) => new TinyLfu(capacity),
  fifo: () => new Fifo(),
};

export function policyCalled(name: string, capacity: number): Policy {
  const make = Object.hasOwn(policies, name) ? policies[name] : undefined;
  if (make !== undefined) return make(capacity);
  throw new Error(
    `policy: expected one of ${Object.keys(policies).join(', ')}, found '${name}': correct POLICY`,
  );
}
