// A child that its parent waits for lives on promises: async functions of every kind, in what order their jobs run, the
// promises of Node's library, import(), and a promise that nobody handles.
const { spawnSync } = require('node:child_process');

class Base {
  async method(first, ...rest) {
    // biome-ignore lint/complexity/noArguments: it is to be there.
    return [first, rest, arguments.length, this instanceof Base];
  }
  static async *count(to) {
    try {
      for (let i = 0; i < to; i++) yield await i;
      return 'end';
    } finally {
      console.log('counted');
    }
  }
}

class Derived extends Base {
  #own = 1;
  async method(...all) {
    const outer = await super.method(...all);
    // biome-ignore lint/complexity/noArguments: those of the method.
    const arrow = async () => [this.#own, arguments.length, await super.method()];
    return [outer, await arrow()];
  }
}

async function language() {
  console.log(JSON.stringify(await new Derived().method(1, 2, 3)));
  for await (const at of Base.count(4)) {
    if (at === 1) continue;
    console.log('at', at);
    if (at === 2) break;
  }
  outer: for await (const [a, b = 5] of [Promise.resolve([1]), [2, 3]]) {
    for (const each of [a, b]) if (each === 3) continue outer;
    console.log(a, b);
  }
  async function* all() {
    const sent = yield 'first';
    console.log('sent', sent, yield* Base.count(2));
  }
  const steps = all();
  console.log(await Promise.all([steps.next(), steps.next('x'), steps.next(), steps.next(), steps.next()]));
  console.log(
    await steps.return('r'),
    await all()
      .throw(new Error('thrown'))
      .catch((error) => error.message),
  );
  const named = async (a, { b } = { b: 2 }) => a + b;
  console.log(named.name, named.length, await named(1), await named(1, { b: 5 }));
  const broken = async ({ a }) => a;
  console.log(await broken().catch((error) => error.name));
  const value = await Promise.all([1, named(3), new Promise((resolve) => setTimeout(resolve, 5, 'late'))]);
  console.log(value, await Promise.race([new Promise(() => undefined), 'won']));
  console.log(
    await Promise.allSettled([Promise.reject(1), 2]),
    Promise.resolve(4),
    new Promise(() => undefined),
  );
  console.log(await Promise.any([Promise.reject(new Error('x'))]).catch(({ errors }) => errors.length));
  // biome-ignore lint/suspicious/noThenProperty: it is waited for.
  console.log(await { then: (resolve) => resolve('thenable') }, await Promise.try(() => 'tried'));
  console.log(
    await Promise.reject(new Error('no'))
      .finally(() => console.log('at last'))
      .catch(String),
  );
}

async function order() {
  const said = [];
  const say = (what) => () => said.push(what);
  setTimeout(say('timer'));
  setImmediate(say('immediate'));
  process.nextTick(say('tick'));
  queueMicrotask(say('microtask'));
  Promise.resolve().then(say('then 1')).then(say('then 2')).then(say('then 3'));
  (async () => {
    await null;
    say('await 1')();
    await (async () => 'inner')();
    say('await 2')();
    await new Promise((resolve) => resolve(Promise.resolve()));
    say('await 3')();
    process.nextTick(say('tick of a job'));
  })();
  await new Promise((resolve) => setTimeout(resolve, 10));
  console.log(said);
}

async function library() {
  const { once, EventEmitter } = require('node:events');
  const { readFile } = require('node:fs/promises');
  const { Readable } = require('node:stream');
  const { pipeline } = require('node:stream/promises');
  const { setTimeout: wait } = require('node:timers/promises');
  const { AsyncLocalStorage } = require('node:async_hooks');
  const emitter = new EventEmitter();
  setTimeout(() => emitter.emit('event', 7), 1);
  console.log(await once(emitter, 'event'), (await readFile(__filename, 'utf8')).length > 100);
  console.log(await wait(2, 'waited'), await Readable.from(['a', 'b']).toArray());
  await pipeline(
    Readable.from(['x', 'y']),
    async function* (source) {
      for await (const each of source) yield String(each).toUpperCase();
    },
    process.stdout,
    { end: false },
  );
  const storage = new AsyncLocalStorage();
  await storage.run('kept', async () => {
    await wait(1);
    console.log('', storage.getStore(), await Promise.resolve().then(() => storage.getStore()));
  });
  const { join } = await import('node:path');
  console.log(join('a', 'b'), typeof (await import('./parts/none.mjs').catch((error) => error.code)));
  const [digest, response] = await Promise.all([crypto.randomUUID().length, new Response('body').text()]);
  console.log(digest, response);
}

const roles = { language, order, library };

async function rejects() {
  process.on('exit', (code) => console.log('exits with', code));
  process.once('unhandledRejection', (reason) => {
    console.log('unhandled', reason);
    setTimeout(() => Promise.reject(new TypeError('left alone')), 1);
  });
  Promise.reject('first');
  setTimeout(() => console.log('never'), 1000);
}

const role = { ...roles, rejects }[process.argv[2]];
if (role !== undefined) role();
else {
  for (const name of [...Object.keys(roles), 'rejects']) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [__filename, name], { encoding: 'utf8' });
    console.log(name, status, stderr.includes('TypeError: left alone'));
    console.log(stdout);
  }
}
