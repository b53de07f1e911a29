// Unix sockets of one machine (unix(7)): a name is a file of kind 'socket' on the disk, or, where it begins with
// a zero character, a name that the kernel alone knows. Streams only; datagram and packet sockets are refused by
// Node's library itself. One for each machine; called by node/bindings/pipe-handle.ts.

import type { Disk } from './disk.ts';
import { DiskError } from './disk-error.ts';
import type { SocketNode } from './disk-inode.ts';
import { mayAccess } from './disk-walk.ts';
import { type PipeEnd, pipePair } from './pipe.ts';
import type { StreamListener } from './stream-socket.ts';

/** net.core.wmem_default: what a socket takes before its writer must wait. */
const ROOM_BYTES = 212_992;

/** What a socket is known by: its file, or its abstract name. */
export type UnixName = SocketNode | string;

export class UnixListener implements StreamListener {
  wake: () => void = () => undefined;
  readonly #backlog: number;
  readonly #ready: PipeEnd[] = [];
  readonly #forget: () => void;

  constructor(backlog: number, forget: () => void) {
    this.#backlog = backlog;
    this.#forget = forget;
  }

  /** Linux holds one more than the backlog. */
  get isFull(): boolean {
    return this.#ready.length > this.#backlog;
  }

  accept(): PipeEnd | null {
    return this.#ready.shift() ?? null;
  }

  /** A client's end goes into the accept queue. */
  admit(end: PipeEnd): void {
    this.#ready.push(end);
    this.wake();
  }

  close(): void {
    this.wake = () => undefined;
    this.#forget();
    for (const end of this.#ready.splice(0)) {
      if (end.peer !== null) end.peer.error = 'ECONNRESET';
      end.close();
    }
  }
}

export class UnixSockets {
  readonly #disk: Disk;
  readonly #listeners = new Map<UnixName, UnixListener>();
  readonly #abstractNames = new Set<string>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Makes the socket's file; an error's code where that cannot be. */
  bind(path: string, permissions: number): UnixName | { readonly error: string } {
    if (path.startsWith('\0')) {
      if (this.#abstractNames.has(path)) return { error: 'EADDRINUSE' };
      this.#abstractNames.add(path);
      return path;
    }
    return this.#onDisk(() => {
      const place = this.#disk.place(path, 'name');
      return place.node === undefined ? this.#disk.makeSocket(place, permissions) : { error: 'EADDRINUSE' };
    });
  }

  /** An abstract name is free again; a file stays where it is until it is unlinked. */
  unbind(name: UnixName): void {
    if (typeof name === 'string') this.#abstractNames.delete(name);
  }

  /** Takes the socket's file away; another that has come to lie there stays. */
  unlink(path: string, name: UnixName): void {
    this.#onDisk(() => {
      if (this.#disk.get(path, false) === name) this.#disk.unlink(path);
    });
  }

  listen(name: UnixName, backlog: number): UnixListener {
    const listener = new UnixListener(backlog, () => {
      if (this.#listeners.get(name) === listener) this.#listeners.delete(name);
    });
    this.#listeners.set(name, listener);
    return listener;
  }

  /** The connected end, at once; or an error's code. */
  connect(path: string): PipeEnd | { readonly error: string } {
    const name = this.#find(path);
    if (typeof name === 'object' && 'error' in name) return name;
    const listener = this.#listeners.get(name);
    if (listener === undefined) return { error: 'ECONNREFUSED' };
    if (listener.isFull) return { error: 'EAGAIN' };
    const [ours, theirs] = pipePair(ROOM_BYTES);
    listener.admit(theirs);
    return ours;
  }

  /** Power off: no listener is there any more, and nobody is woken. */
  crash(): void {
    for (const listener of this.#listeners.values()) listener.wake = () => undefined;
    this.#listeners.clear();
    this.#abstractNames.clear();
  }

  #find(path: string): UnixName | { readonly error: string } {
    if (path.startsWith('\0')) return path;
    return this.#onDisk(() => {
      const node = this.#disk.get(path);
      if (!mayAccess(node, 2)) return { error: 'EACCES' };
      return node.kind === 'socket' ? node : { error: 'ECONNREFUSED' };
    });
  }

  #onDisk<T>(look: () => T): T | { readonly error: string } {
    try {
      return look();
    } catch (error) {
      if (error instanceof DiskError) return { error: error.code };
      throw error;
    }
  }
}
