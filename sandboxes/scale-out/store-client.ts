// What a shop can ask the store, each a request over the network. An answer that does not come in time is an error, and
// then the store may have done what it was asked, or not, or may do it later. Never asks twice by itself.
// Used by sell.ts through seats.ts.
import { Agent, request } from 'node:http';
import type { Store } from './sell.ts';

/** So long a shop waits for the store. */
const PATIENCE_MS = Number(process.env.STORE_PATIENCE_MS ?? 150);

interface Said {
  readonly status: number;
  readonly tag: string;
  readonly text: string;
}

/** What each call means is said in sell.ts. */
export class StoreClient implements Store {
  readonly #host: string;
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });

  /** `place` is host:port. */
  constructor(place: string) {
    const [host = '', port = ''] = place.split(':');
    this.#host = host;
    this.#port = Number(port);
  }

  async seats(): Promise<{ readonly left: number; readonly version: string }> {
    const { text, tag } = await this.#ask('GET', '/seats');
    return { left: Number(text), version: tag };
  }

  async has(order: number): Promise<boolean> {
    return (await this.#ask('GET', `/orders/${order}`)).status === 200;
  }

  async sell(order: number, version?: string): Promise<'sold' | 'changed'> {
    const { status } = await this.#ask('PUT', `/orders/${order}`, version);
    return status === 412 ? 'changed' : 'sold';
  }

  async lock(): Promise<boolean> {
    return (await this.#ask('POST', '/lock')).status === 201;
  }

  async unlock(): Promise<void> {
    await this.#ask('DELETE', '/lock');
  }

  #ask(method: string, path: string, version?: string): Promise<Said> {
    const headers = version === undefined ? {} : { 'if-match': version };
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(limit);
        reject(new Error(`the store did not answer: ${error.code ?? error.message}`));
      };
      const asking = request(
        { host: this.#host, port: this.#port, method, path, headers, agent: this.#agent },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part: string) => {
            text += part;
          });
          answer.on('error', fail);
          answer.on('end', () => {
            clearTimeout(limit);
            const status = answer.statusCode ?? 0;
            if (status >= 500) reject(new Error(`the store said ${status}`));
            else resolve({ status, tag: answer.headers.etag ?? '', text });
          });
        },
      );
      const limit = setTimeout(() => {
        asking.destroy(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' }));
      }, PATIENCE_MS);
      asking.on('error', fail);
      asking.end();
    });
  }
}
