// Stack lines point at the line that was written, whatever stands around it.
// Run by differential.test.ts.
import { format } from 'node:util';
import { fail } from './parts/fails.ts';

const say = format;
const lines = (error) =>
  error.stack
    .split('\n')
    .filter((line) => line.includes('/programs/'))
    .map((line) => /(\w+\.\w+:\d+):\d+\)?/.exec(line)?.[1]);
const attempt = (run) => {
  try {
    run();
  } catch (error) {
    console.log(error.message, lines(error));
  }
};
attempt(() => {
  throw new Error('arrow');
});
attempt(() => fail('from typescript'));
attempt(() => null.x);
attempt(function named() {
  [1].forEach((x) => {
    x.none();
  });
});
attempt(() => say.nothing());
class Thrower {
  get value() {
    throw new TypeError('getter');
  }
  static #secret() {
    return undeclaredName;
  }
  static run() {
    return Thrower.#secret();
  }
}
attempt(() => new Thrower().value);
attempt(() => Thrower.run());
attempt(() =>
  /* a comment */
  JSON.parse('{'),
);
const gen = (function* () {
  yield 1;
  throw new Error('generator');
})();
attempt(() => [...gen]);
await (async () => {
  await null;
  throw new Error('async');
})().catch((error) => console.log(error.message, lines(error)));
console.log(
  lines(new Error('top level')),
  new Error('x') instanceof Error,
  typeof Error.captureStackTrace,
  Error.stackTraceLimit,
);
