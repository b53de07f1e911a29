// Drives one run at the reader's pace: run, pause, step, act, rewind (which is replay). Knows no DOM: the page calls
// frame() from requestAnimationFrame. Never more than one call to the runtime at a time; a slow engine slows the
// pace and nothing queues up. Refuses to go on after a problem until it is booted again. Called by lab-store.ts.
import type { Action, Deed, TraceEvent } from '../../datacenter/contract.ts';
import { type Batch, type Running, RunProblem, type RunSpec, type Runtime } from '../../runtime/runtime.ts';
import { HashMarks } from './hash-marks.ts';
import { LabModel } from './model.ts';
import { FlatOutSlice } from './slice.ts';
import { laterDropped } from './words.ts';

export type SessionStatus = 'idle' | 'booting' | 'running' | 'paused' | 'replaying' | 'ended' | 'failed';

/** Virtual seconds per second at the desk; null is flat out. */
export type Speed = number | null;

export interface SessionHooks {
  /** Something to show has changed. Called often; the listener throttles. */
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
  /** Monotonic milliseconds at the desk; only to pace. */
  readonly clock: () => number;
}

/** After this long without a frame (a hidden tab) the run does not jump ahead. */
const frameMsMax = 100;
/** A replay goes in slices of virtual time, so the page can show how far it is. */
const replaySliceNs = 1e9;
const stepsMax = 200;

export class LabSession {
  runtime: Runtime;
  readonly #hooks: SessionHooks;
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  #lastFrameMs = 0;
  #slice = new FlatOutSlice();
  #marks = new HashMarks();
  #wanted = false;
  /** Counts boots; an answer of an earlier boot is dropped. */
  #boot = 0;

  /** Set by this class alone. */
  run: Running | null = null;
  spec: RunSpec | null = null;
  model = new LabModel();
  status: SessionStatus = 'idle';
  speed: Speed = 1;
  /** Everything the reader did in this run, also what lies ahead after a rewind. */
  recorded: readonly Action[] = [];
  /** Furthest moment seen, for the strip. */
  furthestNs = 0;
  /** The model as it was before a rewind: what the strip shows, pale, to the right of now. */
  ahead: LabModel | null = null;
  /** What the last rewind or act has to tell; '' for nothing. */
  note = '';
  /** Of the last replay: did it meet the hash seen before at the same moment? Null where none was kept. */
  replayMatched: boolean | null = null;
  /** Sees every line of the trace, in replays from the first on. */
  watch: ((events: readonly TraceEvent[]) => void) | null = null;

  constructor(runtime: Runtime, hooks: SessionHooks) {
    this.runtime = runtime;
    this.#hooks = hooks;
  }

  /** A real clock goes on whether one looks or not: a pause holds the picture, and nothing is gone back to. */
  get isReal(): boolean {
    return this.run?.clock === 'real';
  }

  /** Ends the run; the next one runs there. */
  use(runtime: Runtime): void {
    this.stop();
    this.runtime = runtime;
    this.#hooks.changed();
  }

  /** Recorded actions that lie after now: they happen again unless the reader acts anew. */
  get pending(): readonly Action[] {
    return this.recorded.slice(this.model.actions.length);
  }

  /** Boots a spec from t=0, forgetting the run before; goes on by itself if asked. */
  open(spec: RunSpec, options: { readonly running: boolean; readonly atNs?: number }): Promise<void> {
    this.#wanted = false;
    return this.#enqueue(async () => {
      this.#marks = new HashMarks();
      this.recorded = spec.actions ?? [];
      this.furthestNs = 0;
      this.ahead = null;
      this.note = '';
      this.replayMatched = null;
      this.model = new LabModel(spec.cluster.watch);
      await this.#bootTo(spec, options.atNs ?? 0);
      if (options.running) this.resume();
    });
  }

  resume(): void {
    if (this.run === null || this.status === 'failed') return;
    this.#wanted = true;
    this.#lastFrameMs = this.#hooks.clock();
    if (this.status === 'paused') this.status = 'running';
    this.#hooks.changed();
  }

  pause(): void {
    this.#wanted = false;
    if (this.status === 'running') this.status = 'paused';
    this.#hooks.changed();
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    this.#slice = new FlatOutSlice();
    this.#hooks.changed();
  }

  /** One animation frame: asks the runtime to go on by as much as the pace says, unless it is still busy. */
  frame(): void {
    const now = this.#hooks.clock();
    if (this.status !== 'running' || this.#waiting > 0 || !this.#wanted) return;
    const elapsedMs = Math.min(frameMsMax, Math.max(0, now - this.#lastFrameMs));
    this.#lastFrameMs = now;
    const speed = this.isReal ? 1 : this.speed;
    const forwardNs = speed === null ? this.#slice.ns : Math.round(elapsedMs * 1e6 * speed);
    if (forwardNs <= 0) return;
    void this.#enqueue(async () => {
      const run = this.run;
      if (run === null || !this.#wanted) return;
      const from = this.#hooks.clock();
      this.#take(await run.advanceTo(this.model.nowNs + forwardNs), true);
      if (speed === null) this.#slice.took(this.#hooks.clock() - from);
    });
  }

  /** Runs on until the trace has a new line. */
  step(): Promise<void> {
    this.pause();
    return this.#enqueue(async () => {
      const before = this.model.events;
      for (let steps = 0; steps < stepsMax && this.run !== null; steps += 1) {
        this.#take(await this.run.step(), false);
        if (this.model.events > before || this.model.idle) return;
      }
    });
  }

  /** Does something now. After a rewind this is what drops the later actions: the run is another one from here. */
  act(deed: Deed): Promise<void> {
    return this.#enqueue(async () => {
      if (this.run === null || this.spec === null) return;
      const goOn = this.#wanted;
      const later = this.pending.length;
      if (later > 0) {
        const kept = this.recorded.slice(0, this.model.actions.length);
        const atNs = this.model.nowNs;
        this.recorded = kept;
        await this.#bootTo({ ...this.spec, actions: kept }, atNs);
        if (this.run === null) return;
      }
      this.ahead = null;
      this.furthestNs = this.model.nowNs;
      this.#markBeforeAct();
      this.note = later === 0 ? '' : laterDropped(later);
      const batch = await this.run.act(deed).catch((problem: unknown) => this.#refused(problem));
      if (batch !== null) this.#take(batch, false);
      this.recorded = [...this.model.actions];
      if (goOn) this.resume();
    });
  }

  /** Goes to a moment: forward by running on, back by replaying the same spec with the same actions. */
  goTo(wantedNs: number, options: { readonly exact?: boolean } = {}): Promise<void> {
    this.#wanted = false;
    return this.#enqueue(async () => {
      if (this.spec === null) return;
      const roundNs = Math.max(0, Math.round(wantedNs));
      const atNs = options.exact === true ? roundNs : this.#marks.nearest(roundNs);
      this.note = '';
      this.replayMatched = null;
      if (this.run === null || atNs < this.model.nowNs) {
        if (this.ahead === null || this.ahead.nowNs <= this.model.nowNs) this.ahead = this.model;
        await this.#bootTo({ ...this.spec, actions: this.recorded }, atNs);
      } else {
        await this.#advance(atNs);
      }
      this.replayMatched = this.#marks.check(atNs, this.model.hash);
    });
  }

  /**
   * Goes on with another spec whose trace up to now is the same: by a replay to this moment. Nothing happens where
   * `change` gives back what it was given.
   */
  exchange(change: (spec: RunSpec) => RunSpec): Promise<void> {
    return this.#enqueue(async () => {
      const spec = this.spec === null ? null : change(this.spec);
      if (spec === null || spec === this.spec) return;
      const { nowNs, hash } = this.model;
      await this.#bootTo({ ...spec, actions: this.recorded }, nowNs);
      this.replayMatched = this.model.hash === hash;
      if (this.#wanted) this.resume();
    });
  }

  /** The moment to which the Rewind button goes: one nanosecond before the last thing done, else the start. */
  rewindTarget(): number {
    const last = this.model.actions.at(-1);
    return last === undefined ? 0 : Math.max(0, last.atNs - 1);
  }

  stop(): void {
    this.#wanted = false;
    this.#boot += 1;
    this.run?.stop();
    this.run = null;
    this.status = 'idle';
  }

  /** Resolves when nothing that was asked is still under way. */
  settled(): Promise<void> {
    return this.#queue;
  }

  /** What real processes cannot do is said, and the run goes on. */
  #refused(problem: unknown): null {
    if (!this.isReal || !(problem instanceof RunProblem)) throw problem;
    this.note = problem.message;
    return null;
  }

  /** Later marks no longer hold; the moment just before the act is worth one, so Rewind can compare with it. */
  #markBeforeAct(): void {
    const { nowNs, hash, lastEvent } = this.model;
    this.#marks.dropFrom(nowNs);
    if (nowNs > 0 && (lastEvent === null || lastEvent.atNs < nowNs)) this.#marks.keep(nowNs - 1, hash);
  }

  async #bootTo(spec: RunSpec, atNs: number): Promise<void> {
    this.run?.stop();
    this.run = null;
    this.#boot += 1;
    const boot = this.#boot;
    this.spec = spec;
    this.status = atNs > 0 ? 'replaying' : 'booting';
    this.#hooks.changed();
    const { run, first } = await this.runtime.boot(spec);
    if (boot !== this.#boot) {
      run.stop();
      return;
    }
    this.run = run;
    this.model = new LabModel(spec.cluster.watch);
    this.#take(first, false);
    if (!this.isReal) await this.#advance(atNs);
    this.status = this.model.idle ? 'ended' : 'paused';
  }

  async #advance(atNs: number): Promise<void> {
    this.status = 'replaying';
    const run = this.run;
    while (run !== null && run === this.run && this.model.nowNs < atNs) {
      this.#take(await run.advanceTo(Math.min(atNs, this.model.nowNs + replaySliceNs)), false);
    }
    this.status = this.model.idle ? 'ended' : 'paused';
  }

  #take(batch: Batch, mark: boolean): void {
    this.model.apply(batch);
    this.watch?.(batch.events);
    if (mark) this.#marks.keep(batch.nowNs, batch.hash);
    if (this.model.nowNs > this.furthestNs) {
      this.furthestNs = this.model.nowNs;
      this.ahead = null;
    }
    if (batch.idle && this.status === 'running') {
      this.status = 'ended';
      this.#wanted = false;
    }
    this.#hooks.changed();
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    const boot = this.#boot;
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      if (boot !== this.#boot && this.run === null && this.status === 'idle') return;
      this.#wanted = false;
      this.status = 'failed';
      this.run?.stop();
      this.run = null;
      this.#hooks.failed(error);
    });
    return this.#queue.finally(() => {
      this.#waiting -= 1;
      this.#hooks.changed();
    });
  }
}
