// A machine of 100x Global: says which machine it is, and for which name it was asked (the Host header, RFC 9110, 7.2).
// One program for every service: what it does is not this chapter's matter. Refuses everything but GET.
// Environment: PORT, MACHINE.
import { createServer } from 'node:http';

const name = process.env.MACHINE ?? 'app';

const server = createServer((request, response) => {
  request.on('error', () => {});
  const isGet = request.method === 'GET';
  const text = isGet ? `${request.headers.host} is served by ${name}\n` : 'GET only\n';
  response.writeHead(isGet ? 200 : 405, {
    'content-type': 'text/plain',
    'content-length': Buffer.byteLength(text),
    'x-served-by': name,
  });
  response.end(text);
});
server.listen(Number(process.env.PORT ?? 8081), () => {
  const address = server.address();
  console.log(`${name} listens on port ${typeof address === 'object' ? address?.port : address}`);
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
