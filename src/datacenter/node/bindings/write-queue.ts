// Writes that the kernel has not taken whole yet, in order, and those that it has but whose program was not told.
// Called by stream-handle.ts, which tells the program when one is through.
import type { Process } from '../../machine/process.ts';
import type { StreamSocket } from '../../machine/stream-socket.ts';
import type { AsyncWrap } from './async-wrap.ts';

export interface WriteRequest extends AsyncWrap {
  oncomplete(status: number): void;
}

export interface PendingWrite {
  readonly request: WriteRequest;
  /** What goes along with the first of the bytes: a handle for another process. */
  carried: unknown;
  bytes: Uint8Array;
}

/** Gives the kernel bytes; how many it took. */
export type Give = (bytes: Uint8Array, carried: unknown) => number;

export class WriteQueue {
  readonly #writes: PendingWrite[] = [];
  /** How many from the front the kernel has taken whole. */
  #through = 0;
  /** Bytes that were offered and that the kernel has not been given yet. */
  #promisedBytes = 0;

  get isEmpty(): boolean {
    return this.#writes.length === 0;
  }

  /** True where a write waits for room, or its program for word of it. */
  get hasNews(): boolean {
    return this.#through > 0;
  }

  get waitingBytes(): number {
    return this.#writes.reduce((sum, write) => sum + write.bytes.length, 0);
  }

  add(request: WriteRequest, bytes: Uint8Array, carried: unknown = null): void {
    this.#writes.push({ request, bytes, carried });
  }

  /**
   * Gives the kernel bytes past the queue, when the run's clock gets to where the process is. How many it will take
   * is known before: nobody else writes to the socket, and its room only grows meanwhile.
   */
  offer(
    process: Process,
    socket: StreamSocket,
    { bytes, carried }: Pick<PendingWrite, 'bytes' | 'carried'>,
    give: Give,
  ): number {
    if (process.actsAtOnce) return give(bytes, carried);
    const room = carried === null ? Math.max(0, socket.roomBytes - this.#promisedBytes) : bytes.length;
    const accepted = Math.min(room, bytes.length);
    this.#promisedBytes += accepted;
    process.kernel(() => {
      this.#promisedBytes -= accepted;
      give(bytes.subarray(0, accepted), carried);
    });
    return accepted;
  }

  /** Gives the kernel what it takes; a socket that takes nothing any more is through with all. */
  push(socket: StreamSocket, give: Give): void {
    for (let write = this.#writes[this.#through]; write !== undefined; ) {
      if (socket.error === null && socket.writable) {
        const taken = give(write.bytes, write.carried);
        write.bytes = write.bytes.subarray(taken);
        if (write.bytes.length > 0 && socket.writable) return;
      }
      write = this.#writes[++this.#through];
    }
  }

  /** Empties it; gives what was in it. */
  clear(): PendingWrite[] {
    this.#through = 0;
    return this.#writes.splice(0);
  }

  /** The first write that is through: its `bytes` are what could not be written. */
  take(): PendingWrite | null {
    if (this.#through === 0) return null;
    this.#through--;
    return this.#writes.shift() ?? null;
  }
}
