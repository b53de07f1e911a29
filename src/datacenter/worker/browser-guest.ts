// First script of the page's worker: takes the powers of the thread away, then serves the data center over the
// port that the frame hands it. Built into one file by build/engine.ts, with the host's functions that the
// engine needs captured before they go (see HOST_NAMES there).
import type { Compile } from '../datacenter.ts';
import { Guest } from './guest.ts';
import type { Command, Reply } from './protocol.ts';
import { stripThread } from './strip.ts';

const ALIVE_EVERY_MS = 400;

// biome-ignore lint/security/noGlobalEval: the compiler comes as text, when a program needs it.
const evaluate = globalThis.eval;

function start(port: MessagePort): void {
  const post = port.postMessage.bind(port) as (reply: Reply) => void;
  const channel = new MessageChannel();
  const wait = channel.port2.postMessage.bind(channel.port2);
  let waiting: (() => void) | null = null;
  let again = false;
  channel.port1.onmessage = () => {
    if (again) {
      again = false;
      wait(0);
      return;
    }
    const callback = waiting;
    waiting = null;
    callback?.();
  };
  const guest = new Guest({
    post,
    // A browser queues its report of a rejected promise after the turn's microtasks, so behind our first message
    // and before our second.
    hop: (callback, andRejections) => {
      waiting = callback;
      again = andRejections;
      wait(0);
    },
    compile: null,
    evaluateCompiler: (text) => evaluate(`${text};brownoutCompiler`) as Compile,
  });
  setInterval(() => post({ kind: 'alive' }), ALIVE_EVERY_MS);
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    guest.rejected(event.promise, event.reason);
  });
  addEventListener('rejectionhandled', (event) => guest.rejectionHandled(event.promise));
  port.onmessage = (event: MessageEvent<Command>) => guest.take(event.data);
  stripThread();
}

addEventListener(
  'message',
  (event: MessageEvent<unknown>) => {
    const [port] = event.ports;
    if (port !== undefined) start(port);
  },
  { once: true },
);
