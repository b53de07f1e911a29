// A timer of a connection: set, moved and cleared far more often than it fires. So moving it later, or
// clearing it, touches no queue: the entry that waits looks at the deadline when its time comes.
// Called by the sending side, and by the connection for acknowledgments, keepalive and TIME_WAIT.

import type { Scheduler, TimelineEntry } from '../base/timeline.ts';

export class TcpTimer {
  readonly #scheduler: Scheduler;
  readonly #run: () => void;
  #deadlineNs = Number.POSITIVE_INFINITY;
  #entry: TimelineEntry | null = null;

  constructor(scheduler: Scheduler, run: () => void) {
    this.#scheduler = scheduler;
    this.#run = run;
  }

  get isSet(): boolean {
    return this.#deadlineNs !== Number.POSITIVE_INFINITY;
  }

  /** Fires at `atNs`, and at no time set before. */
  set(atNs: number): void {
    this.#deadlineNs = atNs;
    if (this.#entry !== null) {
      if (this.#entry.atNs <= atNs) return;
      this.#scheduler.cancel(this.#entry);
    }
    this.#entry = this.#scheduler.schedule(atNs, this.#look);
  }

  clear(): void {
    this.#deadlineNs = Number.POSITIVE_INFINITY;
  }

  /** Clears it and lets go of the queue, so that nothing keeps a dead connection in memory. */
  dispose(): void {
    this.clear();
    if (this.#entry !== null) this.#scheduler.cancel(this.#entry);
    this.#entry = null;
  }

  readonly #look = (): void => {
    this.#entry = null;
    if (this.#deadlineNs > this.#scheduler.nowNs) {
      if (this.isSet) this.set(this.#deadlineNs);
      return;
    }
    this.clear();
    this.#run();
  };
}
