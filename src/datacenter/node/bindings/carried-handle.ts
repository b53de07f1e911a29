// Handles that go from one process to another with an IPC message: the socket behind the sender's handle, for
// which the receiver gets a handle of its own. A connection goes over whole: the sender's handle has nothing to close
// any more. A port of TCP or UDP both have from then on. Unix sockets are refused. Threads move a handle whole, and
// files too.
// Called by pipe-handle.ts and message-port.ts.
import type { Realm } from '../realm.ts';
import { fileSystemOf } from './fs.ts';
import { OpenFileHandle } from './fs-file-handle.ts';
import { TcpHandle } from './tcp-handle.ts';
import { UdpHandle } from './udp-handle.ts';

/** Makes a handle of the receiver's own. */
type Carried = (realm: Realm) => unknown;

const carried = new WeakSet<Carried>();

/** Takes or shares the kernel's socket of a handle. */
export function carriedFrom(handle: unknown): unknown {
  const made = handle instanceof TcpHandle ? tcp(handle) : handle instanceof UdpHandle ? udp(handle) : null;
  if (made === null) {
    throw new Error(
      'expected a TCP connection, server or datagram socket, found another kind of handle: the data center sends no Unix sockets between processes',
    );
  }
  carried.add(made);
  return made;
}

/** What is behind a handle that moves to another thread: this one is of no use from then on. */
export function detachedFrom(handle: TcpHandle | OpenFileHandle): unknown {
  if (handle instanceof OpenFileHandle) {
    const file = handle.surrender();
    const made = (realm: Realm): unknown => {
      const { FileHandle } = realm.internalBinding('fs') as { FileHandle: new (fd: number) => object };
      return new FileHandle(fileSystemOf(realm).files.adopt(file));
    };
    carried.add(made);
    return made;
  }
  const what = carriedFrom(handle);
  handle.close();
  return what;
}

/** A handle of the receiver's own for what was carried. */
export function carriedInto(realm: Realm, what: unknown): unknown {
  return carried.has(what as Carried) ? (what as Carried)(realm) : null;
}

function tcp(handle: TcpHandle): Carried | null {
  const taken = handle.surrender();
  const shared = taken === null ? handle.share() : null;
  if (taken === null && shared === null) return null;
  return (realm) => {
    const { TCP } = realm.internalBinding('tcp_wrap') as { TCP: new (type: number) => TcpHandle };
    const own = new TCP(taken === null ? 1 : 0);
    if (taken !== null) own.adopt(taken.socket, taken.isSix);
    else if (shared !== null) own.takeShared(shared);
    return own;
  };
}

function udp(handle: UdpHandle): Carried | null {
  const shared = handle.share();
  if (shared === null) return null;
  return (realm) => {
    const { UDP } = realm.internalBinding('udp_wrap') as { UDP: new () => UdpHandle };
    const own = new UDP();
    own.adopt(shared.socket, shared.isSix);
    return own;
  };
}
