// Open-loop traffic: requests leave on a clock (Poisson, from a seed), however slow the answers are.
// A closed loop would wait for answers, slow down with the server and hide its queue; this one refuses to.
// Publishes one RequestSample per request on the diagnostics channel `brownout:request`. Used by clients.ts.
import { channel } from 'node:diagnostics_channel';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { exponential, seededRandom } from './random.ts';

export interface Load {
  readonly host: string;
  readonly port: number;
  /** Asked anew for each request, so it may change while the load runs. */
  readonly ratePerSecond: () => number;
  readonly seed: number;
  /** A request without its whole answer after this time counts as lost. */
  readonly timeoutMs: number;
  /** What request number `id` asks; `chance` is a fresh number from 0 to 1. */
  readonly ask: (id: number, chance: number) => Asked;
  /** Called with each request's fate, for programs that print. */
  readonly onSample?: (sample: RequestSample) => void;
  /** Called with the headers of each answer, when its head is there. */
  readonly onHead?: (id: number, headers: IncomingHttpHeaders) => void;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Beside those that Node adds; `host` replaces the name under which the target was reached. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The fate of one request. Times are milliseconds on this process's own clock. */
export interface RequestSample {
  readonly id: number;
  /** When the request was due, not when it got out: what it waited before that counts. */
  readonly intendedMs: number;
  readonly latencyMs: number;
  readonly ok: boolean;
  readonly status: number;
  readonly by: string;
  readonly error: string;
  /** Method and path: by these its way can be found in what the machines have seen. */
  readonly asked: string;
}

const READY_PAUSE_MS = 50;
const samples = channel('brownout:request');

/** Waits until the target answers `/health` with 200, then sends for ever. Returns what stops it. */
export function startLoad(load: Load): () => void {
  const agent = new Agent({ keepAlive: true });
  const random = seededRandom(load.seed);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueMs = 0;
  let id = 0;

  function sendWhatIsDue(): void {
    while (dueMs <= performance.now()) {
      id++;
      send(load, agent, id, dueMs, random());
      dueMs += (exponential(random) * 1000) / load.ratePerSecond();
    }
    timer = setTimeout(sendWhatIsDue, Math.max(0, dueMs - performance.now()));
  }

  function begin(): void {
    dueMs = performance.now() + (exponential(random) * 1000) / load.ratePerSecond();
    sendWhatIsDue();
  }

  function waitUntilReady(): void {
    const again = () => {
      timer = setTimeout(waitUntilReady, READY_PAUSE_MS);
    };
    const { host, port, timeoutMs: timeout } = load;
    const probe = request({ host, port, path: '/health', agent, timeout }, (answer) => {
      answer.on('error', again);
      answer.on('end', answer.statusCode === 200 ? begin : again);
      answer.resume();
    });
    probe.on('timeout', () => probe.destroy());
    probe.on('error', again);
    probe.end();
  }

  waitUntilReady();
  return () => {
    clearTimeout(timer);
    agent.destroy();
  };
}

/** Sends one request and reports its fate exactly once. */
function send(load: Load, agent: Agent, id: number, intendedMs: number, chance: number): void {
  const { method, path, headers = {} } = load.ask(id, chance);
  let status = 0;
  let by = '';
  let reported = false;

  function report(error: string): void {
    if (reported) return;
    reported = true;
    clearTimeout(limit);
    const latencyMs = performance.now() - intendedMs;
    const ok = error === '' && status < 500;
    const asked = `${method} ${path}`;
    const sample: RequestSample = { id, intendedMs, latencyMs, ok, status, by, error, asked };
    samples.publish(sample);
    load.onSample?.(sample);
  }

  const outgoing = request({ host: load.host, port: load.port, method, path, headers, agent }, (answer) => {
    status = answer.statusCode ?? 0;
    by = String(answer.headers['x-served-by'] ?? '');
    load.onHead?.(id, answer.headers);
    answer.on('error', (error: NodeJS.ErrnoException) => report(error.code ?? error.message));
    answer.on('end', () => report(''));
    answer.resume();
  });
  outgoing.on('error', (error: NodeJS.ErrnoException) => report(error.code ?? error.message));
  const limit = setTimeout(() => {
    report('ETIMEDOUT');
    outgoing.destroy();
  }, load.timeoutMs);
  outgoing.end();
}
