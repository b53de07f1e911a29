// How much a server and a client take before they refuse: long heads, many headers, long extensions of chunks, long
// trailers, in one piece and in many. Run by differential.test.ts.
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

const HEAD = 'POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n';
const CHUNKED = `${HEAD}transfer-encoding: chunked\r\n\r\n`;
const many = (count, text) => Array.from({ length: count }, (_, at) => text.replace('#', at)).join('');

const requests = {
  'a header of 16000': `${HEAD}x: ${'a'.repeat(16_000)}\r\n\r\n`,
  'a header of 16384': `${HEAD}x: ${'a'.repeat(16_384)}\r\n\r\n`,
  'a header without end': `${HEAD}x: ${'a'.repeat(60_000)}`,
  'a name of 17000': `${HEAD}${'a'.repeat(17_000)}: x\r\n\r\n`,
  'a target of 17000': `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  'a target of 12000': `GET /${'a'.repeat(12_000)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
  'headers of 17000 in all': `${HEAD}${many(170, `x-#: ${'a'.repeat(95)}\r\n`)}\r\n`,
  '1999 headers': `${HEAD}${many(1997, 'x#:\r\n')}\r\n`,
  '2500 headers': `${HEAD}${many(2500, 'x:\r\n')}\r\n`,
  'an extension of 10000': `${CHUNKED}2;${'a'.repeat(10_000)}\r\nhi\r\n0\r\n\r\n`,
  'an extension of 17000': `${CHUNKED}2;${'a'.repeat(17_000)}\r\nhi\r\n0\r\n\r\n`,
  'extensions of 20000 in all': `${CHUNKED}${many(20, `1;${'a'.repeat(1000)}\r\nh\r\n`)}0\r\n\r\n`,
  'an extension at the end': `${CHUNKED}2\r\nhi\r\n0;${'a'.repeat(17_000)}\r\n\r\n`,
  'an extension with a value': `${CHUNKED}2;a=b;c="d;e"\r\nhi\r\n0\r\n\r\n`,
  'an extension with a bare line feed': `${CHUNKED}2;a\nhi\r\n0\r\n\r\n`,
  'an extension with a zero': `${CHUNKED}2;a\0b\r\nhi\r\n0\r\n\r\n`,
  'a trailer of 17000': `${CHUNKED}2\r\nhi\r\n0\r\nx: ${'a'.repeat(17_000)}\r\n\r\n`,
  'a trailer of 10000': `${CHUNKED}2\r\nhi\r\n0\r\nx: ${'a'.repeat(10_000)}\r\n\r\n`,
  'a chunk of too many digits': `${CHUNKED}${'1'.repeat(20)}\r\nhi`,
  'a length of too many digits': `${HEAD}content-length: ${'9'.repeat(25)}\r\n\r\nhi`,
};

const server = http.createServer((request, response) => {
  let bytes = 0;
  request.on('data', (chunk) => {
    bytes += chunk.length;
  });
  request.on('end', () => {
    const { length } = request.rawHeaders;
    response.end(`${bytes} ${length} ${Object.keys(request.headers).length} ${request.rawTrailers.length}`);
  });
  request.on('error', (error) => console.log('  request', error.code));
});
// What comes behind in later segments is refused again; how many there are is the network's affair.
const refused = new Set();
server.on('clientError', (error, socket) => {
  if (refused.has(socket)) return;
  refused.add(socket);
  console.log('  clientError', error.code, error.message, error.bytesParsed > 0);
  if (!socket.writable) return;
  const status = { HPE_HEADER_OVERFLOW: '431 Too Large', HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Too Large' };
  socket.end(`HTTP/1.1 ${status[error.code] ?? '400 Bad'}\r\nconnection: close\r\n\r\n`);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

async function send(text, size) {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('error', () => {});
  let answer = '';
  socket.setEncoding('latin1').on('data', (part) => {
    answer += part;
  });
  for (let at = 0; at < text.length; at += size) socket.write(text.slice(at, at + size), 'latin1');
  await once(socket, 'close');
  return `${answer.split('\r\n')[0]} | ${answer.split('\r\n\r\n')[1] ?? ''}`.replaceAll('\r\n', ' ');
}

for (const [name, text] of Object.entries(requests)) {
  console.log(name);
  console.log(' ', await send(text, text.length));
  console.log(' ', await send(text, 4096));
}
server.maxHeadersCount = 10;
console.log('ten headers', await send(`${HEAD}${many(50, 'x#: 1\r\n')}\r\n`, 1e6));
server.close();

const answers = {
  'a long head': `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(17_000)}\r\n\r\n`,
  'many headers': `HTTP/1.1 200 OK\r\nconnection: close\r\n${many(2500, 'x#: 1\r\n')}\r\n`,
  'a long reason': `HTTP/1.1 200 ${'a'.repeat(17_000)}\r\n\r\n`,
  'a long extension': `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;${'a'.repeat(17_000)}\r\nhi\r\n0\r\n\r\n`,
  'a head without end': `HTTP/1.1 200 OK\r\n${many(3000, 'x: aaaaaaa\r\n')}`,
};
for (const [name, text] of Object.entries(answers)) {
  const raw = net
    .createServer((socket) => socket.on('error', () => {}).once('data', () => socket.end(text)))
    .listen(0, '127.0.0.1');
  await once(raw, 'listening');
  const said = await new Promise((done) => {
    const request = http.get({ port: raw.address().port, host: '127.0.0.1', agent: false }, (answer) => {
      answer.on('error', (error) => done(`answer ${error.code}`)).resume();
      answer.on('end', () =>
        done(`${answer.statusCode} ${answer.rawHeaders.length} ${answer.statusMessage.length}`),
      );
    });
    request.on('error', (error) => done(`${error.code} ${error.message}`));
  });
  console.log(name, said);
  raw.close();
}
