// A store in its time as primary of one epoch: takes writes, ships them, tells clients yes or no as ack.ts decides, and
// shows only what was acknowledged. Its time ends for good when a higher epoch is heard of.
// Made by node.ts; asked by api.ts.
import { decide, type Mode, type Verdict } from './ack.ts';
import { Hold, type Lag } from './hold.ts';
import type { Journal } from './journal.ts';
import { Reads } from './reads.ts';
import { type Replica, Shipper } from './ship.ts';
import type { Store } from './store.ts';

export interface Settings extends Lag {
  mode: Mode;
  readonly patienceMs: number;
  readonly heartbeatMs: number;
}

export interface Outcome {
  readonly verdict: Exclude<Verdict, 'wait'>;
  readonly index: number;
  /** Stores on whose disks it is known to be. */
  readonly copies: number;
}

interface Pending {
  readonly index: number;
  readonly sinceMs: number;
  readonly answer: ((outcome: Outcome) => void) | undefined;
  isTold: boolean;
}

/** What makes a store a primary. */
export interface Own {
  readonly name: string;
  readonly epoch: number;
  readonly journal: Journal;
  readonly store: Store;
  readonly settings: Settings;
}

/** So many writes may wait. */
const PENDING_MAX = 5000;

export class Primary {
  readonly epoch: number;
  /** The first record of its own: when that is acknowledged, so is all that was there before. */
  readonly start: number;
  readonly shippers: readonly Shipper[];
  readonly #own: Own;
  readonly #hold: Hold;
  readonly #reads = new Reads();
  readonly #timer: NodeJS.Timeout;
  #pending: Pending[] = [];
  #number = 0;

  constructor(own: Own, replicas: readonly Replica[], onDeposed: (epoch: number) => void) {
    const { name, epoch, journal, settings } = own;
    this.#own = own;
    this.epoch = epoch;
    this.start = journal.last.index + 1;
    this.#hold = new Hold(settings, journal.durable, () => this.#push(false));
    const [released, number] = [() => this.#hold.released, () => this.#number];
    const silenceMs = 20 * settings.heartbeatMs;
    const onNews = () => this.settle();
    const sender = { name, epoch, journal, silenceMs, released, number, onNews, onDeposed };
    this.shippers = replicas.map((replica) => new Shipper(replica, sender));
    this.#timer = setInterval(() => this.#push(true), settings.heartbeatMs);
    this.write('', '', undefined);
  }

  /** Appends; the answer comes when ack.ts says so, or a refusal when this primary's time is over. */
  write(key: string, value: string | null, answer: Pending['answer']): void {
    const { journal } = this.#own;
    const index = journal.last.index + 1;
    if (this.#pending.length < PENDING_MAX) {
      journal.append({ epoch: this.epoch, index, key, value });
      this.#pending.push({ index, sinceMs: performance.now(), answer, isTold: false });
    } else answer?.({ verdict: 'refuse', index: 0, copies: 0 });
  }

  /** More of the log is on the own disk. */
  onDurable(): void {
    this.#hold.add(this.#own.journal.durable);
    this.settle();
  }

  /** Asks ack.ts about the writes that wait, oldest first: none is acknowledged before those it stands on. */
  settle(): void {
    const { journal, settings, store } = this.#own;
    const nowMs = performance.now();
    for (const write of this.#pending) {
      const { index, sinceMs } = write;
      if (write.isTold && write !== this.#pending[0]) continue; // Refused, and in the shadow of another.
      const holders = (what: 'received' | 'durable') =>
        this.shippers.filter((one) => one[what] >= index).map((one) => one.replica.name);
      const onOwnDisk = journal.durable >= index;
      const durable = holders('durable');
      const known = { onOwnDisk, durable, received: holders('received'), replicas: this.shippers.length };
      const { patienceMs, mode } = settings;
      const verdict = decide(mode, { ...known, waitedMs: nowMs - sinceMs, patienceMs });
      if (verdict === 'wait') break; // A later write is known to fewer, and has waited for less.
      if (verdict === 'acknowledge') this.#show(index);
      if (!write.isTold) write.answer?.({ verdict, index, copies: (onOwnDisk ? 1 : 0) + durable.length });
      write.isTold = true;
    }
    this.#pending = this.#pending.filter(({ index }) => index > store.index);
    this.#settleReads();
  }

  #show(index: number): void {
    const { journal, store } = this.#own;
    for (let next = store.index + 1; next <= index; next++) {
      const record = journal.at(next);
      if (record) store.apply(record);
    }
  }

  /** Whether the store's state may be shown. In quorum mode a majority must confirm it, after the read came. */
  read(answer: (mayRead: boolean) => void): void {
    this.#number++;
    this.#reads.add(this.#number, answer);
    if (this.#own.settings.mode === 'quorum') this.#push(true);
    this.#settleReads();
  }

  #settleReads(): void {
    const { settings, store } = this.#own;
    const loyal = (number: number) => 1 + this.shippers.filter((one) => one.answered >= number).length;
    const isMajority = (number: number) => loyal(number) > (this.shippers.length + 1) / 2;
    const isEnough = settings.mode === 'quorum' ? isMajority : () => true;
    this.#reads.settle((number) => store.index >= this.start && isEnough(number), settings.patienceMs);
  }

  /** Sends what may leave; with a sign of life, whatever the clock has changed is settled, too. */
  #push(isSignOfLife: boolean): void {
    for (const shipper of this.shippers) shipper.push(isSignOfLife);
    if (isSignOfLife) this.settle();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#hold.close();
    for (const shipper of this.shippers) shipper.close();
    for (const { index, answer, isTold } of this.#pending)
      if (!isTold) answer?.({ verdict: 'refuse', index, copies: 0 });
    this.#reads.settle(() => false, 0);
  }
}
