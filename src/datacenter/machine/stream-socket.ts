// What the process side sees of a byte stream of the machine's kernel, whatever carries it: a TCP connection, a
// pipe or a Unix socket. Pull and wake, as with epoll. Types only; implemented by tcp-socket.ts, tcp-listener.ts,
// pipe.ts and unix-sockets.ts, and used by node/bindings/stream-handle.ts.

import type { ErrorCode } from '../base/error-code.ts';

export interface StreamListener {
  /** Called when a connection was put into the accept queue. Set by the owner; does nothing until then. */
  wake: () => void;
  /** The oldest connection that waits; null where there is none. */
  accept(): StreamSocket | null;
  /** Resets what was not accepted. */
  close(): void;
}

export interface StreamSocket {
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
  /** The peer will send no more, and everything before that was read. */
  readonly ended: boolean;
  /** False after shutdown, close or an error: a write then is EPIPE (or `error`, the first time). */
  readonly writable: boolean;
  /**
   * Bytes accepted into the send buffer, from the front; fewer than given (down to 0) when it is full, and
   * then `wake` is called once there is room again. Bytes are referred to, not copied: the caller never
   * changes them again.
   */
  write(bytes: Uint8Array): number;
  /** How many bytes `write` would take now. */
  readonly roomBytes: number;
  /** An end after all that was written; reading goes on. */
  shutdown(): void;
  /** close(2): what was written is delivered, then the end; an error where unread data is thrown away. */
  close(): void;
  /** A reset at once (SO_LINGER 0); what carries no resets just closes. */
  abort(): void;
}
