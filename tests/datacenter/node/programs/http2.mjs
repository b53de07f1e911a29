// HTTP/2 in cleartext between two ends in one program: requests, bodies both ways, trailers, flow control, pushes,
// pings, settings, resets, GOAWAY and refused calls. What happens on different streams is told in the order of streams.
import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';

const text = async (stream) => {
  stream.setEncoding('utf8');
  let all = '';
  for await (const piece of stream) all += piece;
  return all;
};
const plain = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(date|:authority)$/.test(name)));

const handlers = {
  '/hello': (stream) => {
    stream.respond({ ':status': 200, 'x-answer': 'yes', 'set-cookie': ['a=1', 'b=2'] });
    stream.end('hello');
  },
  '/echo': async (stream) => {
    const body = await text(stream);
    stream.respond({ ':status': 201, 'content-length': body.length });
    stream.end(body.toUpperCase());
  },
  '/trailers': (stream) => {
    stream.additionalHeaders({ ':status': 103, link: '</style.css>' });
    stream.respond({ ':status': 200 }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '42' }));
    stream.end('body');
  },
  '/large': (stream) => {
    stream.respond();
    stream.end(Buffer.alloc(300_000, 'abc'));
  },
  '/reset': (stream) => {
    stream.on('error', () => undefined);
    stream.close(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM);
  },
  '/empty': (stream) => stream.respond({ ':status': 204 }, { endStream: true }),
  '/push': (stream) => {
    stream.pushStream({ ':path': '/pushed' }, (error, pushed, headers) => {
      console.log('push', error, headers[':path'], pushed.id % 2);
      pushed.respond({ ':status': 200, 'x-pushed': '1' });
      pushed.end('pushed body');
      stream.respond({ ':status': 200 });
      stream.end('pusher');
    });
  },
};

const server = http2.createServer({ settings: { maxConcurrentStreams: 50 } });
server.on('stream', (stream, headers) => handlers[headers[':path']](stream, headers));
server.on('sessionError', (error) => console.log('session error', error.code, error.message));
server.listen(0);
await once(server, 'listening');
const { port } = server.address();
const client = http2.connect(`http://localhost:${port}`, { settings: { initialWindowSize: 20_000 } });
await once(client, 'remoteSettings');
console.log('remote settings', client.remoteSettings);
console.log(client.alpnProtocol, client.encrypted, client.type, client.closed, client.destroyed);

async function ask(path, headers = {}, body = undefined) {
  const stream = client.request({ ':path': path, ...headers });
  if (body !== undefined) stream.end(body);
  stream.on('headers', (info) => console.log('info', info[':status'], info.link));
  stream.on('trailers', (trailers) => console.log('trailers', plain(trailers)));
  const [answer] = await once(stream, 'response');
  const received = await text(stream);
  console.log(path, plain(answer), received.length, received.slice(0, 12), stream.rstCode);
}

await ask('/hello');
await ask('/echo', { ':method': 'POST' }, 'some text');
await ask('/echo', { ':method': 'PUT' }, 'x'.repeat(100_000));
await ask('/trailers');
await ask('/large');
await ask('/empty');
await ask('/empty', { ':method': 'HEAD' });
await Promise.all([1, 2, 3].map((at) => ask('/hello', { 'x-at': at }).then(() => undefined)));

const reset = client.request({ ':path': '/reset' });
const [error] = await once(reset, 'error');
console.log('reset', error.code, error.message, reset.rstCode);
const aborted = client.request({ ':path': '/large' });
aborted.close(http2.constants.NGHTTP2_CANCEL);
await once(aborted, 'close');
console.log('aborted', aborted.rstCode, aborted.destroyed);

client.on('stream', async (pushed, headers) => {
  console.log('promised', headers[':path'], pushed.id % 2);
  pushed.on('push', (answer) => console.log('push answer', plain(answer)));
  console.log('pushed', await text(pushed));
});
await ask('/push');

const payload = Buffer.from('12345678');
client.ping(payload, (failure, duration, echoed) =>
  console.log('ping', failure, typeof duration, echoed.equals(payload)),
);
await new Promise((resolve) => client.settings({ enablePush: false }, resolve));
console.log('local settings', client.localSettings.enablePush, client.localSettings.initialWindowSize);
try {
  client.ping(Buffer.alloc(3), () => undefined);
} catch (failure) {
  console.log(failure.code);
}
for (const headers of [{ connection: 'close' }, { te: 'gzip' }, { 'bad name': 1 }])
  try {
    client.request(headers);
  } catch (failure) {
    console.log(failure.name, failure.code, failure.message);
  }
console.log(http2.getPackedSettings({ maxFrameSize: 20_000, enablePush: false }).toString('hex'));
console.log(http2.getPackedSettings(http2.getDefaultSettings()).toString('hex'), http2.getDefaultSettings());

client.on('goaway', (code, last) => console.log('goaway', code, last > 0));
client.close();
await once(client, 'close');
console.log('closed', client.closed, client.destroyed);
const [late] = await once(client.request(), 'error');
console.log(late.code);

// The compatible interface, over a server of its own.
const compatible = http2.createServer((request, response) => {
  console.log(request.method, request.url, request.httpVersion, request.headers['x-one']);
  response.setHeader('x-two', '2');
  response.writeHead(202);
  response.write('first ');
  response.end('second');
});
compatible.listen(0);
await once(compatible, 'listening');
const second = http2.connect(`http://localhost:${compatible.address().port}`);
const request = second.request({ ':path': '/compat?x=1', 'x-one': 'one' });
const [answer] = await once(request, 'response');
console.log(plain(answer), await text(request));
second.destroy();
await once(second, 'close');
compatible.close();

// Somebody who speaks no HTTP/2, and bytes that are no frames in order.
const raw = async (bytes) => {
  const socket = net.connect(port);
  socket.write(bytes);
  const pieces = [];
  socket.on('error', () => undefined);
  for await (const piece of socket) pieces.push(piece);
  return Buffer.concat(pieces)
    .toString('latin1')
    .replace(/[^ -~]+/g, ' ');
};
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const noSettings = Buffer.from('000000040000000000', 'hex');
const wrong = {
  'PING on a stream': '0000080600000000010000000000000000',
  'a block that does not go on': '00000401000000000182868487000008060000000000',
  'a body before its head': '00000100000000000100',
  'a window that does not grow': '00000408000000000000000000',
  'the number 0 of a field': '00000101050000000180',
  'a frame that is too large': '7fffff000000000001',
  'SETTINGS cut short': '00000504000000000000040000ff',
  'an even number': '000004010500000002828684870a',
  'an answer to no SETTINGS': '000000040100000000000000040100000000',
  'the end of nothing': '00000403000000000100000000',
};
for (const [name, frames] of Object.entries(wrong))
  console.log(name, await raw(Buffer.concat([preface, noSettings, Buffer.from(frames, 'hex')])));
console.log('no HTTP/2', await raw(Buffer.from('GET / HTTP/1.1\r\n\r\n')));
server.close();
console.log('over');
