// biome-ignore-all lint: what a careful writer would not do is run here too
// What assertions say when they fail, for each kind of assertion.
// Run by differential.test.ts.
import assert, { AssertionError } from 'node:assert';
import strict from 'node:assert/strict';

const say = (...words) => console.log(...words);
const attempt = (run) => {
  try {
    run();
    say('passed');
  } catch (error) {
    say(error.name, error.code, error.operator, error.generatedMessage, '\n' + error.message);
  }
};
attempt(() => assert.equal(1, 2));
attempt(() => assert.equal(1, '1'));
attempt(() => assert.strictEqual(1, '1'));
attempt(() => assert.strictEqual('a\nb', 'a\nc'));
attempt(() => assert.strictEqual(1, 2, 'own words'));
attempt(() => assert.strictEqual(1, 2, new TypeError('own error')));
attempt(() => assert.deepEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] }));
attempt(() => assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 2] }));
attempt(() => assert.deepStrictEqual([1, 2, [1, 2]], [1, 2, [1, '2']]));
attempt(() => assert.deepStrictEqual(new Map([[1, 2]]), new Map([[1, 3]])));
attempt(() => assert.deepStrictEqual(new Set([1]), new Set([2])));
attempt(() =>
  assert.deepStrictEqual(
    Array.from({ length: 60 }, (_, i) => i),
    Array.from({ length: 60 }, (_, i) => i + (i === 50)),
  ),
);
attempt(() => assert.notStrictEqual(1, 1));
attempt(() => assert.notDeepStrictEqual({ a: 1 }, { a: 1 }));
attempt(() => assert.ok(0, 'falsy'));
attempt(() => assert(false, undefined ?? 'given'));
attempt(() => assert.throws(() => {}));
attempt(() =>
  assert.throws(() => {
    throw new Error('x');
  }, /y/),
);
attempt(() =>
  assert.throws(
    () => {
      throw new Error('x');
    },
    { message: 'y' },
  ),
);
attempt(() =>
  assert.throws(() => {
    throw new TypeError('x');
  }, TypeError),
);
attempt(() =>
  assert.doesNotThrow(() => {
    throw new Error('thrown');
  }, 'words'),
);
attempt(() => assert.match('abc', /x/));
attempt(() => assert.doesNotMatch('abc', /b/));
attempt(() => assert.fail());
attempt(() => assert.fail('given up'));
attempt(() => assert.ifError(null));
attempt(() => strict.equal(NaN, NaN));
attempt(() => assert.strictEqual(undefined, null));
attempt(() => assert.strictEqual({ a: 1 }, { a: 1 }));
attempt(() => assert.strictEqual([1, 2, 3], [1, 2, 3]));
attempt(() => assert.partialDeepStrictEqual?.({ a: 1, b: 2 }, { a: 1 }));
await assert.rejects(Promise.resolve(1)).catch((error) => say(error.message));
await assert.rejects(Promise.reject(new Error('no')), /no/);
await assert.doesNotReject(Promise.reject(new Error('no'))).catch((error) => say(error.message));
const own = new AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' });
say(own.name, own.message, Object.keys(own));

// Keys that are compared and those that are not, loosely: symbols, hidden ones, holes.
for (const [one, other] of [
  [
    [1, 2],
    [1, '2'],
  ],
  [
    [1, , 3],
    [1, , 3],
  ],
  [new Set([[1, 2]]), new Set([[1, 2]])],
  [Object.assign([1], { [Symbol.for('s')]: 1 }), [1]],
  [Object.defineProperty([1], 'hidden', { value: 1 }), [1]],
  [Object.assign([1], { seen: 1 }), [1]],
]) {
  for (const compare of ['deepEqual', 'deepStrictEqual']) {
    try {
      assert[compare](one, other);
      console.log(compare, 'equal');
    } catch (error) {
      console.log(compare, error.code);
    }
  }
}

try {
  assert(true), assert.ok(1 === 1), assert.ok(1 === 2), assert(false);
} catch (error) {
  console.log(error.message);
}
