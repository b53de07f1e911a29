// A cluster that `brownout lab` runs on this computer as a Runtime in its page: the supervisor's lines over a WebSocket
// to the server that the page came from, opened with the token of the page's address. Every boot joins the one cluster
// that is there; its files are those of the folder it was started from. Stopping leaves the cluster alone.
import { RealRunning } from './real-running.ts';
import { RunProblem, type RunSpec, type Runtime } from './runtime.ts';

const PATH = '/lab-socket';

export function remoteRuntime(token: string): Runtime {
  return { boot: (spec) => join(spec, token) };
}

async function join(spec: RunSpec, token: string): ReturnType<Runtime['boot']> {
  const url = new URL(PATH, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('token', token);
  const socket = new WebSocket(url);
  const run = new RealRunning(spec, { send: (line) => socket.send(line), end: () => socket.close() });
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => run.take(`${String(data)}\n`));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', () => reject(new RunProblem(REFUSED)), { once: true });
  });
  socket.addEventListener('close', () => run.end(GONE));
  const first = await run.boot({ folder: '.', freezes: 'processes' });
  return { run, first };
}

const REFUSED = {
  expected: '`brownout lab` to take this page in',
  found: 'that it did not',
  fix: 'open the address that it printed, with all that follows #; start it again if it has ended',
};
const GONE = {
  expected: '`brownout lab` to go on',
  found: 'that it has ended',
  fix: 'start it again and open the address that it prints',
};
