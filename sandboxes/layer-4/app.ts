// An app that answers at once and says who it is: `GET /item?id=N`, `GET /health`.
// Keeps connections open as long as the client likes. Environment: PORT, MACHINE.
import { createServer } from 'node:http';

const name = process.env.MACHINE ?? 'app';
const server = createServer((request, response) => {
  const [path] = (request.url ?? '').split('?');
  const known = path === '/item' || path === '/health';
  const body = known ? `${name}\n` : `no ${path} here\n`;
  response.writeHead(known ? 200 : 404, {
    'content-type': 'text/plain',
    'content-length': Buffer.byteLength(body),
    'x-served-by': name,
  });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 8081), () => {
  const address = server.address();
  console.log(`${name} listens on port ${typeof address === 'object' ? address?.port : address}`);
});
process.once('SIGTERM', () => process.exit(0));
