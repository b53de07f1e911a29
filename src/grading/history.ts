// A history: what clients asked of a store and what it answered, in the order in which it was seen.
// Pairs invocations with completions; refuses histories that no run can have. Pure, imports nothing.
// Called by the linearizability and session checks, and by whoever writes a check of an exercise.

/** What a store holds and answers. `null` stands for nothing there. */
export type Value = string | number | boolean | null | readonly Value[];

/**
 * One end of an operation. The order in the list is the order of happening; `atNs` (virtual nanoseconds) never
 * goes back and is used in words only, so that two ends at one moment still have an order.
 */
export type HistoryEvent =
  | {
      readonly kind: 'invoke';
      readonly atNs: number;
      readonly client: string;
      /** Number of the operation, used once. */
      readonly id: number;
      /** What is asked, a name that the model knows: `get`, `put`, … */
      readonly name: string;
      /** Which object; objects are judged apart. Left out where there is only one. */
      readonly key?: string;
      /** What it is asked with: the value of a put; `[expected, next]` of a cas. */
      readonly argument?: Value;
    }
  | {
      readonly kind: 'complete';
      readonly atNs: number;
      readonly id: number;
      /** Left out where the answer says only that it was done. */
      readonly result?: Value;
      /** The store's own count of writes to the key, where it tells: makes session checks exact. */
      readonly version?: number;
    };

export interface Operation {
  readonly id: number;
  readonly client: string;
  readonly key: string;
  readonly name: string;
  readonly argument: Value;
  /** Undefined: not told. */
  readonly result: Value | undefined;
  readonly version: number | undefined;
  /** Place of the invocation in the history. */
  readonly called: number;
  /** Place of the completion; null where none came, so that nobody knows whether it took effect. */
  readonly returned: number | null;
  readonly calledNs: number;
  readonly returnedNs: number | null;
}

/** Operations in order of invocation. Throws RangeError for a history that no run can have. */
export function operationsOf(history: readonly HistoryEvent[]): Operation[] {
  const operations = new Map<number, Operation>();
  let lastNs = 0;
  for (const [place, event] of history.entries()) {
    const { atNs, id } = event;
    if (!(atNs >= lastNs))
      throw refusal('times that never go back', `${atNs} after ${lastNs}`, `history[${place}]`);
    lastNs = atNs;
    const known = operations.get(id);
    if (event.kind === 'invoke') {
      if (known !== undefined)
        throw refusal('a number for each operation', `${id} twice`, `history[${place}]`);
      const { client, key = '', name, argument = null } = event;
      operations.set(id, {
        ...{ id, client, key, name, argument, result: undefined, version: undefined },
        ...{ called: place, returned: null, calledNs: atNs, returnedNs: null },
      });
    } else {
      if (known === undefined || known.returned !== null) {
        const found = known === undefined ? `${id}, never invoked` : `${id} twice`;
        throw refusal('completions of operations under way', found, `history[${place}]`);
      }
      const { result, version } = event;
      operations.set(id, { ...known, result, version, returned: place, returnedNs: atNs });
    }
  }
  return [...operations.values()];
}

/**
 * A history from operations with times only, as a log may hold them: `endNs` null means that no answer came.
 * Ends that share a moment count as overlapping: invocations come first.
 */
export function historyOf(
  operations: readonly {
    readonly client: string;
    readonly name: string;
    readonly key?: string;
    readonly argument?: Value;
    readonly result?: Value;
    readonly version?: number;
    readonly startNs: number;
    readonly endNs: number | null;
  }[],
): HistoryEvent[] {
  const events: HistoryEvent[] = [];
  for (const [id, { startNs, endNs, client, name, key, argument, result, version }] of operations.entries()) {
    if (endNs !== null && endNs < startNs)
      throw refusal('an end after its start', `${endNs} before ${startNs}`, `operation ${id}`);
    events.push({
      ...{ kind: 'invoke', atNs: startNs, client, id, name },
      ...(key === undefined ? {} : { key }),
      ...(argument === undefined ? {} : { argument }),
    });
    if (endNs !== null)
      events.push({
        ...{ kind: 'complete', atNs: endNs, id },
        ...(result === undefined ? {} : { result }),
        ...(version === undefined ? {} : { version }),
      });
  }
  const rank = (event: HistoryEvent): number => (event.kind === 'invoke' ? 0 : 1);
  return events.sort((a, b) => a.atNs - b.atNs || rank(a) - rank(b));
}

/** True where `a` had its answer before `b` was asked: no order may put `b` first. */
export function precedes(a: Operation, b: Operation): boolean {
  return a.returned !== null && a.returned < b.called;
}

export function sameValue(a: Value, b: Value): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Such as `a: put(x, 1), 0 ms to 12.5 ms` or `b: get(x) = 1, 3 ms to 4 ms`. */
export function inWords(operation: Operation): string {
  const { client, key, name, argument, result, calledNs, returnedNs } = operation;
  const given = [...(key === '' ? [] : [key]), ...(argument === null ? [] : [JSON.stringify(argument)])];
  const answer = result === undefined ? '' : ` = ${JSON.stringify(result)}`;
  const until =
    returnedNs === null ? `from ${ms(calledNs)}, no answer` : `${ms(calledNs)} to ${ms(returnedNs)}`;
  return `${client}: ${name}(${given.join(', ')})${answer}, ${until}`;
}

function ms(ns: number): string {
  return `${Math.round(ns / 1e3) / 1e3} ms`;
}

export function refusal(expected: string, found: string, fix: string): RangeError {
  return new RangeError(`expected ${expected}, found ${found}: correct ${fix}`);
}
