// Known good and bad histories through the public door of the linearizability check, the witness in words, the
// bound on its work, and what it refuses. The histories are in linearizability-cases.ts.
import { expect, test } from 'vitest';
import {
  checkLinearizability,
  keyValueModel,
  listModel,
  registerModel,
} from '../../src/grading/linearizability.ts';
import { bad, good, history, type Line } from './linearizability-cases.ts';

test.each(good)('good: $why', ({ model, lines }) => {
  expect(checkLinearizability(history(lines), model)).toMatchObject({
    verdict: 'linearizable',
    undecided: [],
  });
});

test.each(bad)('bad: $why', ({ model, lines }) => {
  const { verdict, witness } = checkLinearizability(history(lines), model);
  expect(verdict).toBe('not linearizable');
  expect(witness?.operations.length).toBeLessThanOrEqual(lines.length);
});

test('keys are judged apart, and the witness holds only what is to blame', () => {
  const innocent: Line[] = Array.from({ length: 40 }, (_, i) => ['a', 10 * i, 10 * i + 5, 'put', 100 + i]);
  const calm = history([...innocent, ['b', 400, 401, 'get', null, 139]], 'calm');
  expect(checkLinearizability(calm, keyValueModel).verdict).toBe('linearizable');
  const lines: Line[] = [
    ...innocent,
    ['b', 401, 402, 'put', 1],
    ['b', 403, 404, 'get', null, 1],
    ['c', 405, 420, 'put', 2],
    ['d', 406, 408, 'get', null, 2],
    ['e', 410, 411, 'get', null, 1],
    ['d', 430, 431, 'get', null, 2],
  ];
  const found = checkLinearizability(history(lines, 'x'), keyValueModel);
  expect(found.witness?.words).toEqual([
    'No order of these 4 operations fits a key-value store:',
    '  b: put(x, 1), 401 ms to 402 ms',
    '  c: put(x, 2), from 405 ms, no answer',
    '  d: get(x) = 2, 406 ms to 408 ms',
    '  e: get(x) = 1, 410 ms to 411 ms',
    'After put(x, 1) of b, put(x, 2) of c, get(x) = 2 of d it holds 2; next must come get(x) = 1 of e, which does not fit.',
  ]);
});

test('gives up after the steps it was given, and says how many', () => {
  // Twenty appends that all overlap, and a list that no order of them gives: 20! orders to refute.
  const lines: Line[] = Array.from({ length: 20 }, (_, i) => [`c${i}`, 0, 100, 'append', i]);
  lines.push(['r', 200, 201, 'read', null, [99]]);
  const found = checkLinearizability(history(lines, 'k'), listModel, 10_000);
  expect(found).toEqual({ verdict: 'undecided', steps: 10_000, undecided: ['k'] });
});

test('refuses what no run can have', () => {
  const check =
    (lines: readonly Line[], model = registerModel) =>
    () =>
      checkLinearizability(history(lines), model);
  expect(check([['a', 5, 4, 'get']])).toThrow(
    'expected an end after its start, found 4000000 before 5000000: correct operation 0',
  );
  expect(check([['a', 0, 1, 'increment']])).toThrow(
    'expected an operation of a register (get, put, cas), found increment: correct operation 0',
  );
  expect(() => checkLinearizability([{ kind: 'complete', atNs: 0, id: 3 }], registerModel)).toThrow(
    'expected completions of operations under way, found 3, never invoked: correct history[0]',
  );
  const call = { kind: 'invoke', atNs: 5, client: 'a', id: 1, name: 'get' } as const;
  expect(() => checkLinearizability([call, call], registerModel)).toThrow(
    'found 1 twice: correct history[1]',
  );
  expect(() => checkLinearizability([call, { ...call, id: 2, atNs: 4 }], registerModel)).toThrow(
    'expected times that never go back, found 4 after 5: correct history[1]',
  );
});
