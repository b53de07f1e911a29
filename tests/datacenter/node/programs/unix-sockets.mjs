// biome-ignore-all lint: what a careful writer would not do is run here too
// Unix sockets: files that come and go, addresses, what refuses and how, data both ways, http, abstract names.
// Run by differential.test.ts.

import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unix-'));
const shown = (value) => (typeof value === 'string' ? value.replaceAll(folder, 'FOLDER') : value);
const say = (...words) => console.log(...words.map(shown));
const failed = ({ code, syscall, address, port, message }) => say(code, syscall, address, port, message);
const at = (name) => path.join(folder, name);
const failure = (emitter) => once(emitter, 'error').then(([error]) => failed(error));

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  socket.on('end', () => socket.end(text.toUpperCase()));
});
server.listen(at('one'));
await once(server, 'listening');
say(
  server.address(),
  fs.statSync(at('one')).isSocket(),
  fs.readdirSync(folder, { withFileTypes: true })[0].isSocket(),
);
try {
  fs.readFileSync(at('one'));
} catch (error) {
  say(error.code);
}

const socket = net.connect(at('one'));
await once(socket, 'connect');
say(socket.remoteAddress, socket.remotePort, socket.localAddress, JSON.stringify(socket.address()));
socket.end('hello');
socket.setEncoding('utf8');
const [reply] = await once(socket, 'data');
say(reply);
await once(socket, 'close');

const second = net.createServer();
second.listen(at('one'));
await failure(second);
fs.writeFileSync(at('file'), 'no socket');
for (const name of ['file', 'nothing', 'file/below', 'nowhere/below']) await failure(net.connect(at(name)));
const lost = net.createServer().listen(at('nowhere/below'));
await failure(lost);
await failure(net.connect({ path: at('x'.repeat(200)) }));

server.close();
await once(server, 'close');
say(fs.existsSync(at('one')));

const web = http.createServer((request, response) =>
  response.end(`${request.method} ${request.url} ${request.headers.host}`),
);
web.listen({ path: at('web'), readableAll: true, writableAll: true });
await once(web, 'listening');
say((fs.statSync(at('web')).mode & 0o777).toString(8));
const request = http.get({ socketPath: at('web'), path: '/hello', host: 'example' });
const [response] = await once(request, 'response');
say(
  response.statusCode,
  await response
    .setEncoding('utf8')
    .toArray()
    .then((parts) => parts.join('')),
);
web.close();
await once(web, 'close');

// A file that was renamed still leads to its server; one that nobody listens on any more refuses.
const moved = net.createServer((peer) => peer.end('moved')).listen(at('old'));
await once(moved, 'listening');
fs.renameSync(at('old'), at('new'));
const found = net.connect(at('new'));
say(String((await once(found, 'data'))[0]));
await once(found, 'close');
moved.close();
await once(moved, 'close');
say(fs.existsSync(at('new')));
await failure(net.connect(at('new')));

// Data that is thrown away unread resets the peer.
const rude = net.createServer((peer) => setTimeout(() => peer.destroy(), 50)).listen(at('rude'));
rude.on('connection', (peer) => peer.pause());
await once(rude, 'listening');
const shocked = net.connect(at('rude'));
shocked.write('unread'.repeat(100_000));
await failure(shocked);
rude.close();

const big = net.createServer((peer) => peer.pipe(peer)).listen('\0brownout-' + process.pid);
await once(big, 'listening');
const abstract = net.connect('\0brownout-' + process.pid);
let received = 0;
abstract.on('data', (chunk) => {
  received += chunk.length;
  if (received === 2_000_000) abstract.end();
});
abstract.write(Buffer.alloc(2_000_000));
await once(abstract, 'close');
say(received);
big.close();
fs.rmSync(folder, { recursive: true });
