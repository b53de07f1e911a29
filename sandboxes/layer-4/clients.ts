// One client that asks both balancers the same, at a steady pace: `GET /item?id=N&via=l4` and `…&via=l7`.
// CONNECTIONS=kept: one connection to each, for as long as it lives. CONNECTIONS=new: one for each request.
// Stands alone on its machine. Environment: L4, L7 (host:port), RATE (a second, to each), TIMEOUT_MS, CONNECTIONS.
import { channel } from 'node:diagnostics_channel';
import { Agent, request } from 'node:http';
import type { RequestSample } from '../_shared/load.ts';

const kept = process.env.CONNECTIONS !== 'new';
const timeoutMs = Number(process.env.TIMEOUT_MS ?? 500);
const pauseMs = 1000 / Number(process.env.RATE ?? 20);
const samples = channel('brownout:request');
const ways = [way('l4', process.env.L4 ?? '127.0.0.1:8080'), way('l7', process.env.L7 ?? '127.0.0.1:8090')];
let id = 0;

/** Asks through one of the balancers, and tells once what became of it. */
function way(via: string, place: string): (number: number) => void {
  const [host = '', port = ''] = place.split(':');
  // One connection at the most, so that requests of a slow answer wait for it.
  const agent = new Agent({ keepAlive: kept, maxSockets: kept ? 1 : Number.POSITIVE_INFINITY });
  return (number) => {
    const path = `/item?id=${number}&via=${via}`;
    const intendedMs = performance.now();
    let told = false;
    const tell = (status: number, by: string, error: string) => {
      if (told) return;
      told = true;
      clearTimeout(limit);
      const ok = error === '' && status < 500;
      const latencyMs = performance.now() - intendedMs;
      samples.publish({
        id: number,
        intendedMs,
        latencyMs,
        ok,
        status,
        by,
        error,
        asked: `GET ${path}`,
      } satisfies RequestSample);
    };
    const outgoing = request({ host, port, path, agent }, (answer) => {
      const { statusCode: status = 0, headers } = answer;
      answer.on('error', (error: NodeJS.ErrnoException) => tell(status, '', error.code ?? error.message));
      answer.on('end', () => tell(status, String(headers['x-served-by'] ?? ''), ''));
      answer.resume();
    });
    const limit = setTimeout(() => {
      tell(0, '', 'ETIMEDOUT');
      outgoing.destroy();
    }, timeoutMs);
    outgoing.on('error', (error: NodeJS.ErrnoException) => tell(0, '', error.code ?? error.message));
    outgoing.end();
  };
}

setInterval(() => {
  id++;
  for (const ask of ways) ask(id);
}, pauseMs);
