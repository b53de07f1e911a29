// Is a history linearizable: can each operation be given one moment between its call and its answer, so that a
// store doing them one by one at these moments would have answered the same? Bounded: says 'undecided' rather
// than search forever. Pure. Called by checks of exercises and by tests.
// M. P. Herlihy, J. M. Wing, "Linearizability: a correctness condition for concurrent objects", ACM TOPLAS
// 12(3), 1990: a history is linearizable if its part for each object is, so keys are judged apart.
import { type HistoryEvent, type Operation, operationsOf, refusal } from './history.ts';
import type { Model } from './linearizability-models.ts';
import { search } from './linearizability-search.ts';
import { type Witness, witnessOf } from './linearizability-witness.ts';

export * from './linearizability-models.ts';
export type { Witness } from './linearizability-witness.ts';

export interface Linearizability {
  readonly verdict: 'linearizable' | 'not linearizable' | 'undecided';
  /** How often an operation was tried in a state, over all keys. */
  readonly steps: number;
  /** Keys whose search gave up. */
  readonly undecided: readonly string[];
  /** Of the first key that has no order. */
  readonly witness?: Witness & { readonly key: string };
}

/** Steps for each key before the search gives up: under a second, and some 70 MB for its memory. */
export const STEPS_MAX = 400_000;

/** Throws RangeError for a history that no run can have, or with operations that the model does not know. */
export function checkLinearizability(
  history: readonly HistoryEvent[],
  model: Model,
  stepsMax = STEPS_MAX,
): Linearizability {
  const parts = byKey(operationsOf(history), model);
  const undecided: string[] = [];
  let steps = 0;
  for (const [key, operations] of parts) {
    const result = search(operations, model, stepsMax);
    steps += result.steps;
    if (result.verdict === 'undecided') undecided.push(key);
    if (result.verdict === 'not linearizable') {
      const witness = { key, ...witnessOf(operations, model, stepsMax) };
      return { verdict: 'not linearizable', steps, undecided, witness };
    }
  }
  return { verdict: undecided.length > 0 ? 'undecided' : 'linearizable', steps, undecided };
}

function byKey(operations: readonly Operation[], model: Model): Map<string, Operation[]> {
  const parts = new Map<string, Operation[]>();
  for (const operation of operations) {
    const { key, name, id } = operation;
    if (!model.knows.includes(name))
      throw refusal(`an operation of a ${model.name} (${model.knows.join(', ')})`, name, `operation ${id}`);
    const part = parts.get(key);
    if (part === undefined) parts.set(key, [operation]);
    else part.push(operation);
  }
  return parts;
}
