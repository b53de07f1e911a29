// Drives a run to a moment or to its next event: pops the timeline, applies actions when their time has come,
// and after every turn of a program returns to the host's event loop, so that promise jobs run before anything
// else happens. Called by run.ts.
import { assert } from './base/assert.ts';
import type { Timeline } from './base/timeline.ts';
import type { Action } from './contract.ts';
import type { Process } from './machine/process.ts';

export interface PumpOptions {
  readonly timeline: Timeline;
  /** In order of time; each is applied after all else that happens at its moment. */
  readonly actions: readonly Action[];
  readonly apply: (action: Action) => void;
  readonly eventCount: () => number;
  /** Returns to the host and calls back once the promise jobs of the process's turn have run. */
  readonly hop: (process: Process, callback: () => void) => void;
  /** A turn is over, with all its promise jobs. */
  readonly settled: () => void;
  /** The engine failed in a turn of the process: true where that was its program's doing, which then ends. */
  /** The error, with what programs did to bring it about. */
  readonly blamed: (error: unknown) => unknown;
  readonly isToBlame: (process: Process, error: unknown) => boolean;
}

/** Where to stop: at a time, or once that many events are recorded. */
interface Goal {
  readonly untilNs: number;
  readonly events: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export class Pump {
  /** The process whose turn ran last: whose promises the host may still tell of. */
  lastTurned: Process | null = null;
  readonly #options: PumpOptions;
  readonly #waiting: Action[];
  #turned: Process | null = null;
  #isBusy = false;
  #isStopped = false;

  constructor(options: PumpOptions) {
    this.#options = options;
    this.#waiting = [...options.actions];
  }

  get hasActions(): boolean {
    return this.#waiting.length > 0;
  }

  /** A program's turn ran: promise jobs may be waiting. */
  turned(process: Process): void {
    this.#turned = process;
    this.lastTurned = process;
  }

  /** Ends it: what is under way resolves at once. */
  stop(): void {
    this.#isStopped = true;
  }

  /** One call at a time. Rejects after stop(), and where the engine itself fails: the run is stopped then. */
  async run(untilNs: number, events: number): Promise<void> {
    assert(!this.#isBusy, 'a run is advanced by one caller at a time');
    if (this.#isStopped) throw new Error('the run was stopped');
    this.#isBusy = true;
    await new Promise<void>((done, failed) => this.#pump({ untilNs, events, done, failed }));
    this.#isBusy = false;
  }

  #pump(goal: Goal): void {
    try {
      if (this.#runTo(goal)) goal.done();
    } catch (error) {
      this.#fail(goal, error);
    }
  }

  #fail(goal: Goal, error: unknown): void {
    this.stop();
    goal.failed(this.#options.blamed(error));
  }

  /** False where a turn began: the rest comes once its promise jobs have run. */
  #runTo(goal: Goal): boolean {
    const { timeline, eventCount } = this.#options;
    while (!this.#isStopped && eventCount() < goal.events) {
      const nextNs = timeline.peekNs();
      if (this.#applyDue(Math.min(nextNs, goal.untilNs + 1))) continue;
      if (nextNs > goal.untilNs || nextNs === Number.POSITIVE_INFINITY) {
        if (goal.untilNs !== Number.POSITIVE_INFINITY && goal.untilNs > timeline.nowNs)
          timeline.advanceTo(goal.untilNs);
        break;
      }
      timeline.runNext();
      if (this.#turned !== null) {
        this.#hop(this.#turned, goal);
        return false;
      }
    }
    return true;
  }

  /** Applies the next action if its time lies before `beforeNs`. */
  #applyDue(beforeNs: number): boolean {
    const action = this.#waiting[0];
    if (action === undefined || action.atNs >= beforeNs) return false;
    this.#waiting.shift();
    this.#options.timeline.advanceTo(action.atNs);
    this.#options.apply(action);
    return true;
  }

  #hop(process: Process, goal: Goal): void {
    this.#options.hop(process, () => {
      // The turn goes on with ticks that promise jobs left, or is over.
      try {
        if (process.settle() && !this.#isStopped) {
          this.#hop(process, goal);
          return;
        }
        this.#turned = null;
        this.#options.settled();
      } catch (error) {
        if (this.#options.isToBlame(process, error)) this.#hop(process, goal);
        else this.#fail(goal, error);
        return;
      }
      this.#pump(goal);
    });
  }
}
