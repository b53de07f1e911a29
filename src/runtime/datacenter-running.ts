// A Running on a data center's thread: turns the interface's calls into orders, and begins the run again where the
// thread lacked a part that a program needs. Runs repeat to the byte, so the reader never sees that.
// Used by both data center runtimes.
import type { Action, Deed, TraceEvent } from '../datacenter/contract.ts';
import type { BatchMessage, Part } from '../datacenter/worker/protocol.ts';
import { type Calls, Incomplete, type Order } from './calls.ts';
import { type Batch, type Running, RunProblem, type RunSpec } from './runtime.ts';

/** Where a run lives, and how it moves to a thread that has more. */
export interface Place {
  /** A boot message for the spec. */
  readonly bootOrder: (spec: RunSpec) => Order;
  /** Opens another thread with these parts, in place of the last. */
  readonly reopen: (needs: readonly Part[]) => Promise<Calls>;
  /** Called once, when the run is stopped. */
  readonly release: () => void;
}

/** Boots the spec on the thread; the first batch holds what happened at t=0. */
export async function bootOn(
  calls: Calls,
  spec: RunSpec,
  place: Place,
): Promise<{ run: Running; first: Batch }> {
  const run = new DatacenterRunning(calls, spec, place);
  return { run, first: await run.boot() };
}

class DatacenterRunning implements Running {
  readonly clock = 'virtual';
  readonly #spec: RunSpec;
  readonly #place: Place;
  /** Actions that have happened, and those given in advance that have not. */
  readonly #happened: Action[] = [];
  readonly #pending: Action[];
  #calls: Calls;
  #nowNs = 0;
  /** Events that were handed out: the sequence number of the next. */
  #seen = 0;
  #stopped = false;

  constructor(calls: Calls, spec: RunSpec, place: Place) {
    this.#calls = calls;
    this.#spec = spec;
    this.#place = place;
    this.#pending = [...(spec.actions ?? [])].sort((a, b) => a.atNs - b.atNs);
  }

  boot(): Promise<Batch> {
    return this.#do(this.#place.bootOrder(this.#spec));
  }

  advanceTo(atNs: number): Promise<Batch> {
    return this.#do({ kind: 'advance', atNs });
  }

  step(): Promise<Batch> {
    return this.#do({ kind: 'step' });
  }

  act(deed: Deed): Promise<Batch> {
    return this.#do({ kind: 'act', deed });
  }

  capture(): Promise<Uint8Array> {
    return this.#calls.capture();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#place.release();
  }

  async #do(order: Order): Promise<Batch> {
    const before: TraceEvent[] = [];
    for (;;) {
      try {
        const batch = await this.#calls.send(order);
        if (this.#stopped || batch === null) throw stopped();
        return this.#handOut(batch, before);
      } catch (problem) {
        if (!(problem instanceof Incomplete) || this.#stopped) throw problem;
        this.#calls = await this.#place.reopen(problem.needs);
        if (order.kind !== 'boot') before.push(...(await this.#catchUp()));
      }
    }
  }

  /** Repeats the run on a new thread up to where it was; gives what happened, all of it. */
  async #catchUp(): Promise<TraceEvent[]> {
    const spec = { ...this.#spec, actions: [...this.#happened, ...this.#pending] };
    const booted = await this.#calls.send(this.#place.bootOrder(spec));
    const advanced = await this.#calls.send({ kind: 'advance', atNs: this.#nowNs });
    return [...(booted?.events ?? []), ...(advanced?.events ?? [])];
  }

  #note(action: Action): void {
    const [next] = this.#pending;
    if (next !== undefined && next.atNs === action.atNs && next.do === action.do) this.#pending.shift();
    this.#happened.push(action);
  }

  #handOut(batch: BatchMessage, before: readonly TraceEvent[]): Batch {
    const events =
      before.length === 0
        ? batch.events
        : [...before, ...batch.events].filter(({ seq }) => seq >= this.#seen);
    for (const event of events) if (event.kind === 'action') this.#note(event.action);
    this.#seen = (events.at(-1)?.seq ?? this.#seen - 1) + 1;
    this.#nowNs = batch.nowNs;
    return { ...batch, events };
  }
}

function stopped(): RunProblem {
  return new RunProblem({ expected: 'a run that goes on', found: 'one that was stopped', fix: 'run again' });
}
