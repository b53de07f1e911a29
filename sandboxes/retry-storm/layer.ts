// A layer of a service that can do nothing by itself: it asks the next layer for what it is asked, as often as the rules
// say, and passes on how that ended: `GET /work?id=N`, `GET /health`. Refuses (503) what the next layer did not give.
// Stands between clients.ts and server.ts where a scenario puts it. Environment: PORT, MACHINE, what attempts.ts takes.
import { createServer, type ServerResponse } from 'node:http';
import { ask, rulesFromEnvironment } from './attempts.ts';

const name = process.env.MACHINE ?? 'layer';
const rules = rulesFromEnvironment();

function answer(response: ServerResponse, status: number, text: string): void {
  const body = `${status}: ${text}\n`;
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), 'x-served-by': name });
  response.end(body);
}

async function passOn(url: string, response: ServerResponse): Promise<void> {
  const { status, error } = await ask(url, rules);
  if (error === '' && status < 500) answer(response, status, 'as the next layer says');
  else answer(response, 503, 'the next layer failed');
}

const server = createServer((request, response) => {
  request.on('error', () => {});
  response.on('error', () => {});
  if (request.url === '/health') answer(response, 200, 'well');
  else void passOn(request.url ?? '/', response);
});
server.listen(Number(process.env.PORT ?? 8081), () => {
  const address = server.address();
  console.log(`${name} listens on port ${typeof address === 'object' ? address?.port : address}`);
});
process.once('SIGTERM', () => process.exit(0));
