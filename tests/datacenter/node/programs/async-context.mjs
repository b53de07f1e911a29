// AsyncLocalStorage over everything that waits: promises, await, timers, ticks, microtasks, files, sockets, emitters,
// and the order in which all of that runs while somebody keeps a storage.
import { AsyncLocalStorage, AsyncResource, executionAsyncId } from 'node:async_hooks';
import { EventEmitter, on, once } from 'node:events';
import { readFile } from 'node:fs';
import { readFile as read } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const storage = new AsyncLocalStorage();
const second = new AsyncLocalStorage({ defaultValue: 'none', name: 'second' });
const say = (...words) => console.log(...words, storage.getStore(), second.getStore());
const said = (value, ...words) => {
  say(...words);
  return value;
};
const in_ = (value, what) => storage.run(value, what);
const thenable = (called) => Object.fromEntries([['then', (done) => done(called())]]);

say('top', second.name);
await in_('a', async () => {
  say('before');
  await null;
  say('await null');
  await sleep(1);
  say('await sleep');
  try {
    await Promise.reject(new Error('no'));
  } catch (error) {
    say(error.message);
  } finally {
    say('finally');
  }
  await thenable(() => say('thenable'));
  say('after thenable');
  for await (const x of [1, Promise.resolve(2)]) say('each', x);
  for await (const x of Readable.from(['p', 'q'])) say('chunk', x);
  say('loop done');
  const text = await read(new URL(import.meta.url).pathname, 'utf8');
  say('read', text.length > 10);
});
say('outside');

// Each of two flows keeps its own, though their steps interleave.
const flow = async (name) => {
  for (let i = 0; i < 3; i++) {
    await (i % 2 ? Promise.resolve() : undefined);
    say(name, i);
  }
  return name;
};
console.log(await Promise.all([in_('x', () => flow('f')), in_('y', () => flow('g')), flow('h')]));

in_('then', () => {
  const p = Promise.resolve(1);
  p.then(() => say('then 1'))
    .then(() => say('then 2'))
    .finally(() => say('finally'));
  Promise.reject(new Error('r')).catch((error) => say('catch', error.message));
  p.then(undefined, 4).then((value) => say('passed through', value));
});
const late = Promise.resolve('late');
in_('late', () => late.then(() => say('registered inside')));
late.then(() => say('registered outside'));
await sleep(1);

// Order of ticks, jobs, immediates and timers is what it is without a storage.
await new Promise((resolve) => {
  in_('order', () => {
    setTimeout(() => say('timeout'), 0);
    setTimeout(resolve, 300);
    setImmediate(() => say('immediate'));
    process.nextTick(() => say('tick'));
    queueMicrotask(() => say('microtask'));
    Promise.resolve()
      .then(() => say('job 1'))
      .then(() => say('job 2'))
      .then(() => say('job 3'));
    (async () => {
      await null;
      say('async 1');
      await Promise.resolve();
      say('async 2');
      await thenable(() => undefined);
      say('async 3');
    })();
    (async () => {
      const result = await (async () => Promise.resolve('returned'))();
      say(result);
    })();
    const interval = setInterval(() => {
      say('interval');
      clearInterval(interval);
    }, 20);
  });
  say('end of turn');
});

// Emitters run listeners where they are emitted; AsyncResource where it was made.
const emitter = new EventEmitter();
in_('listener', () => emitter.on('event', () => say('emitted')));
in_('emitter', () => emitter.emit('event'));
const bound = in_('bound', () => AsyncResource.bind(() => say('bound')));
in_('else', bound);
const resource = in_('resource', () => new AsyncResource('MINE'));
in_('else', () => resource.runInAsyncScope(() => say('in scope')));
const snapshot = in_('snap', () => AsyncLocalStorage.snapshot());
in_('else', () => snapshot(() => say('snapshot')));
in_('outer', () => {
  storage.exit(() => say('exit'));
  second.run('two', () => say('both'));
  storage.enterWith('entered');
  say('enterWith');
});
say('enterWith is over with run');
const events = in_('events', () => on(emitter, 'n'));
setTimeout(() => emitter.emit('n', 1), 1);
await in_('reader', async () => {
  for await (const [n] of events) {
    say('on', n);
    break;
  }
  setTimeout(() => emitter.emit('m', 2), 1);
  const [m] = await once(emitter, 'm');
  say('once', m);
  await promisify(readFile)(new URL(import.meta.url).pathname);
  say('promisified');
});
await new Promise((resolve) => in_('file', () => readFile('/nowhere', (error) => resolve(say(error.code)))));

async function* generate() {
  say('generator begins');
  yield 1;
  say('generator goes on');
  await null;
  say('generator waited');
  yield 2;
}
const generator = in_('maker', () => generate());
await in_('first', () => generator.next());
await in_('next', async () => console.log(await generator.next()));
say('after the generator');

// A server's handlers, and its clients.
const server = net.createServer((socket) => {
  socket.on('data', () => socket.end(said('bye', 'data')));
});
in_('server', () => server.listen(0));
await once(server, 'listening');
await in_('client', async () => {
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(said('hi', 'connected')));
  socket.on('data', (data) => say(String(data)));
  await finished(socket);
  say('finished');
});
await new Promise((resolve) => server.close(resolve));

const web = http.createServer((request, response) => {
  storage.run(request.url, () => {
    request.on('end', () => setImmediate(said(() => response.end(storage.getStore()), 'request ended')));
    request.resume();
  });
});
await new Promise((resolve) => web.listen(0, resolve));
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const get = (path) =>
  new Promise((resolve) =>
    http.get({ port: web.address().port, path, agent }, async (response) => {
      say('response');
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      say('body', text);
      resolve(text);
    }),
  );
for (const path of ['/1', '/2']) await in_(`client of ${path}`, () => get(path));
agent.destroy();
await new Promise((resolve) => web.close(resolve));

await new Promise((resolve) =>
  in_('pipeline', () =>
    pipeline(
      Readable.from(['a', 'b']),
      async function* (source) {
        for await (const chunk of source) {
          say('through', chunk);
          yield chunk;
        }
      },
      async (source) => {
        for await (const chunk of source) say('sink', chunk);
      },
      () => resolve(say('done')),
    ),
  ),
);
process.on('uncaughtException', (error) => say('uncaught', error.message));
in_('thrower', () =>
  setTimeout(() => {
    throw new Error('thrown');
  }, 1),
);
await sleep(20);
say('ids', typeof executionAsyncId());
