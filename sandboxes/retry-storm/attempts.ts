// One request of a client: attempts over HTTP until one is answered in time or none is left.
// A client that stops waiting closes its connection, but cannot take back what it has asked: the server may do it yet.
// Refuses to choose when a request is due; clients.ts does. Asks budget.ts before each attempt. Environment: TARGET,
// TIMEOUT_MS, ATTEMPTS, BACKOFF_MS.
import { Agent, request } from 'node:http';
import { maySend } from './budget.ts';

export interface Rules {
  readonly host: string;
  readonly port: number;
  /** How long an attempt may take. */
  readonly timeoutMs: number;
  /** Of one request, the first included. */
  readonly attemptsMax: number;
  /** Mean pause before the second attempt; it doubles with each. 0: none. */
  readonly backoffMs: number;
}

export interface Fate {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly error: string;
  readonly attempts: number;
}

export function rulesFromEnvironment(): Rules {
  const [host = '127.0.0.1', port = '8080'] = (process.env.TARGET ?? '127.0.0.1:8080').split(':');
  return {
    host,
    port: Number(port),
    timeoutMs: Number(process.env.TIMEOUT_MS ?? 1000),
    attemptsMax: Number(process.env.ATTEMPTS ?? 3),
    backoffMs: Number(process.env.BACKOFF_MS ?? 0),
  };
}

// A connection whose answer never came is of no use to the next request, so each attempt has one of its own.
const agent = new Agent({ keepAlive: false });

// #region attempts
/** Resolves once, with how the last attempt ended. */
export async function ask(path: string, rules: Rules): Promise<Fate> {
  let fate: Fate = { status: 0, error: 'NOT_SENT', attempts: 0 };
  for (let attempt = 1; attempt <= rules.attemptsMax; attempt++) {
    if (!maySend(attempt)) break;
    if (attempt > 1) await pause(rules.backoffMs * 2 ** (attempt - 2));
    fate = { ...(await attemptOnce(path, rules)), attempts: attempt };
    if (fate.error === '' && fate.status < 500) break;
  }
  return fate;
}

/** From nothing to twice the mean, so that those who failed together do not come back together. */
function pause(meanMs: number): Promise<void> | undefined {
  if (meanMs === 0) return undefined;
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 2 * meanMs));
}
// #endregion

function attemptOnce(path: string, rules: Rules): Promise<Omit<Fate, 'attempts'>> {
  const { host, port } = rules;
  return new Promise((resolve) => {
    const outgoing = request({ host, port, path, agent }, (answer) => {
      answer.on('error', (error: NodeJS.ErrnoException) => end(0, error.code ?? error.message));
      answer.on('end', () => end(answer.statusCode ?? 0, ''));
      answer.resume();
    });
    const limit = setTimeout(() => {
      end(0, 'ETIMEDOUT');
      outgoing.destroy();
    }, rules.timeoutMs);

    function end(status: number, error: string): void {
      clearTimeout(limit);
      resolve({ status, error });
    }
    outgoing.on('error', (error: NodeJS.ErrnoException) => end(0, error.code ?? error.message));
    outgoing.end();
  });
}
