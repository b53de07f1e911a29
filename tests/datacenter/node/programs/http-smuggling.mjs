// biome-ignore-all lint: what a careful writer would not do is run here too
// Requests and answers of which two programs could think differently: lengths twice, both lengths and chunks, folded
// and bare lines, odd chunk sizes, giant heads; then random ones made of such pieces. Strict and lenient parsers.
// Left out: a tab after a Content-Length, which Node's own llhttp allows and the one in its WebAssembly, ours, does
// not. Run by differential.test.ts.

import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

const say = (...words) => console.log(...words);
const GET = 'GET / HTTP/1.1\r\nHost: a\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: a\r\n';
const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const SECOND = 'GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

const requests = [
  `${POST}Content-Length: 5\r\n${CHUNKED}\r\n0\r\n\r\n${SECOND}`,
  `${POST}${CHUNKED}Content-Length: 5\r\n\r\n0\r\n\r\n${SECOND}`,
  `${POST}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`,
  `${POST}Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde`,
  ...['+3', '-3', '0x3', '3 3', '3,3', '', ' 3 ', '99999999999999999999', '3.0', '٣'].map(
    (length) => `${POST}Content-Length: ${length}\r\n\r\nabc${SECOND}`,
  ),
  ...[
    'chunked, identity',
    'identity, chunked',
    'xchunked',
    'chunked, chunked',
    'CHUNKED',
    'chunked;q=1',
    '"chunked"',
    'gzip',
    '\tchunked',
    'chunked ',
  ].map((coding) => `${POST}Transfer-Encoding: ${coding}\r\n\r\n3\r\nabc\r\n0\r\n\r\n${SECOND}`),
  `${POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
  `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${SECOND}`,
  `POST / HTTP/1.0\r\nHost: a\r\n${CHUNKED}\r\n0\r\n\r\n${SECOND}`,
  ...[
    '3 ',
    ' 3',
    '3;a=b',
    '3;a="b c"',
    '3 ;a',
    '0x3',
    '3\n',
    '-3',
    '',
    'g',
    '3;a\nb',
    '00000003',
    'fffffffffffffffff',
    '3,3',
    '3;;',
    '3;a="',
    '3\r',
  ].map((size) => `${POST}${CHUNKED}\r\n${size}\r\nabc\r\n0\r\n\r\n${SECOND}`),
  `${POST}${CHUNKED}\r\n3\r\nabcd\r\n0\r\n\r\n`,
  `${POST}${CHUNKED}\r\n3\r\nabc\n0\r\n\r\n`,
  `${POST}${CHUNKED}\r\n3\nabc\r\n0\r\n\r\n`,
  `${POST}${CHUNKED}\r\n0\r\nTrailer: x\r\nContent-Length: 5\r\n\r\n${SECOND}`,
  `${POST}${CHUNKED}\r\n0\r\nbad trailer\r\n\r\n`,
  `${GET}Folded: one\r\n two\r\n\tthree\r\n\r\n${SECOND}`,
  `GET / HTTP/1.1\r\n Host: a\r\n\r\n`,
  `GET / HTTP/1.1\nHost: a\n\n${SECOND}`,
  `${GET}Bare: a\nSmuggled: b\r\n\r\n${SECOND}`,
  `${GET}Bare: a\rSmuggled: b\r\n\r\n${SECOND}`,
  `${GET}\n${SECOND}`,
  `${GET}Null: a\0b\r\n\r\n`,
  `${GET}Name\0: a\r\n\r\n`,
  `${GET}: nameless\r\n\r\n`,
  `${GET}no colon\r\n\r\n`,
  `${GET}(paren): a\r\n\r\n`,
  `${GET}Ünicode: a\r\n\r\n`,
  `${GET}High: \xff\xfe\r\nTab:\ta\t\r\nEmpty:\r\n\r\n${SECOND}`,
  `${GET}Del: a\x7fb\r\n\r\n`,
  `GET  / HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET /  HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / http/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.2\r\nHost: a\r\n\r\n`,
  `GET / HTTP/2.0\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.10\r\nHost: a\r\n\r\n`,
  `GET / HTTP/11\r\nHost: a\r\n\r\n`,
  `GET /\r\n\r\n`,
  `get / HTTP/1.1\r\nHost: a\r\n\r\n`,
  `BREW / HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET /a b HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET /\xe9 HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET /#frag HTTP/1.1\r\nHost: a\r\n\r\n${SECOND}`,
  `GET http://x/y?z HTTP/1.1\r\nHost: a\r\n\r\n${SECOND}`,
  `GET * HTTP/1.1\r\nHost: a\r\n\r\n`,
  `OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n${SECOND}`,
  `CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n`,
  `\r\n\r\n${SECOND}`,
  `  ${SECOND}`,
  `GET / HTTP/1.1\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${SECOND}`,
  `${GET}Connection: close\r\n\r\n${SECOND}`,
  `${GET}Content-Length: 3\r\n\r\nabc${SECOND}`,
  `${GET}Big: ${'x'.repeat(20_000)}\r\n\r\n`,
  `${GET}${'y'.repeat(20_000)}: 1\r\n\r\n`,
  `GET /${'z'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `${GET}${Array.from({ length: 1200 }, (_, i) => `h${i}: v\r\n`).join('')}\r\n`,
  `${POST}${CHUNKED}\r\n3;${'e'.repeat(17_000)}\r\nabc\r\n0\r\n\r\n`,
  `${POST}${CHUNKED}\r\n0\r\n${'t'.repeat(17_000)}: 1\r\n\r\n`,
];

const answers = [
  'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
  'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nextra',
  'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 20 OK\r\n\r\n',
  'HTTP/1.1 2000 OK\r\n\r\n',
  'HTTP/1.1 abc\r\n\r\n',
  'HTTP/1.1  200 OK\r\n\r\n',
  'HTTP/1.1 200 OK\nContent-Length: 0\n\n',
  'HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 O\0K\r\n\r\n',
  'HTTP/1.1 204 None\r\nContent-Length: 3\r\n\r\nabc',
  'HTTP/1.1 304 Same\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 103 Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 101 Switch\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc',
  'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\nT: x\r\n\r\n',
  'HTTP/1.0 200 OK\r\n\r\nuntil the end',
  'HTTP/0.9 200 OK\r\n\r\n',
  'ICY 200 OK\r\n\r\n',
  'nonsense\r\n\r\n',
  '',
  `HTTP/1.1 200 OK\r\nBig: ${'x'.repeat(20_000)}\r\n\r\n`,
];

const pieces = [
  'GET / HTTP/1.1',
  'POST /p HTTP/1.1',
  'HTTP/1.1',
  'Host: a',
  'Content-Length: 3',
  'Content-Length: 0',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip',
  'Connection: close',
  'Connection: keep-alive',
  'Expect: 100-continue',
  'Upgrade: x',
  '\r\n',
  '\r\n',
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  ' ',
  ':',
  ';',
  '0',
  '3',
  'abc',
  '3\r\nabc\r\n',
  '0\r\n\r\n',
  'A',
  '\0',
  '\x7f',
  'é',
];
let state = 4711;
const random = (below) => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 8) % below;
};
const anyRequest = () =>
  `${random(3) === 0 ? '' : random(2) === 0 ? `${GET.slice(0, -2)}` : POST.slice(0, -2)}${Array.from({ length: 3 + random(12) }, () => pieces[random(pieces.length)]).join('')}`;

// How a long packet is cut is the network's affair.
const placeOf = ({ bytesParsed }) => (bytesParsed > 1400 ? 'far' : bytesParsed);

const ask = async (server, bytes) => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk) => (text += chunk));
  socket.on('error', () => {});
  socket.end(bytes, 'latin1');
  await once(socket, 'close');
  return text.replaceAll(/(Date|Keep-Alive|Connection): [^\r]*\r\n/g, '').replaceAll('\r\n', '|');
};

for (const insecureHTTPParser of [false, true]) {
  let heard = [];
  const server = http.createServer({ insecureHTTPParser }, (request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (chunk) => (body += chunk));
    request.on('error', (error) => heard.push(`aborted ${error.code}`));
    request.on('end', () => {
      heard.push(
        `${request.method} ${request.url.slice(0, 20)} ${JSON.stringify(body)} ${JSON.stringify(request.rawHeaders.slice(2)).slice(0, 120)} ${JSON.stringify(request.rawTrailers)}`,
      );
      response.end('ok');
    });
  });
  server.on('clientError', (error, socket) => {
    heard.push(`clientError ${error.code} ${error.message} ${error.reason} ${placeOf(error)}`);
    socket.destroySoon?.();
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const all = [...requests, ...Array.from({ length: 150 }, anyRequest)];
  for (const [at, bytes] of all.entries()) {
    heard = [];
    const text = await ask(server, bytes);
    say(at, insecureHTTPParser, JSON.stringify(bytes.slice(0, 60)), heard.join(' / '), text.slice(0, 200));
  }
  server.close();

  let answer = '';
  const liar = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  liar.listen(0, '127.0.0.1');
  await once(liar, 'listening');
  for (const [at, bytes] of answers.entries()) {
    answer = bytes;
    const heardOfIt = [];
    await new Promise((resolve) => {
      const request = http.get({
        port: liar.address().port,
        host: '127.0.0.1',
        insecureHTTPParser,
        agent: false,
      });
      request.on('information', ({ statusCode }) => heardOfIt.push(`information ${statusCode}`));
      request.on('error', (error) => heardOfIt.push(`${error.code} ${error.message} ${placeOf(error)}`));
      request.on('response', (response) => {
        heardOfIt.push(
          `${response.statusCode} ${response.statusMessage} ${JSON.stringify(response.headers).slice(0, 100)}`,
        );
        let body = '';
        response.on('data', (chunk) => (body += chunk));
        response.on('error', (error) => heardOfIt.push(`response ${error.code} ${error.message}`));
        response.on('close', () =>
          heardOfIt.push(
            `${JSON.stringify(body)} ${response.complete} ${JSON.stringify(response.rawTrailers)}`,
          ),
        );
      });
      request.on('close', () => setImmediate(resolve));
    });
    say('answer', at, insecureHTTPParser, JSON.stringify(bytes.slice(0, 40)), heardOfIt.join(' / '));
  }
  liar.close();
}
