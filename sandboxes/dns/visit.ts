// One visit of a web site: finds the addresses of its name, then asks the first of them; or one after another, until one
// answers. Every wait has an end. Remembers no address and keeps no connection, so each visit shows what DNS says now.
// Called by clients.ts.
import { request } from 'node:http';
import type { Server } from './ask.ts';
import type { Find } from './find.ts';

export interface Way {
  readonly find: Find;
  readonly reach: (server: Server) => Server;
  /** Whether another address is tried where one fails. */
  readonly triesNext: boolean;
  readonly timeoutMs: number;
}

export interface Outcome {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly by: string;
  /** The address that was asked last. */
  readonly address: string;
  readonly error: string;
}

// #region visit
/** Never rejects. */
export async function visit(name: string, path: string, way: Way): Promise<Outcome> {
  let outcome: Outcome = { status: 0, by: '', address: '', error: 'ENOTFOUND' };
  try {
    for (const address of await way.find(name)) {
      outcome = await askAt(address, name, path, way);
      if (outcome.status > 0 || !way.triesNext) break;
    }
  } catch (error) {
    outcome = { ...outcome, error: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
  return outcome;
}
// #endregion

function askAt(address: string, name: string, path: string, { reach, timeoutMs }: Way): Promise<Outcome> {
  return new Promise((resolve) => {
    const server = reach({ address, port: 80 });
    const done = (status: number, by: string, error: string) => {
      clearTimeout(limit);
      resolve({ status, by, address, error });
    };
    const failed = (error: NodeJS.ErrnoException) => done(0, '', error.code ?? error.message);
    const headers = { host: name };
    const asking = request(
      { host: server.address, port: server.port, path, headers, agent: false },
      (answer) => {
        answer.on('error', failed);
        answer.on('end', () => done(answer.statusCode ?? 0, String(answer.headers['x-served-by'] ?? ''), ''));
        answer.resume();
      },
    );
    asking.on('error', failed);
    const limit = setTimeout(() => {
      done(0, '', 'ETIMEDOUT');
      asking.destroy();
    }, timeoutMs);
    asking.end();
  });
}
