// HTTP over the library's own client and server: keep-alive, chunks, trailers, 100-continue, HEAD, 204, errors.
// Run by differential.test.ts.

import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';

const say = (...words) => console.log(...words);
const quiet = (headers) =>
  Object.fromEntries(
    Object.entries(headers).map(([k, v]) => [k, k === 'date' ? typeof v : k === 'host' ? 'HOST' : v]),
  );
const server = http.createServer({ keepAliveTimeout: 1000 });
server.on('checkContinue', (request, response) => {
  say('checkContinue', request.headers.expect);
  response.writeContinue();
  request.resume();
  request.on('end', () => response.end('continued'));
});
server.on('request', async (request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  if (path === '/echo') {
    say(
      'server',
      request.method,
      request.url,
      request.httpVersion,
      quiet(request.headers),
      request.rawHeaders.length,
    );
    response.setHeader('X-Many', ['a', 'b']);
    response.setHeader('Set-Cookie', ['c=1', 'd=2']);
    response.writeHead(201, 'Made', { 'content-type': 'text/plain' });
    const body = await text(request);
    say('server body', body, request.trailers, request.complete);
    response.end(body.toUpperCase());
  } else if (path === '/chunks') {
    response.write('one ');
    response.addTrailers({ 'x-sum': '42' });
    setTimeout(() => response.end('two'), 2);
  } else if (path === '/trailers') {
    response.writeHead(200, { Trailer: 'x-sum' });
    response.write('t');
    response.addTrailers({ 'X-Sum': '7' });
    response.end();
  } else if (path === '/empty') {
    response.writeHead(204).end();
  } else if (path === '/not-modified') {
    response.statusCode = 304;
    response.end('ignored');
  } else if (path === '/early') {
    response.writeEarlyHints({ link: '</a.css>; rel=preload' });
    response.end('hinted');
  } else if (path === '/length') {
    response.setHeader('content-length', 5);
    response.end('12345');
  } else if (path === '/close') {
    response.setHeader('connection', 'close');
    response.end('bye');
  } else if (path === '/drop') {
    request.socket.destroy();
  } else if (path === '/abort-half') {
    response.write('half');
    setTimeout(() => request.socket.destroy(), 5);
  } else {
    response.statusCode = 404;
    response.end();
  }
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const ask = (path, options = {}, body = undefined) =>
  new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', path, agent, ...options });
    request.on('error', reject);
    request.on('information', (info) => say('information', info.statusCode, info.headers));
    request.on('continue', () => say('continue'));
    request.on('response', async (response) => {
      try {
        const answer = await text(response);
        say(
          path,
          response.statusCode,
          response.statusMessage,
          quiet(response.headers),
          answer,
          response.trailers,
          response.complete,
          request.reusedSocket,
        );
        resolve(response);
      } catch (error) {
        reject(error);
      }
    });
    if (typeof body === 'function') body(request);
    else request.end(body);
  });
await ask('/echo?x=1', { method: 'POST', headers: { 'X-Own': 'v', Accept: ['a', 'b'] } }, 'hello');
await ask('/echo', { method: 'PUT' }, (request) => {
  request.write('part ');
  setTimeout(() => {
    request.addTrailers({ 'x-t': '1' });
    request.end('rest');
  }, 2);
});
await ask('/chunks');
await ask('/trailers');
await ask('/empty');
await ask('/not-modified');
await ask('/early');
await ask('/length', { method: 'HEAD' });
await ask('/length');
await ask('/nowhere');
await ask('/continue', { method: 'POST', headers: { Expect: '100-continue' } }, (request) => {
  request.flushHeaders();
  request.on('continue', () => request.end('body'));
});
await ask('/close');
await ask('/echo');
for (const path of ['/drop', '/abort-half'])
  await ask(path).catch((error) => say(path, error.code, error.message));
const controller = new AbortController();
const aborted = ask('/chunks', { signal: controller.signal }).catch((error) =>
  say(error.name, error.code, error.message),
);
controller.abort();
await aborted;
const destroyed = ask('/chunks', {}, (request) => request.destroy(new Error('own reason'))).catch((error) =>
  say(error.message),
);
await destroyed;
await ask('/x', { port: 1 }).catch((error) => say(error.message, error.code));
for (const bad of [
  () => http.request({ path: '/a b' }),
  () => http.request({ method: 'BAD METHOD' }),
  () => http.request({ headers: { 'bad header': 1 } }),
  () => http.request('nope://x'),
  () => http.request({ headers: { x: 'a\nb' } }),
]) {
  try {
    bad();
  } catch (error) {
    say(error.name, error.code, error.message);
  }
}
http.get(`http://127.0.0.1:${port}/length`, (response) =>
  response.setEncoding('utf8').on('data', (chunk) => say('get', chunk)),
);
await new Promise((resolve) => setTimeout(resolve, 30));
say(
  http.METHODS.length,
  http.STATUS_CODES[418],
  http.maxHeaderSize,
  http.globalAgent.keepAlive,
  Object.keys(agent.freeSockets).length,
);
agent.destroy();
http.globalAgent.destroy();
server.close(() => say('closed'));
server.closeAllConnections();
