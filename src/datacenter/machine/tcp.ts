// What the process side sees of a machine's TCP: pull and wake, as with epoll. The kernel side goes on by
// itself: it acknowledges, buffers and retransmits while the process computes, is frozen or has closed.
// Types only; given out by TcpStack (tcp-stack.ts), implemented by tcp-listener.ts and tcp-socket.ts.

import type { ErrorCode } from '../base/error-code.ts';

export interface TcpListener {
  readonly address: number;
  readonly port: number;
  /** Called when a connection was put into the accept queue. Set by the owner; does nothing until then. */
  wake: () => void;
  /** The oldest connection whose handshake is done; null where there is none. */
  accept(): TcpSocket | null;
  /** Resets what was not accepted. */
  close(): void;
}

export interface TcpSocket {
  /**
   * Called, last of all that a packet or timer does, when any of the fields below may have changed: an edge,
   * not a level, and at times for nothing. Never called from within a call of the owner's.
   */
  wake: () => void;
  readonly connecting: boolean;
  /** Why the connection broke; null as long as it did not. Data that came before can still be read. */
  readonly error: ErrorCode | null;
  readonly readableBytes: number;
  /** Up to `max` bytes, or null where there are none now. Often the very array that the peer wrote. */
  read(max: number): Uint8Array | null;
  /** The peer sent FIN, and everything before it was read. */
  readonly ended: boolean;
  /** False after shutdown, close or an error: a write then is EPIPE (or `error`, the first time). */
  readonly writable: boolean;
  /**
   * Bytes accepted into the send buffer, from the front; fewer than given (down to 0) when it is full, and
   * then `wake` is called once a third of it is free. Bytes are referred to, not copied: the caller never
   * changes them again. `more` (MSG_MORE): more follows at once, do not send an incomplete segment yet.
   */
  write(bytes: Uint8Array, more?: boolean): number;
  /** Accepted bytes that the peer's kernel has not acknowledged. */
  readonly unsentOrUnackedBytes: number;
  /** FIN after all that was written; reading goes on. */
  shutdown(): void;
  /** close(2): delivers what was written, then FIN; RST where unread data is thrown away (RFC 9293, 3.6). */
  close(): void;
  /** RST at once; written data may be lost (SO_LINGER 0, or the death of the owner). */
  abort(): void;
  /** First probe after `delayNs` without a packet, then ten a second apart (as libuv sets it). */
  setKeepAlive(on: boolean, delayNs: number): void;
  /** Off by default, as on Linux: then small segments wait for an acknowledgment (Nagle, RFC 9293, 3.7.4). */
  setNoDelay(on: boolean): void;
  readonly localAddress: number;
  readonly localPort: number;
  readonly remoteAddress: number;
  readonly remotePort: number;
}
