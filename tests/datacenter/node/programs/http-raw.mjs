// A server against bytes written by hand: pipelining, bad requests, headers too large, slow heads, upgrades.
// Run by differential.test.ts.

import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

const say = (...words) => console.log(...words);
const server = http.createServer(
  {
    connectionsCheckingInterval: 20,
    headersTimeout: 100,
    requestTimeout: 150,
    keepAliveTimeout: 200,
    keepAliveTimeoutBuffer: 0,
  },
  (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('error', (error) => say('request error', error.code, error.message));
    request.on('end', () => {
      response.sendDate = false;
      response.end(`${request.method} ${request.url} ${Buffer.concat(chunks)};`);
    });
  },
);
server.on('upgrade', (request, socket, head) => {
  say('upgrade', request.url, request.headers.upgrade, String(head));
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n');
  socket.pipe(socket);
});
server.on('connect', (request, socket, head) => {
  say('connect', request.url, String(head));
  socket.end('HTTP/1.1 200 OK\r\n\r\ntunnel');
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
const raw = async (bytes, { end = true, after = [] } = {}) => {
  const socket = net.connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => (text += chunk));
  socket.on('error', (error) => say('socket error', error.code));
  socket.write(bytes, 'latin1');
  for (const more of after) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    socket.write(more, 'latin1');
  }
  if (end) socket.end();
  await once(socket, 'close');
  say(JSON.stringify(text.replaceAll(/Date: [^\r]*/g, 'Date: NOW')));
};
await raw(
  'GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
);
await raw(
  'POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n',
);
await raw('GET /s', { after: ['plit HTTP/1.1\r\nHo', 'st: a\r\n', '\r\n'] });
await raw('GET /old HTTP/1.0\r\n\r\n');
await raw('GET /ka HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
await raw('GET / HTTP/1.1\r\n\r\n');
await raw('nonsense\r\n\r\n');
await raw('GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n');
await raw('GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n');
await raw('GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n');
await raw(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`);
await raw(`GET /${'z'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`);
await raw(
  `GET / HTTP/1.1\r\nHost: a\r\n${Array.from({ length: 80 }, (_, i) => `h${i}: ${i}\r\n`).join('')}\r\n`,
);
await raw('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n');
await raw('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc');
await raw('GET / HTTP/1.1\r\nHost: a\r\nExpect: nonsense\r\n\r\n');
await raw('GET /up HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhead');
await raw('CONNECT host:1 HTTP/1.1\r\nHost: a\r\n\r\nfirst');
await raw('GET /slow HTTP/1.1\r\nHost', { end: false });
await raw('POST /slow-body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc', { end: false });
await raw('GET /idle HTTP/1.1\r\nHost: a\r\n\r\n', { end: false });
await raw('', { end: true });
server.on('clientError', (error, socket) => {
  say(
    'clientError',
    error.code,
    error.message,
    error.bytesParsed,
    String(error.rawPacket).length,
    error.reason,
  );
  socket.end('HTTP/1.1 400 Own Words\r\n\r\n');
});
await raw('GET / HTTP/9.9\r\n\r\n');
await raw('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n');
server.timeout = 30;
server.on('timeout', (socket) => {
  say('timeout');
  socket.destroy();
});
await raw('GET /timeout HTTP/1.1\r\nHost', { end: false });
server.close(() => say('closed'));
