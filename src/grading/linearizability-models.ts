// Sequential models: what a register, a key-value store, a counter, a list and a set do when they are asked one
// thing after another. Each is judged one key at a time. Pure. Called by the linearizability check.
import { type Operation, sameValue, type Value } from './history.ts';

export interface Model {
  readonly name: string;
  /** Names of the operations it knows. */
  readonly knows: readonly string[];
  /** What each key holds at first. */
  readonly initial: Value;
  /** The state after it, or undefined where the operation cannot have answered as it did in this state. */
  readonly step: (state: Value, operation: Operation) => Value | undefined;
  /**
   * True only if leaving the operation out can never make a good history bad, given the others of its key. Used
   * to make witnesses small, and to forget operations without an answer that nobody saw the effect of.
   */
  readonly mayLeaveOut: (operation: Operation, others: readonly Operation[]) => boolean;
  /** The state in words, after `then the store`. */
  readonly describe: (state: Value) => string;
}

/** Whether the model's answer is what the client was told; an answer that was not told fits always. */
function fits(operation: Operation, answer: Value): boolean {
  return operation.result === undefined || sameValue(operation.result, answer);
}

/** `get`, `put(value)`, `cas([expected, next])` = did it, `delete` = was there. `null`: nothing there. */
export const keyValueModel: Model = {
  name: 'key-value store',
  knows: ['get', 'put', 'cas', 'delete'],
  initial: null,
  step: (state, operation) => {
    switch (operation.name) {
      case 'get':
        return fits(operation, state) ? state : undefined;
      case 'put':
        return operation.argument;
      case 'cas': {
        const [expected = null, next = null] = pairOf(operation.argument);
        const isHit = sameValue(state, expected);
        if (!fits(operation, isHit)) return undefined;
        return isHit ? next : state;
      }
      default:
        return fits(operation, state !== null) ? null : undefined;
    }
  },
  // A blind write that nobody read stands in every order right before another write, or last: without it, all
  // others still fit. Not so where a cas or a delete tells what was there.
  mayLeaveOut: (operation, others) => {
    if (operation.name === 'get') return true;
    if (operation.name === 'cas' || (operation.name === 'delete' && operation.result !== undefined))
      return false;
    const left = operation.name === 'put' ? operation.argument : null;
    return others.every((other) => {
      if (other.name === 'put') return true;
      if (other.name === 'delete') return other.result === undefined;
      return other.name === 'get' && (other.result === undefined || !sameValue(other.result, left));
    });
  },
  describe: (state) => (state === null ? 'holds nothing' : `holds ${JSON.stringify(state)}`),
};

/** One cell: `get`, `put(value)`, `cas([expected, next])`. */
export const registerModel: Model = { ...keyValueModel, name: 'register', knows: ['get', 'put', 'cas'] };

/** `add(number)` = the sum after it, where told; `get`. From 0. */
export const counterModel: Model = {
  name: 'counter',
  knows: ['add', 'get'],
  initial: 0,
  step: (state, operation) => {
    const sum = Number(state) + (operation.name === 'add' ? Number(operation.argument) : 0);
    return fits(operation, sum) ? sum : undefined;
  },
  mayLeaveOut: (operation) => operation.name === 'get',
  describe: (state) => `stands at ${JSON.stringify(state)}`,
};

/** `append(value)`; `read` = all values in order. From the empty list. */
export const listModel: Model = {
  name: 'list',
  knows: ['append', 'read'],
  initial: [],
  step: (state, operation) => {
    if (operation.name === 'append') return [...itemsOf(state), operation.argument];
    return fits(operation, state) ? state : undefined;
  },
  mayLeaveOut: leavesNoTrace,
  describe: (state) => `holds ${JSON.stringify(state)}`,
};

/** `add(value)`, `remove(value)`; `read` = all values, in any order. From the empty set. */
export const setModel: Model = {
  name: 'set',
  knows: ['add', 'remove', 'read'],
  initial: [],
  step: (state, operation) => {
    const items = itemsOf(state);
    if (operation.name === 'read') {
      const { result } = operation;
      return result === undefined || sameValue(sorted(itemsOf(result)), items) ? state : undefined;
    }
    const rest = items.filter((item) => !sameValue(item, operation.argument));
    return operation.name === 'add' ? sorted([...rest, operation.argument]) : rest;
  },
  mayLeaveOut: leavesNoTrace,
  describe: (state) => `holds ${JSON.stringify(state)}`,
};

/** For collections: reads may go, and changes to values that no read shows. */
function leavesNoTrace(operation: Operation, others: readonly Operation[]): boolean {
  if (operation.name === 'read') return true;
  return others.every(
    ({ name, result }) =>
      name !== 'read' ||
      result === undefined ||
      !itemsOf(result).some((item) => sameValue(item, operation.argument)),
  );
}

function sorted(items: readonly Value[]): Value[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);
}

function itemsOf(value: Value): readonly Value[] {
  return typeof value === 'object' && value !== null ? value : [];
}

function pairOf(argument: Value): readonly Value[] {
  return itemsOf(argument);
}
