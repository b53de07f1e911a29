// The linearizability check against histories made from a real register, and against a checker that tries every
// order. A failure prints fast-check's seed and path, which repeat it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { historyOf, type Operation, operationsOf, precedes, type Value } from '../../src/grading/history.ts';
import {
  checkLinearizability,
  counterModel,
  keyValueModel,
  type Model,
} from '../../src/grading/linearizability.ts';

type Interval = Parameters<typeof historyOf>[0][number];

/** What one operation asks, and how far its ends lie from the moment at which it takes effect. */
interface Plan {
  readonly name: 'get' | 'put' | 'cas' | 'delete';
  readonly key: string;
  readonly value: number;
  readonly other: number;
  readonly early: number;
  readonly late: number;
  readonly isAnswered: boolean;
  /** Only for operations without an answer. */
  readonly isDone: boolean;
}

function plans(keys: number, most: number, reach: number): fc.Arbitrary<Plan[]> {
  const small = fc.integer({ min: 0, max: 3 });
  const distance = fc.integer({ min: 0, max: reach });
  return fc.array(
    fc.record({
      name: fc.constantFrom('get', 'get', 'put', 'cas', 'delete'),
      key: fc.integer({ min: 0, max: keys - 1 }).map((n) => `k${n}`),
      ...{ value: small, other: small, early: distance, late: distance },
      isAnswered: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      isDone: fc.boolean(),
    }),
    { maxLength: most },
  );
}

/** Does the plans one after another on a real map, each somewhere between its two ends. */
function played(list: readonly Plan[]): Interval[] {
  const cells = new Map<string, number>();
  return list.map(({ name, key, value, other, early, late, isAnswered, isDone }, index): Interval => {
    const at = 100 + index * 10;
    const held = cells.get(key) ?? null;
    const takesEffect = isAnswered || isDone;
    const isHit = held === value;
    if (takesEffect && name === 'put') cells.set(key, value);
    if (takesEffect && name === 'cas' && isHit) cells.set(key, other);
    if (takesEffect && name === 'delete') cells.delete(key);
    const result: Value | undefined = { get: held, put: undefined, cas: isHit, delete: held !== null }[name];
    return {
      ...{ client: `c${index}`, name, key, argument: name === 'cas' ? [value, other] : value },
      ...{ startNs: at - early, endNs: isAnswered ? at + late : null },
      ...(isAnswered && result !== undefined ? { result } : {}),
    };
  });
}

/** Tries every order that keeps real time, with every choice of unanswered operations. */
function hasOrder(left: readonly Operation[], state: Value, model: Model): boolean {
  if (left.every(({ returned }) => returned === null)) return true;
  return left.some((operation) => {
    if (left.some((other) => precedes(other, operation))) return false;
    const next = model.step(state, operation);
    const others = left.filter((other) => other !== operation);
    return next !== undefined && hasOrder(others, next, model);
  });
}

function byBruteForce(intervals: readonly Interval[], model: Model): string {
  const operations = operationsOf(historyOf(intervals));
  const keys = [...new Set(operations.map(({ key }) => key))];
  const isGood = keys.every((key) =>
    hasOrder(
      operations.filter((operation) => operation.key === key),
      model.initial,
      model,
    ),
  );
  return isGood ? 'linearizable' : 'not linearizable';
}

test('histories of a real store are accepted, whatever overlaps', () => {
  fc.assert(
    fc.property(plans(2, 60, 60), (list) => {
      expect(checkLinearizability(historyOf(played(list)), keyValueModel).verdict).toBe('linearizable');
    }),
    { numRuns: 300 },
  );
});

test('with one read changed, it says what trying every order says, and its witness holds', () => {
  let bad = 0;
  fc.assert(
    fc.property(plans(2, 7, 30), fc.nat(), fc.integer({ min: 0, max: 3 }), (list, which, value) => {
      const intervals = played(list);
      const reads = intervals.filter(({ name, result }) => name === 'get' && result !== undefined);
      const changed = reads[which % Math.max(1, reads.length)];
      const mutated = intervals.map((each) => (each === changed ? { ...each, result: value } : each));
      const found = checkLinearizability(historyOf(mutated), keyValueModel);
      expect(found.verdict).toBe(byBruteForce(mutated, keyValueModel));
      if (found.witness === undefined) return;
      bad++;
      expect(hasOrder(found.witness.operations, null, keyValueModel)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
  expect(bad, 'changed reads that no order explains').toBeGreaterThan(100);
});

test('counters are judged as by trying every order', () => {
  const lines = fc.array(
    fc.record({
      isAdd: fc.boolean(),
      amount: fc.integer({ min: 1, max: 2 }),
      seen: fc.integer({ min: 0, max: 5 }),
      start: fc.integer({ min: 0, max: 50 }),
      length: fc.option(fc.integer({ min: 0, max: 30 }), { freq: 8 }),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(lines, (list) => {
      const intervals = list.map(
        ({ isAdd, amount, seen, start, length }, index): Interval => ({
          ...{ client: `c${index}`, startNs: start, endNs: length === null ? null : start + length },
          ...(isAdd ? { name: 'add', argument: amount } : { name: 'get', result: seen }),
        }),
      );
      const answered = intervals.map((each) => {
        const { result: _, ...rest } = each;
        return each.endNs === null ? rest : each;
      });
      expect(checkLinearizability(historyOf(answered), counterModel).verdict).toBe(
        byBruteForce(answered, counterModel),
      );
    }),
    { numRuns: 1_000 },
  );
});

test('1,000 operations of 10 keys take well under a second', () => {
  const [list = []] = fc.sample(
    fc.array(fc.tuple(plans(10, 1, 45)), { minLength: 1_400, maxLength: 1_400, size: 'max' }),
    { seed: 4711, numRuns: 1 },
  );
  const some = list.flatMap(([plan]) => plan).slice(0, 1_000);
  const intervals = played(some);
  const began = performance.now();
  const found = checkLinearizability(historyOf(intervals), keyValueModel);
  const tookMs = performance.now() - began;
  expect(found.verdict).toBe('linearizable');
  expect(some.length).toBeGreaterThan(500);
  expect(tookMs).toBeLessThan(1_000);
});
