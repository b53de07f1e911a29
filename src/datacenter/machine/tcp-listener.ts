// A listening port: connections whose handshake is under way, and those that wait to be accepted. Filled by
// the kernel whether or not the process runs. When the accept queue is full, SYNs are dropped without a
// word, so that clients try again (Linux, tcp_abort_on_overflow 0). Made by tcp-stack.ts only.

import type { TcpListener } from './tcp.ts';
import type { TcpConnection } from './tcp-socket.ts';
import type { TcpBinding } from './tcp-stack.ts';
import { Wakers } from './wakers.ts';

export class ListenQueue implements TcpListener {
  /** Processes that have it among their files; it closes with the last. */
  holders = 1;
  /** A connection was queued since `tell`. */
  news = false;
  readonly bound: TcpBinding;
  readonly #backlog: number;
  readonly #forget: (listener: ListenQueue) => void;
  readonly #halfOpen = new Set<TcpConnection>();
  readonly #ready: TcpConnection[] = [];
  readonly #wakers = new Wakers();
  #closed = false;

  constructor(bound: TcpBinding, backlog: number, forget: (listener: ListenQueue) => void) {
    this.bound = bound;
    this.#backlog = backlog;
    this.#forget = forget;
  }

  get wake(): () => void {
    return () => this.#wakers.wake();
  }

  set wake(wake: () => void) {
    this.#wakers.add(wake);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get address(): number {
    return this.bound.address;
  }

  get port(): number {
    return this.bound.port;
  }

  /** No further connection can be queued. Linux holds one more than the backlog (sk_acceptq_is_full). */
  get full(): boolean {
    return this.#ready.length > this.#backlog;
  }

  accept(): TcpConnection | null {
    return this.#ready.shift() ?? null;
  }

  close(): void {
    if (this.#closed || --this.holders > 0) return;
    this.#closed = true;
    this.#wakers.clear();
    this.#forget(this);
    for (const connection of [...this.#halfOpen, ...this.#ready]) connection.abort();
    this.#halfOpen.clear();
    this.#ready.length = 0;
  }

  /** Whether another SYN may be answered. */
  get hasRoom(): boolean {
    return !this.full && this.#halfOpen.size <= this.#backlog;
  }

  /** A SYN came and is being answered. The caller checked `hasRoom`. */
  begin(connection: TcpConnection): void {
    this.#halfOpen.add(connection);
  }

  /** Its handshake is done: it can be accepted. The caller checked `full`. */
  complete(connection: TcpConnection): void {
    this.#halfOpen.delete(connection);
    this.#ready.push(connection);
    this.news = true;
  }

  /** Wakes the owner. Last of all that a packet does. */
  tell(): void {
    this.news = false;
    this.#wakers.wake();
  }

  /** Its handshake will never be done. */
  abandon(connection: TcpConnection): void {
    this.#halfOpen.delete(connection);
  }

  /** Power off. */
  silence(): void {
    this.#closed = true;
    this.#halfOpen.clear();
    this.#ready.length = 0;
  }
}
