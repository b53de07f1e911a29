// Asks the database over HTTP: an item, or to keep orders. Every wait has an end; what fails, rejects.
// Keeps no copy and tries nothing twice. Used by aside.ts and orders.ts.
import { Agent, request } from 'node:http';

export interface Item {
  readonly item: number;
  /** Which load of the database gave it. */
  readonly version: number;
  readonly price: number;
}

const agent = new Agent({ keepAlive: true });
const [host = '127.0.0.1', port = '8090'] = (process.env.DATABASE ?? '127.0.0.1:8090').split(':');
const limitMs = Number(process.env.DATABASE_LIMIT_MS ?? 1000);

export async function loadItem(id: number): Promise<Item> {
  return JSON.parse(await ask('GET', `/item?id=${id}`)) as Item;
}

export async function keepOrders(orders: readonly number[]): Promise<void> {
  await ask('POST', '/orders', JSON.stringify(orders));
}

function ask(method: string, path: string, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    const asking = request({ host, port: Number(port), method, path, headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('error', fail);
      answer.on('end', () => {
        clearTimeout(limit);
        const status = answer.statusCode ?? 0;
        if (status < 300) resolve(text);
        else reject(new Error(`the database answered ${status}`));
      });
    });
    function fail(reason: Error): void {
      clearTimeout(limit);
      reject(reason);
    }
    const limit = setTimeout(() => asking.destroy(new Error('the database is silent')), limitMs);
    asking.on('error', fail);
    asking.end(body);
  });
}
