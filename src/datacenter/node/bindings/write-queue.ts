// Writes that the kernel has not taken whole yet, in order. Called by tcp-handle.ts, which tells the program
// when one is through.
import type { TcpSocket } from '../../machine/tcp.ts';
import type { AsyncWrap } from './async-wrap.ts';

export interface WriteRequest extends AsyncWrap {
  oncomplete(status: number): void;
}

export interface PendingWrite {
  readonly request: WriteRequest;
  bytes: Uint8Array;
}

export class WriteQueue {
  readonly #writes: PendingWrite[] = [];

  get isEmpty(): boolean {
    return this.#writes.length === 0;
  }

  add(request: WriteRequest, bytes: Uint8Array): void {
    this.#writes.push({ request, bytes });
  }

  /** Gives the kernel what it takes. The first write that is done, or cannot be: its `bytes` are what is left. */
  push(socket: TcpSocket): PendingWrite | null {
    const write = this.#writes[0];
    if (write === undefined) return null;
    if (socket.error === null && socket.writable) {
      const accepted = socket.write(write.bytes);
      write.bytes = write.bytes.subarray(accepted);
      if (write.bytes.length > 0) return null;
    }
    this.#writes.shift();
    return write;
  }
}
