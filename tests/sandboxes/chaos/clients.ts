// Writes and reads values through the gate, by node:http with kept connections and by fetch, and takes bytes from a
// store by plain TCP, now and then reading slowly or hanging up. Bursts of datagrams fill a narrow link's queue. Environment: GATE, BULK.
import { createSocket } from 'node:dgram';
import { channel } from 'node:diagnostics_channel';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';

const gate = process.env['GATE'] ?? '';
const [bulkHost = '', bulkPort = ''] = (process.env['BULK'] ?? '').split(':');
const agent = new Agent({ keepAlive: true });
const done = channel('brownout:done');
const tally = new Map<string, number>();
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).name;
const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);
let number = 0;

function viaHttp(): void {
  const id = ++number;
  const method = Math.random() < 0.6 ? 'PUT' : 'GET';
  const key = Math.floor(Math.random() * 40);
  const call = request(`http://${gate}/key${key}`, { method, agent, timeout: 900 }, (answer) => {
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    answer.on('error', (error) => count(`answer ${codeOf(error)}`));
    answer.on('end', () => {
      count(`${method} ${answer.statusCode}`);
      done.publish({ id, bytes, by: answer.headers['x-served-by'] ?? null });
    });
  });
  call.on('timeout', () => call.destroy());
  call.on('error', (error) => count(`${method} ${codeOf(error)}`));
  call.end(method === 'PUT' ? `value ${id} ${Date.now()}` : undefined);
}

async function viaFetch(): Promise<void> {
  const form = new URLSearchParams({ id: String(++number) });
  try {
    const answer = await fetch(new URL(`/form${number % 7}`, `http://${gate}`), {
      method: 'PUT',
      body: form,
      signal: AbortSignal.timeout(700),
    });
    count(`fetch ${answer.status}, ${(await answer.text()).length}`);
  } catch (error) {
    count(`fetch ${(error as Error).name} ${codeOf((error as Error).cause ?? error)}`);
  }
}

function bulk(): void {
  const patience = 100_000 + 100_000 * Math.random();
  const isSlow = Math.random() < 0.5;
  let bytes = 0;
  const socket = connect(Number(bulkPort), bulkHost);
  socket.setTimeout(800, () => socket.destroy());
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    if (bytes > patience) socket.resetAndDestroy();
    if (!isSlow) return;
    socket.pause();
    setTimeout(() => socket.resume(), 3);
  });
  socket.on('error', (error) => count(`bulk ${codeOf(error)}`));
  socket.on('close', () => console.log(`bulk: ${bytes} bytes`));
}

const bursts = createSocket('udp4').on('error', (error) => count(`burst ${codeOf(error)}`));
function burst(): void {
  for (let i = 0; i < 60; i++) bursts.send(Buffer.alloc(1400, i), 7000, bulkHost, () => {});
}

setInterval(viaHttp, 23);
setInterval(burst, 450);
setInterval(() => void viaFetch(), 110);
setInterval(bulk, 350);
setInterval(() => console.log(Object.fromEntries([...tally].sort(([a], [b]) => (a < b ? -1 : 1)))), 1000);
