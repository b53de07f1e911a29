// One direction of one TCP connection through a door: takes bytes from one socket and gives them to the other when the
// way says that they arrive. Holds them while the way is stopped, asks the sender to wait when much is under way, and
// passes on how a side ended: a FIN as a FIN, a reset as a reset. Called by tcp-door.ts.
import type { Socket } from 'node:net';
import type { Way } from './way.ts';

/** More than this under way, and the sender waits: as a receive window would make it. */
const WINDOW_BYTES = 262_144;

/** What a door hears of a pipe, for the trace. */
export type Heard = (flags: 'P.' | 'F.' | 'R', bytes: number, afterMs: number | null) => void;

type Piece = { readonly dueMs: number } & (
  | { readonly bytes: Buffer }
  | { readonly end: 'fin' | 'reset'; readonly bytes?: never }
);

export class Pipe {
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #way: Way;
  readonly #heard: Heard;
  readonly #queue: Piece[] = [];
  #waitingBytes = 0;
  #lastDueMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #hasEnded = false;
  readonly #go = (): void => this.#drain();

  constructor(source: Socket, sink: Socket, way: Way, heard: Heard) {
    this.#source = source;
    this.#sink = sink;
    this.#way = way;
    this.#heard = heard;
    way.opened.add(this.#go);
    source.on('data', (bytes: Buffer) => this.#take(bytes));
    source.on('end', () => this.#finish('fin'));
    source.on('close', () => this.#finish('reset'));
    sink.on('close', () => this.#stop());
    sink.on('drain', this.#go);
  }

  #take(bytes: Buffer): void {
    const nowMs = performance.now();
    const afterMs = this.#way.streamMs(bytes.length, nowMs);
    this.#heard('P.', bytes.length, this.#way.isOpen ? afterMs : null);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > WINDOW_BYTES) this.#source.pause();
    this.#put({ dueMs: nowMs + afterMs, bytes });
  }

  #finish(end: 'fin' | 'reset'): void {
    // A socket that has ended closes as well: that says nothing new.
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const afterMs = this.#way.streamMs(0, performance.now());
    this.#heard(end === 'fin' ? 'F.' : 'R', 0, this.#way.isOpen ? afterMs : null);
    this.#put({ dueMs: performance.now() + afterMs, end });
  }

  #put(piece: Piece): void {
    this.#lastDueMs = Math.max(this.#lastDueMs, piece.dueMs);
    this.#queue.push({ ...piece, dueMs: this.#lastDueMs });
    this.#drain();
  }

  #drain(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (let [next] = this.#queue; next !== undefined && this.#way.isOpen; [next] = this.#queue) {
      const leftMs = next.dueMs - performance.now();
      if (leftMs > 0.5) {
        this.#timer = setTimeout(this.#go, leftMs);
        return;
      }
      if (next.bytes !== undefined && this.#sink.writableNeedDrain) return;
      this.#queue.shift();
      this.#give(next);
    }
  }

  #give(piece: Piece): void {
    if (piece.bytes === undefined) {
      if (piece.end === 'fin') this.#sink.end();
      else this.#sink.resetAndDestroy();
      this.#stop();
      return;
    }
    this.#sink.write(piece.bytes);
    this.#waitingBytes -= piece.bytes.length;
    if (this.#waitingBytes <= WINDOW_BYTES) this.#source.resume();
  }

  #stop(): void {
    this.#hasEnded = true;
    this.#queue.length = 0;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#way.opened.delete(this.#go);
    // Whoever still sends is heard no more: its bytes must not stop it from noticing the end.
    this.#source.resume();
  }
}
