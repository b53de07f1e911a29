// When the page gives a thread up: a hung one always, after so many looks; a busy computer's not. The page's timers are
// a hand of the test, which calls each back when it likes: late or not, as a page does that got no time itself.
import { expect, test } from 'vitest';
import { Calls } from '../../src/runtime/calls.ts';

/** A thread of which the test says when it speaks, and timers that it rings. */
function thread() {
  const timers = new Set<() => void>();
  let destroyed = 0;
  let lastCall = 0;
  const calls = new Calls(
    { post: ({ call }) => (lastCall = call), destroy: () => destroyed++ },
    {
      after: (_, callback) => {
        const timer = (): void => {
          timers.delete(timer);
          callback();
        };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
  );
  const look = (times: number): void => {
    for (let n = 0; n < times; n++) for (const timer of [...timers]) timer();
  };
  const alive = (): void => calls.take({ kind: 'alive' });
  const answer = (): void => calls.take({ kind: 'done', call: lastCall });
  return { calls, look, alive, answer, timers, isGivenUp: () => destroyed > 0 };
}

test('a thread that says nothing is given up after eight looks, and who waits hears of it', async () => {
  const { calls, look, isGivenUp, timers } = thread();
  const waiting = expect(calls.send({ kind: 'step' })).rejects.toMatchObject({
    complaint: { found: 'no sign of life for 2 s: the run was ended' },
  });
  look(7);
  expect(isGivenUp()).toBe(false);
  look(1);
  expect(isGivenUp()).toBe(true);
  await waiting;
  expect(timers.size).toBe(0);
});

test('each sign of life begins the count anew, and after the answer nothing is counted', async () => {
  const { calls, look, alive, answer, timers, isGivenUp } = thread();
  const waiting = calls.send({ kind: 'step' });
  for (let n = 0; n < 5; n++) {
    look(1);
    alive();
  }
  look(7);
  answer();
  await waiting;
  expect(isGivenUp()).toBe(false);
  expect(timers.size).toBe(0);
});

test('one that was slow and went on is waited for longer, but never beyond twenty looks', async () => {
  const { calls, look, alive, isGivenUp } = thread();
  const waiting = expect(calls.send({ kind: 'step' })).rejects.toMatchObject({
    complaint: { found: 'no sign of life for 5 s: the run was ended' },
  });
  look(4);
  alive();
  look(11);
  alive();
  look(19);
  expect(isGivenUp()).toBe(false);
  look(1);
  expect(isGivenUp()).toBe(true);
  await waiting;
});

test('what slowness earned at the start holds for the steps after it', async () => {
  const { calls, look, answer, isGivenUp } = thread();
  const loading = calls.send({ kind: 'load', library: '{}', parts: {} });
  look(5);
  answer();
  await loading;
  const waiting = expect(calls.send({ kind: 'step' })).rejects.toThrow();
  look(14);
  expect(isGivenUp()).toBe(false);
  look(1);
  expect(isGivenUp()).toBe(true);
  await waiting;
});
