// The data center in a worker thread of Node: the whole program of the thread that node-datacenter.ts starts.
// A thread of its own, because promises that guests leave rejected would end the host's process.
import { parentPort } from 'node:worker_threads';
import { compile } from '../datacenter/compiler.ts';
import { Guest } from '../datacenter/worker/guest.ts';
import type { Command } from '../datacenter/worker/protocol.ts';
import { stripThread } from '../datacenter/worker/strip.ts';
import { nodeScript } from './node-script.ts';

const port = parentPort;
if (port === null)
  throw new Error('expected to be a worker thread, found the main thread: use node-datacenter.ts');

/** What the engine looks up by name while it runs; none of them leads out of the thread. */
const NEEDED = ['MessageChannel', 'TextDecoder', 'TextEncoder', 'URL', 'queueMicrotask', 'structuredClone'];

const { setImmediate: whenIdle } = globalThis;
const guest = new Guest({
  post: (reply) => port.postMessage(reply),
  hop: (callback) => void whenIdle(callback),
  compile,
  compileScript: nodeScript,
});
process.on('unhandledRejection', (reason, promise) => guest.rejected(promise, reason));
process.on('rejectionHandled', (promise) => guest.rejectionHandled(promise));
port.on('message', (command: Command) => guest.take(command));
stripThread(NEEDED);
