// A server that does one thing at a time and lets the others wait in line: `GET /work?id=N`, `GET /health`.
// A timer stands for the work, so that a long line costs your computer nothing. It does every job that it has taken, even
// if the client has long gone: nobody told it. With QUEUE_MAX it refuses (503) what it could not do in time.
// Environment: PORT, MACHINE, SERVICE_MS (mean, from half to one and a half), QUEUE_MAX (0: no limit). Dials: queueMax,
// failing (1: answers 503 at once, as if what it needs were gone).
import { channel } from 'node:diagnostics_channel';
import { createServer, type ServerResponse } from 'node:http';
import { dial, onDials } from '../_shared/dials.ts';

const name = process.env.MACHINE ?? 'server';
const serviceMs = Number(process.env.SERVICE_MS ?? 40);
let queueMax = Number(process.env.QUEUE_MAX ?? 0);
let failing = 0;
onDials((values) => {
  queueMax = dial(values['queueMax'], queueMax, 0, 100_000);
  failing = dial(values['failing'], failing, 0, 1);
});
const state = channel('brownout:state');

// #region line
const line: ServerResponse[] = [];
let working = false;
let done = 0;
let wasted = 0;

function take(response: ServerResponse): void {
  if (queueMax > 0 && line.length >= queueMax) {
    answer(response, 503, 'the line is full');
    return;
  }
  line.push(response);
  tell();
  if (!working) work();
}

/** The first in line, then the next, until the line is empty. */
function work(): void {
  const response = line.shift();
  working = response !== undefined;
  if (response === undefined) return;
  setTimeout(
    () => {
      if (response.destroyed) wasted++;
      else answer(response, 200, 'done');
      done++;
      tell();
      work();
    },
    serviceMs * (0.5 + Math.random()),
  );
}
// #endregion

function tell(): void {
  state.publish({ waiting: line.length, done, wasted });
}

function answer(response: ServerResponse, status: number, text: string): void {
  const body = `${status}: ${text}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain',
    'content-length': Buffer.byteLength(body),
    'x-served-by': name,
  });
  response.end(body);
}

const server = createServer((request, response) => {
  request.on('error', () => {});
  response.on('error', () => {});
  const [path] = (request.url ?? '').split('?');
  if (request.method !== 'GET') answer(response, 405, 'only GET here');
  else if (path === '/health') answer(response, 200, 'well');
  else if (path !== '/work') answer(response, 404, `no ${path} here`);
  else if (failing === 1) answer(response, 503, 'what it needs is gone');
  else take(response);
});
// Who waits for a frozen server waits in its kernel: the line there is long enough for a storm.
server.listen({ port: Number(process.env.PORT ?? 8080), backlog: 4096 }, () => {
  const address = server.address();
  console.log(`${name} listens on port ${typeof address === 'object' ? address?.port : address}`);
});
process.once('SIGTERM', () => process.exit(0));
