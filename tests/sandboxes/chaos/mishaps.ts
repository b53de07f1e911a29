// Says what depends on the engine or the place of the computer that runs it, unless somebody sees to it: errors of every
// kind, dates without a zone, numbers and texts in the host's language, what garbage collection does. Ends badly.
import assert from 'node:assert';
import { inspect } from 'node:util';

class Mishap extends Error {
  override name = 'Mishap';
}
const headOf = (error: unknown): string => String((error as Error).stack).split('\n')[0] ?? '';
const attempts: readonly (() => unknown)[] = [
  () => assert.deepStrictEqual({ a: 1 }, { a: 2 }),
  () => Buffer.alloc(Number.NaN),
  () => new URL('no address'),
  () => process.kill(1, 'SIGNOTHING'),
  () => {
    throw new Mishap('of our own', { cause: new RangeError('too far') });
  },
];

function say(): void {
  for (const attempt of attempts) {
    try {
      attempt();
    } catch (error) {
      console.log((error as NodeJS.ErrnoException).code, headOf(error), error);
    }
  }
  const captured: { stack?: string } = {};
  Error.captureStackTrace(captured);
  console.log(
    headOf(captured),
    inspect(new AggregateError([new TypeError('inside')], 'several'), { depth: 0 }),
  );
  const date = new Date(2026, 6, 1, 12, 30);
  console.log(
    String(date),
    date.toLocaleString(),
    new Date('2026-07-01T12:30').getTime(),
    date.getTimezoneOffset(),
  );
  console.log(
    (1234567.891).toLocaleString(),
    new Intl.DateTimeFormat().resolvedOptions().timeZone,
    'ä'.localeCompare('z'),
  );
  console.log(
    Function('return typeof process')(),
    typeof SharedArrayBuffer,
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5),
  );
}

// Garbage, so that the host collects while others wait: nobody may hear of it.
const registry = new FinalizationRegistry((what) => console.log('collected', what));
const references: WeakRef<object>[] = [];
setInterval(() => {
  for (let i = 0; i < 200; i++) registry.register({ i, of: new Array(500).fill(i) }, i);
  references.push(new WeakRef({ n: references.length }));
  const gone = references.filter((reference) => reference.deref() === undefined).length;
  if (gone > 0) console.log('gone', gone);
}, 40);
say();
setInterval(say, 1500);
setTimeout(() => Promise.reject(new Mishap('that nobody caught')), 3000 + 800 * Math.random());
