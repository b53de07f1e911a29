// One HTTP request to one store, with an end to the wait. Refuses to repeat or to follow: clients.ts decides that.
// Always resolves; silence and broken connections are answers with an error. Used by clients.ts and audit.ts.
import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Target {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
  readonly by: string;
  /** Place of the write in the log, or of the newest record that a read could see. */
  readonly epoch: number;
  readonly index: number;
  readonly copies: number;
  /** '' where there was an answer. */
  readonly error: string;
}

export function parseStores(text: string): readonly [Target, ...Target[]] {
  const [first, ...others] = text.split(' ').filter(Boolean).map(parseStore);
  if (!first)
    throw new Error(`STORES: expected at least one name=host:port, found '${text}': correct STORES`);
  return [first, ...others];
}

function parseStore(text: string): Target {
  const [, name, host, port] = /^([\w-]+)=([^:]+):(\d+)$/.exec(text) ?? [];
  if (!name || !host) throw new Error(`STORES: expected name=host:port, found '${text}': correct STORES`);
  return { name, host, port: Number(port) };
}

const agent = new Agent({ keepAlive: true });

export function ask(to: Target, method: string, path: string, timeoutMs: number, body = ''): Promise<Answer> {
  const { host, port } = to;
  return new Promise((resolve) => {
    let text = '';
    const done = (status: number, headers: IncomingHttpHeaders, error: string): void => {
      clearTimeout(limit);
      const place = (name: string) => Number(headers[name] ?? 0);
      const [epoch, index, copies] = [place('x-epoch'), place('x-index'), place('x-copies')];
      const by = String(headers['x-served-by'] ?? '');
      resolve({ status, text, headers, by, epoch, index, copies, error });
    };
    const failed = (error: NodeJS.ErrnoException) => done(0, {}, error.code ?? error.message);
    const headers = { 'content-length': Buffer.byteLength(body) };
    const outgoing = request({ host, port, method, path, agent, headers }, (answer) => {
      answer.setEncoding('utf8');
      answer.on('error', failed);
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => done(answer.statusCode ?? 0, answer.headers, ''));
    });
    outgoing.on('error', failed);
    const limit = setTimeout(() => {
      done(0, {}, 'ETIMEDOUT');
      outgoing.destroy();
    }, timeoutMs);
    outgoing.end(body);
  });
}
