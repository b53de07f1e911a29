// Why a history is not linearizable: the few operations of one key that have no order, said in words. Leaves out
// only what cannot be the reason, so what is left is still a proof. Pure. Called by linearizability.ts.
import { inWords, type Operation, precedes, type Value } from './history.ts';
import type { Model } from './linearizability-models.ts';
import { search } from './linearizability-search.ts';

export interface Witness {
  /** The operations that have no order; without any reader among them nothing could be left out. */
  readonly operations: readonly Operation[];
  /** One sentence a line. */
  readonly words: readonly string[];
}

/** `operations` are of one key and known to have no order. */
export function witnessOf(operations: readonly Operation[], model: Model, stepsMax: number): Witness {
  const budget = { steps: stepsMax };
  const early = shortestBadBeginning(operations, model, budget);
  const few = withoutBystanders(early, model, budget);
  return { operations: few, words: explain(few, model, stepsMax) };
}

interface Budget {
  steps: number;
}

function isBad(operations: readonly Operation[], model: Model, budget: Budget): boolean {
  const { verdict, steps } = search(operations, model, budget.steps);
  budget.steps -= steps;
  return verdict === 'not linearizable';
}

/** What had been seen when the history went bad: a good history's beginnings are all good. */
function shortestBadBeginning(all: readonly Operation[], model: Model, budget: Budget): readonly Operation[] {
  const ends = all.flatMap(({ returned }) => (returned === null ? [] : [returned])).sort((a, b) => a - b);
  let good = -1;
  let bad = ends.length - 1;
  let shortest = all;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const beginning = until(all, ends[middle] ?? 0);
    if (isBad(beginning, model, budget)) {
      bad = middle;
      shortest = beginning;
    } else good = middle;
  }
  return shortest;
}

/** The history as it stood at a place: later answers had not come yet. */
function until(all: readonly Operation[], place: number): Operation[] {
  return all
    .filter(({ called }) => called <= place)
    .map((operation) =>
      operation.returned === null || operation.returned <= place
        ? operation
        : { ...operation, returned: null, returnedNs: null, result: undefined, version: undefined },
    );
}

/** Leaves out large pieces first, then single operations, as long as what is left has no order. */
function withoutBystanders(all: readonly Operation[], model: Model, budget: Budget): readonly Operation[] {
  let left = all;
  for (let size = Math.max(1, all.length >> 1); size >= 1; size >>= 1) {
    for (let from = 0; from < left.length && budget.steps > 0; ) {
      const fewer = leaveOut(left, from, from + size, model);
      if (fewer.length < left.length && isBad(fewer, model, budget)) left = fewer;
      else from += size;
    }
  }
  return left;
}

/** Without those of a piece that may go; readers first, since then what they read may go too. */
function leaveOut(all: readonly Operation[], from: number, to: number, model: Model): readonly Operation[] {
  let left = all;
  const piece = all.slice(from, to);
  for (const operation of [...piece, ...piece]) {
    const others = left.filter((other) => other !== operation);
    if (others.length < left.length && model.mayLeaveOut(operation, others)) left = others;
  }
  return left;
}

function explain(operations: readonly Operation[], model: Model, stepsMax: number): string[] {
  const { order } = search(operations, model, stepsMax);
  let state: Value = model.initial;
  for (const operation of order) state = model.step(state, operation) ?? state;
  const open = operations.filter((operation) => !order.includes(operation));
  const next = open.filter(
    (operation) => operation.returned !== null && !open.some((other) => precedes(other, operation)),
  );
  const begun = order.length === 0 ? 'At first' : `After ${order.map(shortly).join(', ')}`;
  return [
    `No order of these ${operations.length} operations fits a ${model.name}:`,
    ...operations.map((operation) => `  ${inWords(operation)}`),
    `${begun} it ${model.describe(state)}; next must come ${next.map(shortly).join(' or ')}, which does not fit.`,
  ];
}

function shortly(operation: Operation): string {
  const [, words = ''] = /: (.*), (?:from )?[\d.]+ ms.*$/s.exec(inWords(operation)) ?? [];
  return `${words} of ${operation.client}`;
}
