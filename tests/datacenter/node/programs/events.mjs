// biome-ignore-all lint: what a careful writer would not do is run here too
// EventEmitter whole: order, once, prepend, errors, captureRejections, on() and once() as promises; EventTarget.
// Run by differential.test.ts.
import EventEmitter, { errorMonitor, getEventListeners, on, once, setMaxListeners } from 'node:events';

const say = (...words) => console.log(...words);
const bus = new EventEmitter();
bus.on('newListener', (name) => say('new', String(name)));
bus.on('removeListener', (name) => say('removed', String(name)));
bus.on('a', function first(...given) {
  say('first', given, this === bus);
});
bus.prependListener('a', () => say('before'));
bus.once('a', () => say('once'));
bus.prependOnceListener('a', () => say('once before'));
say(bus.emit('a', 1, 2), bus.emit('a'), bus.emit('none'));
say(bus.listenerCount('a'), bus.eventNames(), bus.rawListeners('a').length);
const gone = () => say('NEVER');
bus.on('b', gone).off('b', gone);
bus.on('c', () => {
  say('c1');
  bus.removeAllListeners('c');
});
bus.on('c', () => say('c2 still in this round'));
bus.emit('c');
bus.emit('c');
for (const bad of [new Error('thrown'), 'text', undefined, { a: 1 }]) {
  try {
    bus.emit('error', bad);
  } catch (error) {
    say(error.name, error.code, error.message, error.context);
  }
}
bus.on(errorMonitor, (error) => say('monitor', error.message));
bus.on('error', (error) => say('handled', error.message));
bus.emit('error', new Error('watched'));
try {
  bus.on('x', 'not a function');
} catch (error) {
  say(error.name, error.code, error.message);
}
setTimeout(() => bus.emit('later', 'x', 'y'), 1);
say(await once(bus, 'later'));
setTimeout(() => bus.emit('error', new Error('rejects once')), 1);
await once(bus, 'never').catch((error) => say('once rejected', error.message));
const controller = new AbortController();
setTimeout(() => {
  bus.emit('tick', 1);
  bus.emit('tick', 2);
  setTimeout(() => controller.abort(), 1);
}, 1);
try {
  for await (const [value] of on(bus, 'tick', { signal: controller.signal })) say('tick', value);
} catch (error) {
  say(error.name, error.code);
}
const careful = new EventEmitter({ captureRejections: true });
careful.on('go', async () => {
  throw new Error('async listener');
});
careful.on('error', (error) => say('captured', error.message));
careful.emit('go');
await new Promise((resolve) => setTimeout(resolve, 1));
class Named extends EventEmitter {}
const many = new Named();
many.setMaxListeners(1);
say(many.getMaxListeners(), EventEmitter.defaultMaxListeners);
const target = new EventTarget();
setMaxListeners(5, target);
target.addEventListener('ping', (event) => say(event.type, event instanceof Event, event.cancelable), {
  once: true,
});
target.addEventListener('ping', { handleEvent: (event) => (event.preventDefault(), say('object')) });
say(target.dispatchEvent(new Event('ping', { cancelable: true })), target.dispatchEvent(new Event('ping')));
say(getEventListeners(target, 'ping').length);
const detail = new CustomEvent('c', { detail: { a: 1 } });
say(detail.detail, detail.type);
const stop = new AbortController();
stop.signal.addEventListener('abort', () => say('aborted', stop.signal.reason));
stop.abort('because');
say(AbortSignal.abort().reason.name, AbortSignal.any([stop.signal]).aborted);
try {
  stop.signal.throwIfAborted();
} catch (reason) {
  say('threw', reason);
}
say(EventEmitter.listenerCount(bus, 'a'), bus);
