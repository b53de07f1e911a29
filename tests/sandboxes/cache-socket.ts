// A connection to the cache without a network, for its tests: bytes in, bytes out, in one turn.
// Stands for a net.Socket as far as connection.ts uses one. Refuses to be anything more.
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { serve } from '../../sandboxes/cache/connection.ts';
import { Store } from '../../sandboxes/cache/store.ts';

export class Line extends EventEmitter {
  /** What the cache has written. */
  said = '';
  isClosed = false;
  writableNeedDrain = false;

  constructor(store: Store) {
    super();
    serve(this as unknown as Socket, store, 1);
  }

  /** Sends these pieces, one after another; what the cache has said to all of them. */
  ask(...pieces: (string | Buffer)[]): string {
    const from = this.said.length;
    for (const piece of pieces) this.emit('data', Buffer.from(piece as string, 'latin1'));
    return this.said.slice(from);
  }

  write(text: string): boolean {
    if (this.isClosed) throw new Error('written after the end');
    this.said += text;
    return true;
  }
  end(): void {
    this.isClosed = true;
  }
  destroy(): void {
    this.isClosed = true;
  }
  setNoDelay(): void {}
  pause(): void {}
  resume(): void {}
}

/** A store of any size, or of so many entries, on a clock that only `clock.nowMs` moves. */
export function storeWith(entries = Number.POSITIVE_INFINITY, policy = 'lru', clock = { nowMs: 1_000_000 }) {
  return new Store({ entries, bytes: Number.POSITIVE_INFINITY }, policy, () => clock.nowMs);
}
