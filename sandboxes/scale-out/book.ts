// The book of seats: how many are left, and which orders have one. The whole chapter is about where it is kept, and
// how many copies there are of it. Pure data, one process; refuses nothing but a sale without a seat.
// Kept by a shop for itself (shop.ts) or by the big machine for all its workers (big.ts).

import type { Answer } from './sell.ts';

export class Book {
  left: number;
  readonly #orders = new Set<number>();

  constructor(seats: number) {
    this.left = seats;
  }

  get sold(): number {
    return this.#orders.size;
  }

  // #region one-step
  /** Looks and sells in one turn of the event loop: within one process nobody can come between. */
  sell(order: number): Answer {
    if (this.#orders.has(order)) return 'sold';
    if (this.left <= 0) return 'sold out';
    this.left--;
    this.#orders.add(order);
    return 'sold';
  }
  // #endregion
}
