// Order of ticks, promise jobs, immediates and timers; timers cleared, unref'ed, refreshed and repeated.
// Run by differential.test.ts.
import { setInterval as every, setTimeout as sleep, setImmediate as soon } from 'node:timers/promises';

const say = (...words) => console.log(...words);

say('start');
setTimeout(() => {
  say('timeout 1');
  Promise.resolve().then(() => say('promise in timeout 1'));
  process.nextTick(() => say('tick in timeout 1'));
}, 1);
setTimeout(() => say('timeout 1b'), 1);
setTimeout((a, b) => say('timeout 20', a, b), 20, 'a', 2);
setTimeout(() => say('timeout 10'), 10);
process.nextTick((word) => say('tick', word), 'argument');
process.nextTick(() => {
  say('tick 2');
  process.nextTick(() => say('tick 3'));
  Promise.resolve().then(() => say('promise from tick'));
});
Promise.resolve().then(() => {
  say('promise 1');
  process.nextTick(() => say('tick from promise'));
  queueMicrotask(() => say('microtask from promise'));
});
queueMicrotask(() => say('microtask'));
(async () => {
  say('async begins');
  await null;
  say('async after await');
  await new Promise((resolve) => process.nextTick(resolve));
  say('async after tick');
})();

const never = setTimeout(() => say('NEVER'), 5);
clearTimeout(never);
clearTimeout(undefined);
clearTimeout('nonsense');
const lazy = setTimeout(() => say('NEVER: unref'), 100_000);
say(lazy.hasRef(), lazy.unref() === lazy, lazy.hasRef());
const neverImmediate = setImmediate(() => say('NEVER immediate'));
clearImmediate(neverImmediate);

await sleep(60);
setImmediate(() => {
  say('immediate 1');
  setImmediate(() => say('immediate nested'));
  Promise.resolve().then(() => say('promise in immediate 1'));
  process.nextTick(() => say('tick in immediate 1'));
});
setImmediate((...given) => say('immediate 2', given), 1, 2);
await sleep(20);

let rounds = 0;
const interval = setInterval(() => {
  rounds++;
  say('interval', rounds);
  if (rounds === 3) clearInterval(interval);
}, 5);
while (rounds < 3) await sleep(5);
say('value', await sleep(1, 'given'), await soon('soon'));
let count = 0;
for await (const value of every(3, 'beat')) {
  say(value, ++count);
  if (count === 3) break;
}
const refreshed = setTimeout(() => say('refreshed once'), 400);
await sleep(10);
refreshed.refresh();
await sleep(500);
const controller = new AbortController();
const aborted = sleep(1000, null, { signal: controller.signal }).catch((error) =>
  say(error.name, error.code, error.message),
);
controller.abort();
await aborted;
say(typeof lazy[Symbol.toPrimitive](), Object.keys(lazy));
try {
  setTimeout('text', 1);
} catch (error) {
  say(error.name, error.code, error.message);
}
{
  using held = setTimeout(() => say('NEVER: disposed'), 1);
  say(held.constructor.name);
}
const order = [];
for (const delay of [150, 1, 80, 1, 150, 0]) setTimeout(() => order.push(delay), delay);
await sleep(300);
say(order.join());
// An immediate that is unref'ed runs only while something else is left to do.
setImmediate(() => say('with others')).unref();
await sleep(1);
process.on('exit', () => setImmediate(() => say('never')).unref());
setImmediate(() => say('not without')).unref();
