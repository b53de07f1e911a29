// A store in its time as replica: takes records from the primary of the highest epoch, keeps them, answers when they are
// on its disk, and applies them. A log that differs is cut back to where it agrees.
// Refuses every primary of a lower epoch than it has promised: that is the fence. Made by node.ts.
import { createServer, type Server, type Socket } from 'node:net';
import type { Journal } from './journal.ts';
import type { LogRecord } from './log.ts';
import type { Store } from './store.ts';
import { type Answer, onLines, type Ship, say, shipIn } from './wire.ts';

/** What the replica's side needs of its store. */
export interface Keeper {
  readonly journal: Journal;
  readonly store: Store;
  /** The highest epoch that was promised; the promise is on the disk. */
  readonly epoch: () => number;
  /** Promises a higher epoch, on the disk, before anything of it is taken. */
  readonly adopt: (epoch: number, primary: string) => Promise<void>;
  readonly isPrimary: () => boolean;
  readonly isFencing: boolean;
}

interface Connection {
  readonly socket: Socket;
  epoch: number;
  /** Message that is answered when the log is on the disk up to `matched`. */
  number: number;
  /** Up to here this log is known to be the primary's. */
  matched: number;
}

export class ReplicaDoor {
  readonly #keeper: Keeper;
  readonly #connections = new Set<Connection>();
  readonly server: Server;
  #turn: Promise<void> = Promise.resolve();

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
    this.server = createServer((socket) => {
      const connection: Connection = { socket, epoch: 0, number: 0, matched: 0 };
      this.#connections.add(connection);
      socket.on('close', () => this.#connections.delete(connection));
      onLines(socket, (line) => {
        const ship = shipIn(line);
        this.#turn = this.#turn.then(() => this.#take(ship, connection));
      });
    });
  }

  // #region fence
  async #take(ship: Ship, connection: Connection): Promise<void> {
    const { isFencing, epoch, adopt, isPrimary } = this.#keeper;
    if (isFencing || !isPrimary()) await adopt(ship.epoch, ship.from);
    if (isFencing && ship.epoch < epoch()) {
      const fenced: Answer = { epoch: epoch(), number: 0, received: 0, durable: 0 };
      say(connection.socket, fenced);
    } else if (!isPrimary()) this.#follow(ship, connection);
  }
  // #endregion

  #follow({ epoch, number, previous, snapshot, records }: Ship, connection: Connection): void {
    const { journal, store } = this.#keeper;
    Object.assign(connection, { epoch, number });
    if (snapshot && journal.epochAt(snapshot.index) !== snapshot.epoch) journal.install(snapshot);
    if (journal.epochAt(previous.index) === previous.epoch) {
      for (const record of records) this.#keep(record);
      connection.matched = previous.index + records.length;
      if (store.index > journal.durable || store.index < journal.base.index) this.rebuild();
      this.#answer(connection);
    } else {
      const canStepBack = previous.index > journal.base.index;
      this.#answer(connection, canStepBack ? Math.min(previous.index - 1, journal.last.index) : -1);
    }
  }

  /** Takes the primary's record; where this log has another one, that and all after it are dropped. */
  #keep(record: LogRecord): void {
    const { journal } = this.#keeper;
    const own = journal.epochAt(record.index);
    if (own === record.epoch) return;
    if (own !== undefined) journal.cutAfter(record.index - 1);
    journal.append(record);
  }

  #answer({ socket, number, matched, ...connection }: Connection, gap?: number): void {
    const durable = Math.min(matched, this.#keeper.journal.durable);
    const epoch = this.#keeper.isFencing ? this.#keeper.epoch() : connection.epoch;
    const answer = { epoch, number, received: matched, durable };
    say(socket, (gap === undefined ? answer : { ...answer, gap }) satisfies Answer);
  }

  /** The log that the store was made of has changed below it: begin anew. */
  rebuild(): void {
    const { journal, store } = this.#keeper;
    store.load(journal.base);
    for (const record of journal.from(journal.base.index + 1, journal.durable)) store.apply(record);
  }

  /** More of the log is on the disk: tells every primary that waits for it. */
  onDurable(): void {
    for (const connection of this.#connections) if (connection.number > 0) this.#answer(connection);
  }
}
