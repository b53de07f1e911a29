// Handles that go from one process to another with an IPC message: the socket behind the sender's handle, for
// which the receiver gets a handle of its own. Listening sockets and connections of TCP only; the kernel's socket
// goes over whole: the sender's handle has nothing to close any more. Called by pipe-handle.ts.
import type { TcpListener, TcpSocket } from '../../machine/tcp.ts';
import type { Realm } from '../realm.ts';
import { TcpHandle } from './tcp-handle.ts';

class Carried {
  readonly socket: TcpSocket;
  readonly isSix: boolean;

  constructor(socket: TcpSocket, isSix: boolean) {
    this.socket = socket;
    this.isSix = isSix;
  }
}

/** Takes the kernel's socket out of a handle. */
export function carriedFrom(handle: unknown): unknown {
  const taken: { socket: TcpSocket | TcpListener; isSix: boolean } | null =
    handle instanceof TcpHandle ? handle.surrender() : null;
  if (taken === null || !('connecting' in taken.socket)) {
    throw new Error(
      'expected a TCP connection, found another kind of handle: the data center sends no listening or datagram sockets between processes yet; send the connections, as cluster.SCHED_RR does',
    );
  }
  return new Carried(taken.socket, taken.isSix);
}

/** A handle of the receiver's own for what was carried. */
export function carriedInto(realm: Realm, carried: unknown): unknown {
  if (!(carried instanceof Carried)) return null;
  const { TCP } = realm.internalBinding('tcp_wrap') as { TCP: new (type: number) => TcpHandle };
  const handle = new TCP(0);
  handle.adopt(carried.socket, carried.isSix);
  return handle;
}
