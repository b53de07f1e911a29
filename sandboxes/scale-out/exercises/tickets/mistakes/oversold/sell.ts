// Sells a seat from the book that all shops share, over the network. Mistake: repeats what failed, and still takes without
// looking whether the book is the one that it has read.
// Called by seats.ts once per order. What it throws becomes a 503: nobody knows whether the order has a seat.

export type Answer = 'sold' | 'sold out';
/** Takes the customer's money, once for each order however often it is asked. */
export type Pay = (order: number) => Promise<void>;

/** The store, asked over the network. Each of these throws where its answer is missing; the store may have done it. */
export interface Store {
  /** Seats left, and the version of the book in which that was so. Each sale makes another version. */
  seats(): Promise<{ readonly left: number; readonly version: string }>;
  /** Whether this order has a seat. */
  has(order: number): Promise<boolean>;
  /**
   * Gives this order a seat; one that has a seat keeps it and gets no second. With a version, only while the book is
   * still that one, else `changed`. Without, it sells even if nothing is left.
   */
  sell(order: number, version?: string): Promise<'sold' | 'changed'>;
  /** Takes the book's only lock, or false where somebody has it, until somebody calls `unlock`. */
  lock(): Promise<boolean>;
  unlock(): Promise<void>;
}

export async function sell(order: number, store: Store, pay: Pay): Promise<Answer> {
  if ((await store.seats()).left <= 0) return 'sold out';
  await pay(order);
  for (;;) {
    try {
      await store.sell(order);
      return 'sold';
    } catch {
      // The same order again: the store gives no second seat.
    }
  }
}
