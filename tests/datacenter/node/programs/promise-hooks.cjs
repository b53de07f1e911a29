// What hooks hear of promises, in what order: those of v8 and of async_hooks, and promises that are settled twice.
const { AsyncResource, createHook, executionAsyncId } = require('node:async_hooks');
const { promiseHooks } = require('node:v8');

const numbers = new WeakMap();
let count = 0;
const log = [];
function numberOf(promise) {
  if (promise === undefined) return '-';
  if (!numbers.has(promise)) numbers.set(promise, ++count);
  return numbers.get(promise);
}
const say = (what) => log.push(`# ${what}`);
const stop = promiseHooks.createHook({
  init: (promise, parent) => log.push(`init ${numberOf(promise)} of ${numberOf(parent)}`),
  before: (promise) => log.push(`before ${numberOf(promise)}`),
  after: (promise) => log.push(`after ${numberOf(promise)}`),
  settled: (promise) => log.push(`settled ${numberOf(promise)}`),
});

async function first() {
  say('first');
  await 1;
  await second();
  say('goes on');
  try {
    await Promise.reject(3);
  } catch {
    say('caught');
  }
  return 7;
}
async function second() {
  say(await new Promise((resolve) => setImmediate(resolve, 5)));
  return third();
}
const third = async () => 4;
async function* values() {
  yield 1;
  yield Promise.resolve(2);
}
class Own extends Promise {}

first()
  .then((value) => {
    say(value);
    // biome-ignore lint/suspicious/noThenProperty: one that only looks like a promise.
    return { then: (resolve) => resolve(9) };
  })
  .finally(() => say('finally'))
  .then(say);
new Promise((resolve) => resolve(1))
  .then(() => {
    throw 1;
  })
  .catch(say);
Own.resolve(1).then(() => say('own'));
setImmediate(async () => {
  for await (const value of values()) say(value);
  await Promise.all([1, third()]);
  await Promise.race([new Promise(() => 0), 3]);
  await Promise.allSettled([Promise.reject(1)]);
  say('end');
});

setTimeout(() => {
  stop();
  const base = new AsyncResource('Base').asyncId();
  const ids = [];
  const hook = createHook({
    init: (id, type, trigger) =>
      ids.push(`${type} ${id - base} of ${trigger > base ? trigger - base : 'outside'}`),
    promiseResolve: (id) => ids.push(`resolved ${id - base}`),
  }).enable();
  Promise.resolve(1).then(() => {
    ids.push(`in ${executionAsyncId() - base}`);
    hook.disable();
    console.log(log.concat(ids).join('\n'));
  });
}, 20);

process.on('multipleResolves', (how, promise, value) => console.log(how, promise instanceof Promise, value));
new Promise((resolve, reject) => {
  resolve('once');
  resolve('twice');
  reject('and more');
});
