// What threads of a process hand to each other beside data: connections, signals, words through postMessageToThread(),
// and cells of shared memory; and what is refused of it.
import { createHook } from 'node:async_hooks';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { transferableAbortController } from 'node:util';
import {
  isMainThread,
  MessageChannel,
  markAsUntransferable,
  parentPort,
  postMessageToThread,
  Worker,
  workerData,
} from 'node:worker_threads';

const attempt = (act) => {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
};

if (isMainThread) await main();
else serve();

function serve() {
  process.on('workerMessage', (value, source) => {
    parentPort.postMessage(['heard', value, source]);
    if (value === 'bad') throw new Error('not taken');
  });
  parentPort.on('message', ({ socket, signal, isLast }) => {
    signal?.addEventListener('abort', () => parentPort.postMessage(['aborted', signal.reason]));
    socket?.on('data', (text) => socket.end(`thread: ${text}`));
    if (isLast) parentPort.close();
  });
  Atomics.store(workerData.cells, 0, 1);
  Atomics.notify(workerData.cells, 0);
}

async function main() {
  const types = [];
  const hook = createHook({ init: (_id, type) => types.push(type) }).enable();
  const cells = new Int32Array(new SharedArrayBuffer(8));
  const changed = Atomics.waitAsync(cells, 0, 0);
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { cells } });
  hook.disable();
  console.log(
    types.filter((type) => type === 'WORKER'),
    types.includes('MESSAGEPORT'),
  );
  console.log(changed.async, await changed.value, Atomics.waitAsync(cells, 0, 0));
  console.log(await Atomics.waitAsync(cells, 1, 0, 1).value, Atomics.notify(cells, 1));
  for (const word of ['good', 'bad']) {
    const heard = once(worker, 'message');
    await postMessageToThread(worker.threadId, word).catch((error) => console.log(error.code));
    console.log((await heard)[0]);
  }
  for (const id of [0, 77]) await postMessageToThread(id).catch((error) => console.log(error.code));

  const server = createServer((socket) => {
    worker.postMessage({ socket }, [socket]);
    console.log(socket.destroyed, socket._handle);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect(server.address().port, '127.0.0.1');
  client.write('hello');
  console.log(String((await once(client, 'data'))[0]));
  await once(client, 'close');
  server.close();

  const controller = transferableAbortController();
  worker.postMessage({ signal: controller.signal }, [controller.signal]);
  const aborted = once(worker, 'message');
  controller.abort('enough');
  console.log((await aborted)[0]);
  worker.postMessage({ isLast: true });
  console.log(await once(worker, 'exit'));

  const { port1, port2 } = new MessageChannel();
  attempt(() => port1.postMessage(createServer(), []));
  const unbound = createServer();
  attempt(() => port1.postMessage(unbound, [unbound]));
  attempt(() => structuredClone(new URL('http://a/')));
  const bytes = new ArrayBuffer(4);
  markAsUntransferable(bytes);
  attempt(() => port1.postMessage(bytes, [bytes]));
  const closed = new MessageChannel().port1;
  closed.close();
  attempt(() => port1.postMessage(null, [closed]));
  attempt(() => port1.postMessage(new URL('http://a/'), [new URL('http://a/')]));
  attempt(() => port1.postMessage(1, { transfer: null }));
  attempt(() => port1.postMessage(1, { transfer: { [Symbol.iterator]: () => ({}) } }));
  attempt(() => new Worker('./x', { execArgv: ['--foo', '--title=x'] }));
  console.log(port2.hasRef());
  await new Promise((done) => port2.close(done));
  await new Promise((done) => setTimeout(done));
  console.log(port2.hasRef());
  await moveFile();
  await hang();
}

/** A file that is open goes over whole. */
async function moveFile() {
  const { port1, port2 } = new MessageChannel();
  const file = await open(fileURLToPath(import.meta.url));
  attempt(() => port1.postMessage(file));
  port1.postMessage(file, [file]);
  const [moved] = await once(port2, 'message');
  console.log(file.fd, moved.constructor.name, (await moved.readFile('utf8')).slice(0, 20));
  await moved.close();
  await file.read().catch((error) => console.log(error.code, error.message));
  const reading = moved.read().catch((error) => error.code);
  attempt(() => port1.postMessage(moved, [moved]));
  console.log(await reading, MessageChannel.name, port1.constructor.name);
  attempt(() => port1.postMessage(function foo() {}));
  port1.close();
}

/** Threads that never yield can be terminated; texts of data: URLs are modules. */
async function hang() {
  const loop = 'require("worker_threads").parentPort.postMessage(1); while (true);';
  const worker = new Worker(loop, { eval: true });
  await once(worker, 'message');
  console.log(await worker.terminate());
  console.log(await once(new Worker(new URL('data:text/javascript,process.exit(7)')), 'exit'));
  console.log(await once(new Worker('import "node:fs"; process.exit(8)', { eval: true }), 'exit'));
}
