// Threads of a process: what they are given, what they say and print, how they end, and ports that move to them.
// One waits for another, so that the order does not depend on how fast threads start.
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  BroadcastChannel,
  isMainThread,
  MessageChannel,
  parentPort,
  receiveMessageOnPort,
  threadId,
  Worker,
  workerData,
} from 'node:worker_threads';

const self = fileURLToPath(import.meta.url);
const roles = {
  echo() {
    parentPort.on('message', (message) => {
      if (message === 'end') parentPort.close();
      else parentPort.postMessage({ message, threadId: threadId > 0, data: workerData.role });
    });
  },
  prints() {
    console.log('printed in a thread', isMainThread, process.argv.slice(2));
    console.error('and to stderr');
  },
  exits() {
    process.on('exit', (code) => parentPort.postMessage(['exiting', code]));
    setTimeout(() => process.exit(7), 1);
  },
  throws() {
    throw Object.assign(new RangeError('from a thread'), { code: 'ERR_MINE', more: [1] });
  },
  rejects() {
    Promise.reject(new TypeError('not handled'));
  },
  forever() {
    setInterval(() => undefined, 1000);
    parentPort.postMessage('up');
  },
  port() {
    workerData.port.postMessage('through the port');
    workerData.port.on('message', (message) => {
      workerData.port.postMessage(['back', message]);
      workerData.port.close();
    });
  },
  tells() {
    const channel = new BroadcastChannel('news');
    channel.postMessage({ of: 'today' });
    channel.close();
  },
};

if (isMainThread) await main();
else roles[workerData.role]();

function start(role, more = {}) {
  const { data, ...options } = more;
  return new Worker(self, { workerData: { role, ...data }, ...options });
}

async function main() {
  console.log(isMainThread, threadId, parentPort, workerData);
  const echo = start('echo');
  const bytes = new Uint8Array([1, 2, 3]);
  echo.postMessage({ text: 'hi', map: new Map([[1, new Date(0)]]), bytes, nested: [[null, undefined]] });
  console.log((await once(echo, 'message'))[0]);
  echo.postMessage(bytes, [bytes.buffer]);
  console.log((await once(echo, 'message'))[0], bytes.length);
  echo.postMessage('end');
  console.log('echo', await once(echo, 'exit'), echo.threadId);
  for (const role of ['prints', 'exits', 'throws', 'rejects']) {
    const worker = start(role, { argv: ['a', 'b'], stdout: true, stderr: true });
    let out = '';
    worker.stdout.on('data', (text) => {
      out += text;
    });
    worker.stderr.on('data', (text) => {
      out += text;
    });
    worker.on('message', (message) => console.log(role, 'says', message));
    worker.on('error', (error) =>
      console.log(role, error.name, error.message, error.code, error.more, error instanceof Error),
    );
    console.log(role, await once(worker, 'exit').catch(() => once(worker, 'exit')), out);
  }
  const forever = start('forever');
  await once(forever, 'message');
  console.log('terminated', await forever.terminate());
  const { port1, port2 } = new MessageChannel();
  const porter = start('port', { data: { port: port2 }, transferList: [port2] });
  console.log((await once(port1, 'message'))[0]);
  port1.postMessage('hello');
  console.log((await once(port1, 'message'))[0]);
  await Promise.all([once(port1, 'close'), once(porter, 'exit')]);
  const news = new BroadcastChannel('news');
  const heard = new Promise((resolve) => {
    news.onmessage = ({ data }) => resolve(data);
  });
  start('tells');
  console.log('heard', await heard);
  news.close();
  const evaluated = new Worker("require('worker_threads').parentPort.postMessage([__filename, 6 * 7])", {
    eval: true,
  });
  console.log((await once(evaluated, 'message'))[0]);
  const pair = new MessageChannel();
  pair.port1.postMessage(1);
  pair.port1.postMessage(2);
  console.log(
    receiveMessageOnPort(pair.port2),
    receiveMessageOnPort(pair.port2),
    receiveMessageOnPort(pair.port2),
  );
  for (const bad of [() => 1, Symbol('s'), { port: pair.port1 }]) {
    try {
      pair.port2.postMessage(bad);
    } catch (error) {
      console.log(error.name, error.code);
    }
  }
  pair.port1.close();
  try {
    new Worker('relative');
  } catch (error) {
    console.log(error.code);
  }
}
