// biome-ignore-all lint: what a careful writer would not do is run here too
// Timers made by timers, immediates by immediates, promises between callbacks of one round; errors between.
// Run by differential.test.ts.
import { promisify } from 'node:util';

const say = (...words) => console.log(...words);
setImmediate(() => {
  setTimeout(() => say('timeout from immediate'), 20);
  setImmediate(() => say('immediate from immediate'));
});
setTimeout(() => {
  setImmediate(() => say('immediate from timeout'));
  setTimeout(() => say('timeout from timeout'), 0);
  process.nextTick(() => say('tick from timeout'));
  Promise.reject(new Error('handled')).catch((error) => say(error.message));
}, 60);
let depth = 0;
const nest = () => {
  depth++;
  if (depth < 5) process.nextTick(nest);
  else say('nested ticks', depth);
};
process.nextTick(nest);
const chain = async () => {
  for (let i = 0; i < 3; i++) {
    await null;
    say('chain', i);
  }
};
chain();
chain();
await promisify(setTimeout)(100);
for (let i = 0; i < 3; i++) {
  setTimeout(() => {
    say('same list', i);
    Promise.resolve().then(() => say('same list, promise', i));
    process.nextTick(() => say('same list, tick', i));
  }, 4);
}
await promisify(setTimeout)(20);
for (let i = 0; i < 3; i++) {
  setImmediate(() => {
    say('same round', i);
    Promise.resolve().then(() => say('same round, promise', i));
    process.nextTick(() => say('same round, tick', i));
  });
}
await promisify(setImmediate)();
say('thenable', await { then: (resolve) => resolve('plain') });
const results = await Promise.allSettled([
  1,
  Promise.reject(new RangeError('no')),
  { then: (_, no) => no(3) },
]);
say(results.map((result) => result.status).join());
say(
  await Promise.race([
    new Promise((r) => setTimeout(r, 20, 'slow')),
    new Promise((r) => setTimeout(r, 2, 'fast')),
  ]),
);
say(await Promise.any([Promise.reject(1), Promise.resolve(2)]));
process.on('uncaughtException', (error, origin) => say('caught', error.message, origin));
setTimeout(() => {
  throw new Error('first of two');
}, 1);
setTimeout(() => say('second of two still runs'), 1);
setImmediate(() => {
  throw new Error('in immediate');
});
setImmediate(() => say('next immediate still runs'));
process.nextTick(() => {
  throw new Error('in tick');
});
process.nextTick(() => say('next tick still runs'));
queueMicrotask(() => {
  throw new Error('in microtask');
});
