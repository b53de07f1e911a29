// The client's side: an agent's queue and reuse, timeouts, bad answers, upgrades, and bodies that never come.
// Run by differential.test.ts.

import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

const say = (...words) => console.log(...words);
let connections = 0;
let many;
const server = http.createServer((request, response) => {
  if (request.url === '/never') return;
  setTimeout(() => response.end(request.url), 2);
});
server.on('connection', () => connections++);
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
const agent = new http.Agent({ keepAlive: true, maxSockets: 2, maxFreeSockets: 1, scheduling: 'fifo' });
const get = (path, options = {}) =>
  new Promise((resolve) => {
    const request = http.get({ port, host: '127.0.0.1', agent, path, ...options }, (response) => {
      response.on('error', (error) => resolve(`body ${error.code} ${error.message}`));
      response.on('aborted', () => say('aborted'));
      let body = '';
      response
        .on('data', (chunk) => (body += chunk))
        .on('end', () => resolve(`${response.statusCode} ${body}`));
    });
    request.on('timeout', () => {
      say('timeout', path);
      request.destroy(new Error('gave up'));
    });
    request.on('upgrade', (response, socket, head) => {
      resolve(`upgraded ${response.statusCode} ${head}`);
      socket.destroy();
    });
    request.on('error', (error) => resolve(`${error.code} ${error.message}`));
    request.on(
      'close',
      () => many !== undefined && say('request closed', path, request.reusedSocket, request.destroyed),
    );
  });
many = await Promise.all([1, 2, 3, 4, 5].map((i) => get(`/${i}`)));
say(many, connections);
await new Promise((resolve) => setTimeout(resolve, 5));
say(
  Object.values(agent.freeSockets).flat().length,
  Object.keys(agent.requests).length,
  agent.getName({ host: 'h', port: 1 }),
);
say(await get('/never', { timeout: 20 }));
say(await get('/never', { signal: AbortSignal.timeout(20) }));
const answers = {
  '/garbage': 'this is no http\r\n\r\n',
  '/short': 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
  '/until-close': 'HTTP/1.1 200 OK\r\n\r\nall of it',
  '/bad-chunk': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
  '/nothing': '',
  '/big-header': `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
  '/continue': 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  '/reason': 'HTTP/1.1 299 Own Reason\r\nContent-Length: 0\r\nA: 1\r\nA: 2\r\nSet-Cookie: x\r\n\r\n',
  '/many': 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabcdef',
};
const crooked = net.createServer((socket) => {
  socket.once('data', (data) => socket.end(answers[String(data).split(' ')[1]] ?? ''));
  socket.on('error', () => {});
});
crooked.listen(0, '127.0.0.1');
await once(crooked, 'listening');
for (const path of Object.keys(answers))
  say(path, await get(path, { port: crooked.address().port, agent: false }));
const upgrading = http
  .createServer()
  .on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 101 OK\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nhead'),
  );
upgrading.listen(0, '127.0.0.1');
await once(upgrading, 'listening');
say(
  await get('/up', {
    port: upgrading.address().port,
    headers: { connection: 'upgrade', upgrade: 'x' },
    agent: false,
  }),
);
upgrading.close();
crooked.close();
const idle = http.get({ port, host: '127.0.0.1', agent, path: '/last' });
const [response] = await once(idle, 'response');
response.resume();
await once(response, 'end');
await new Promise((resolve) => setTimeout(resolve, 5));
const [free] = Object.values(agent.freeSockets).flat();
free.on('close', () => say('free socket closed', Object.values(agent.freeSockets).flat().length));
server.closeIdleConnections();
server.close(() => say('server closed'));
const alive = setTimeout(() => {}, 1000);
await once(free, 'close');
clearTimeout(alive);
const outgoing = http.request({ port: 1, agent: false, host: '127.0.0.1', method: 'POST' });
outgoing.on('error', (error) => say(error.code));
say(outgoing.getHeaderNames(), outgoing.hasHeader('host'), outgoing.path, outgoing.method, outgoing.protocol);
outgoing.setHeader('X-A', 'b');
outgoing.removeHeader('x-a');
try {
  outgoing.setHeader('x', undefined);
} catch (error) {
  say(error.code, error.message);
}
outgoing.end();
agent.destroy();
