// Log shipping, the primary's side: to one replica, over one connection, all records in order, and again from where the
// replica's log ends after a cut. Sends without waiting for answers. Refuses to ship what is not on the own disk.
// One for each replica, made by primary.ts.
import { connect, type Socket } from 'node:net';
import type { Journal } from './journal.ts';
import { answerIn, onLines, type Ship, say } from './wire.ts';

export interface Replica {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** What a shipper needs of the primary. */
export interface Sender {
  readonly name: string;
  readonly epoch: number;
  readonly journal: Journal;
  /** A replica that has said nothing for so long gets a new connection: the old one may hang for a minute. */
  readonly silenceMs: number;
  /** Records up to this index may leave. */
  readonly released: () => number;
  /** Number of the newest message; each message carries it. */
  readonly number: () => number;
  /** Something is known about this replica that was not known before. */
  readonly onNews: () => void;
  /** A replica has promised a higher epoch. */
  readonly onDeposed: (epoch: number) => void;
}

const AGAIN_MS = 50;
/** At most so many records in a message. */
const BATCH = 200;

export class Shipper {
  readonly replica: Replica;
  readonly #sender: Sender;
  #socket: Socket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;
  /** Index of the next record to be sent. */
  #next: number;
  received = 0;
  durable = 0;
  /** The replica has answered a message with this number. */
  answered = 0;
  #heardMs = 0;

  constructor(replica: Replica, sender: Sender) {
    this.replica = replica;
    this.#sender = sender;
    this.#next = sender.journal.last.index + 1;
    this.#connect();
  }

  #connect(): void {
    const { host, port } = this.replica;
    const socket = connect({ host, port });
    this.#socket = socket;
    this.#heardMs = performance.now();
    onLines(socket, (line) => this.#heard(line));
    socket.on('connect', () => this.push(true));
    socket.on('close', () => {
      this.#socket = undefined;
      this.received = this.durable; // What was on the way, or in memory there, may be gone.
      if (this.answered > 0) this.#next = this.durable + 1;
      if (!this.#isClosed) this.#timer = setTimeout(() => this.#connect(), AGAIN_MS);
    });
  }

  /** Sends all that may leave; with `always`, a sign of life even if that is nothing. */
  push(always = false): void {
    const { journal, released, number, name, epoch, silenceMs } = this.#sender;
    const socket = this.#socket;
    if (performance.now() - this.#heardMs > silenceMs) socket?.destroy();
    if (!socket || socket.connecting || socket.writableNeedDrain) return;
    for (;;) {
      const head = { epoch, from: name, number: number() };
      const before = journal.epochAt(this.#next - 1);
      if (before === undefined) {
        const { epoch: of, index } = journal.base;
        this.#next = index + 1;
        const previous = { epoch: of, index };
        say(socket, { ...head, previous, records: [], snapshot: journal.base } satisfies Ship);
        continue;
      }
      const previous = { epoch: before, index: this.#next - 1 };
      const records = journal.from(this.#next, Math.min(released(), this.#next + BATCH - 1));
      if (records.length === 0 && !always) return;
      say(socket, { ...head, previous, records } satisfies Ship);
      this.#next += records.length;
      always = false;
    }
  }

  #heard(line: string): void {
    const answer = answerIn(line);
    this.#heardMs = performance.now();
    if (answer.epoch > this.#sender.epoch) {
      this.#sender.onDeposed(answer.epoch);
      return;
    }
    this.received = Math.max(this.received, answer.received);
    this.durable = Math.max(this.durable, answer.durable);
    this.answered = Math.max(this.answered, answer.number);
    if (answer.gap !== undefined) {
      this.#next = Math.min(answer.gap, this.#next - 1) + 1;
      this.push(true);
    }
    this.#sender.onNews();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }
}
