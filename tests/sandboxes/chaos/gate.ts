// Two workers behind one port (node:cluster) pass requests to the stores, found by DNS, over kept connections. A
// worker crashes now and then by chance, and the primary starts another. Environment: PORT.
import cluster from 'node:cluster';
import { resolve4 } from 'node:dns/promises';
import { Agent, request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';

const WORKERS = 2;
const TIMEOUT_MS = 400;
const CRASH_CHANCE = 0.003;
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

if (cluster.isPrimary) primary();
else worker();

function primary(): void {
  for (let i = 0; i < WORKERS; i++) cluster.fork();
  cluster.on('exit', (one, code, signal) => {
    console.log(`worker ${one.id} ended with ${code}, ${signal}`);
    setTimeout(() => cluster.fork(), 20 + 30 * Math.random());
  });
}

function worker(): void {
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  const refuse = (response: ServerResponse, status: number, why: string): void => {
    if (response.headersSent) response.destroy();
    else response.writeHead(status, { 'x-why': why }).end();
  };
  const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = (await resolve4('store.test'))[0] ?? '';
    const { method = 'GET', url = '/' } = incoming;
    const outgoing = ask({ host, port: 8000, path: url, method, agent, timeout: TIMEOUT_MS }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { 'x-served-by': host });
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    });
    outgoing.on('timeout', () => outgoing.destroy(Object.assign(new Error(), { code: 'silence' })));
    outgoing.on('error', (error) => refuse(response, 502, codeOf(error)));
    incoming.pipe(outgoing);
  };
  createServer((incoming, response) => {
    incoming.on('error', () => {});
    response.on('error', () => {});
    if (Math.random() < CRASH_CHANCE) throw new Error('by chance');
    pass(incoming, response).catch((error: unknown) => refuse(response, 503, codeOf(error)));
  }).listen(Number(process.env['PORT']));
}
