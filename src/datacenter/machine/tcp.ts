// What the process side sees of a machine's TCP: pull and wake, as with epoll. The kernel side goes on by
// itself: it acknowledges, buffers and retransmits while the process computes, is frozen or has closed.
// Types only; given out by TcpStack (tcp-stack.ts), implemented by tcp-listener.ts and tcp-socket.ts.

import type { StreamListener, StreamSocket } from './stream-socket.ts';

export interface TcpListener extends StreamListener {
  /** Processes that have it among their files; it closes with the last. */
  holders: number;
  readonly isClosed: boolean;
  readonly address: number;
  readonly port: number;
  /** The oldest connection whose handshake is done; null where there is none. */
  accept(): TcpSocket | null;
}

/** RFC 9293. `close` sends FIN after what was written, RST where unread data is thrown away (3.6). */
export interface TcpSocket extends StreamSocket {
  /** `more` (MSG_MORE): more follows at once, do not send an incomplete segment yet. Wakes with a third free. */
  write(bytes: Uint8Array, more?: boolean): number;
  /** Accepted bytes that the peer's kernel has not acknowledged. */
  readonly unsentOrUnackedBytes: number;
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
