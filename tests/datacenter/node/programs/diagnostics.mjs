// biome-ignore-all lint: what a careful writer would not do is run here too
// diagnostics_channel, AsyncLocalStorage, async resources, and the channels of Node's own HTTP.
// Run by differential.test.ts.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import dc from 'node:diagnostics_channel';
import { once } from 'node:events';
import http from 'node:http';

const say = (...words) => console.log(...words);
const channel = dc.channel('own');
const listener = (message, name) => say('heard', message, name);
say(channel.hasSubscribers, dc.hasSubscribers('own'), channel.name, dc.channel('own') === channel);
channel.publish('nobody');
dc.subscribe('own', listener);
channel.publish({ a: 1 });
say(channel.hasSubscribers, dc.unsubscribe('own', listener), dc.unsubscribe('own', listener));
channel.publish('nobody again');
const traced = dc.tracingChannel('work');
traced.subscribe({
  start: (message) => say('start', message.id),
  end: (message) => say('end', message.id, message.result),
  asyncStart: (message) => say('asyncStart', message.id, message.result),
  asyncEnd: (message) => say('asyncEnd', message.id),
  error: (message) => say('error', message.error.message),
});
say(traced.traceSync((x) => x + 1, { id: 1 }, null, 41));
say(await traced.tracePromise(async () => 'later', { id: 2 }));
traced.traceCallback(
  (done) => setImmediate(done, null, 'called'),
  0,
  { id: 3 },
  null,
  () => say('callback'),
);
try {
  traced.traceSync(
    () => {
      throw new Error('failed');
    },
    { id: 4 },
  );
} catch (error) {
  say(error.message);
}
await new Promise((resolve) => setTimeout(resolve, 2));
const store = new AsyncLocalStorage();
store.run({ id: 1 }, () => {
  setTimeout(() => say('timeout', store.getStore()), 1);
  setImmediate(() => say('immediate', store.getStore()));
  process.nextTick(() => say('tick', store.getStore()));
});
say(
  store.getStore(),
  store.run(2, () => store.getStore()),
  store.run(3, () => store.exit(() => store.getStore())),
);
const bound = store.run('bound', () => AsyncResource.bind(() => store.getStore()));
say(bound());
const resource = new AsyncResource('OWN');
say(
  resource.runInAsyncScope((a) => a, null, 'in scope'),
  typeof resource.asyncId(),
);
await new Promise((resolve) => setTimeout(resolve, 5));
for (const name of [
  'http.server.request.start',
  'http.server.response.finish',
  'http.client.request.start',
  'http.client.response.finish',
]) {
  dc.subscribe(name, (message) => say(name, Object.keys(message).join()));
}
const server = http.createServer((request, response) => response.end('ok')).listen(0, '127.0.0.1');
await once(server, 'listening');
const [response] = await once(
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }),
  'response',
);
response.resume();
await once(response, 'end');
server.close();
