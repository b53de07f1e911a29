// The search for an order of one key's operations: Wing and Gong's, with Lowe's memory of states already tried.
// Bounded: gives up after a number of steps and says so. Pure. Called by linearizability.ts and its witness.
// J. M. Wing, C. Gong, "Testing and verifying concurrent objects", J. Parallel Distrib. Comput. 17, 1993.
// G. Lowe, "Testing for linearizability", Concurrency Computat.: Pract. Exper. 29(4), 2017.
import type { Operation, Value } from './history.ts';
import type { Model } from './linearizability-models.ts';

export interface SearchResult {
  readonly verdict: 'linearizable' | 'not linearizable' | 'undecided';
  /** Number of times an operation was tried in a state. */
  readonly steps: number;
  /** The order found, or the longest order that fits as far as it goes. */
  readonly order: readonly Operation[];
}

/** A place in a list from which tried operations are taken and put back. */
interface Link {
  before: Link | null;
  after: End | null;
}

/** An end of an operation. */
interface End extends Link {
  readonly operation: Operation;
  readonly index: number;
  /** The other end, for invocations of operations that have one. */
  readonly completion: End | null;
  readonly isCall: boolean;
}

interface Tried {
  readonly call: End;
  readonly state: Value;
}

/** All operations must be of one key. An operation without an answer takes effect at any time, or never. */
export function search(operations: readonly Operation[], model: Model, stepsMax: number): SearchResult {
  return new Search(withoutTraceless(operations, model), model).run(stepsMax);
}

/** Without the operations that got no answer and that nobody can have seen. */
function withoutTraceless(operations: readonly Operation[], model: Model): Operation[] {
  const kept = new Set(operations);
  for (const operation of operations) {
    if (operation.returned !== null) continue;
    kept.delete(operation);
    if (!model.mayLeaveOut(operation, [...kept])) kept.add(operation);
  }
  return operations.filter((operation) => kept.has(operation));
}

class Search {
  readonly #model: Model;
  readonly #head: Link = { before: null, after: null };
  /** Which operations are in the order so far: 16 to a number. */
  readonly #taken: Uint16Array;
  readonly #seen = new Set<string>();
  readonly #tried: Tried[] = [];
  #state: Value;
  /** Operations with an answer that are not in the order yet. */
  #missing = 0;
  #longest: Operation[] = [];
  #fewestMissing = Number.POSITIVE_INFINITY;

  constructor(operations: readonly Operation[], model: Model) {
    this.#model = model;
    this.#state = model.initial;
    this.#taken = new Uint16Array(Math.ceil(operations.length / 16));
    const ends: (readonly [place: number, end: End])[] = [];
    for (const [index, operation] of operations.entries()) {
      const common = { operation, index, before: null, after: null };
      const completion: End | null =
        operation.returned === null ? null : { ...common, completion: null, isCall: false };
      ends.push([operation.called, { ...common, completion, isCall: true }]);
      if (completion === null || operation.returned === null) continue;
      ends.push([operation.returned, completion]);
      this.#missing++;
    }
    ends.sort(([a], [b]) => a - b);
    let last = this.#head;
    for (const [, end] of ends) {
      end.before = last;
      last.after = end;
      last = end;
    }
  }

  run(stepsMax: number): SearchResult {
    let steps = 0;
    let end = this.#head.after;
    this.#remember();
    while (this.#missing > 0) {
      if (end?.isCall === true) {
        if (steps === stepsMax) return { verdict: 'undecided', steps, order: this.#longest };
        steps++;
        end = this.#take(end) ? this.#head.after : end.after;
        continue;
      }
      // Someone's answer lies before every invocation left: the order so far cannot go on.
      const last = this.#tried.pop();
      if (last === undefined) return { verdict: 'not linearizable', steps, order: this.#longest };
      this.#putBack(last);
      end = last.call.after;
    }
    return { verdict: 'linearizable', steps, order: this.#tried.map(({ call }) => call.operation) };
  }

  /** Puts the operation next in the order, unless it does not fit or leads where the search has been. */
  #take(call: End): boolean {
    const state = this.#state;
    const next = this.#model.step(state, call.operation);
    if (next === undefined) return false;
    // Without an answer and without an effect: as if it never was.
    if (call.completion === null && next === state) return false;
    this.#flip(call.index);
    if (!this.#isNew(next)) {
      this.#flip(call.index);
      return false;
    }
    this.#state = next;
    this.#tried.push({ call, state });
    unlink(call);
    if (call.completion !== null) {
      unlink(call.completion);
      this.#missing--;
      this.#remember();
    }
    return true;
  }

  #putBack({ call, state }: Tried): void {
    if (call.completion !== null) {
      relink(call.completion);
      this.#missing++;
    }
    relink(call);
    this.#flip(call.index);
    this.#state = state;
  }

  #remember(): void {
    if (this.#missing >= this.#fewestMissing) return;
    this.#fewestMissing = this.#missing;
    this.#longest = this.#tried.map(({ call }) => call.operation);
  }

  #flip(index: number): void {
    const word = index >> 4;
    this.#taken[word] = (this.#taken[word] ?? 0) ^ (1 << (index & 15));
  }

  #isNew(state: Value): boolean {
    const key = `${String.fromCharCode(...this.#taken)}${JSON.stringify(state)}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
}

function unlink({ before, after }: End): void {
  if (before !== null) before.after = after;
  if (after !== null) after.before = before;
}

function relink(end: End): void {
  if (end.before !== null) end.before.after = end;
  if (end.after !== null) end.after.before = end;
}
