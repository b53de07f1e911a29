// Our JSON reader against JSON.parse: same values, same refusals (but for duplicate keys), and true places.
// Values are made by fast-check from a fixed seed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotJson, parseJson } from '../../src/runtime/json-text.ts';

test('reads every value as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, 3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(parseJson(text).value).toEqual(JSON.parse(text));
    }),
    { seed: 4711, numRuns: 300 },
  );
});

test('refuses what JSON.parse refuses, with NotJson', () => {
  const mutilated = fc.tuple(
    fc.jsonValue(),
    fc.nat(),
    fc.constantFrom('', ',', '"', '{', ']', ':', 'x', '\n'),
  );
  fc.assert(
    fc.property(mutilated, ([value, at, insert]) => {
      const text = JSON.stringify(value);
      const cut = at % (text.length + 1);
      const broken = text.slice(0, cut) + insert + text.slice(cut + 1);
      let parses = true;
      try {
        JSON.parse(broken);
      } catch {
        parses = false;
      }
      if (!parses) expect(() => parseJson(broken)).toThrow(NotJson);
    }),
    { seed: 4711, numRuns: 500 },
  );
});

test('knows where values stand', () => {
  const { placeOf } = parseJson('{\n  "a": [\n    1,\n    { "b": 2 }\n  ]\n}');
  expect(placeOf([])).toEqual({ line: 1, column: 1 });
  expect(placeOf(['a', 1, 'b'])).toEqual({ line: 4, column: 12 });
  expect(placeOf(['a', 1, 'c', 'd'])).toEqual({ line: 4, column: 5 });
});
