// biome-ignore-all lint: what a careful writer would not do is run here too
// Backpressure: a slow reader, pause and resume, drain, big writes in order, cork, and destroy in between.
// Run by differential.test.ts.

import { once } from 'node:events';
import net from 'node:net';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const say = (...words) => console.log(...words);
const MANY = 3_000_000;
const sum = (bytes, start) => {
  let total = start;
  for (let i = 0; i < bytes.length; i++) total = (total * 31 + bytes[i]) % 1_000_003;
  return total;
};
let hash = 7;
let received = 0;
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('data', (chunk) => {
    received += chunk.length;
    hash = sum(chunk, hash);
    socket.pause();
    setTimeout(() => socket.resume(), 1);
  });
  socket.on('end', () => socket.end(`${received} ${hash}`));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const socket = net.connect(server.address().port, '127.0.0.1');
const block = Buffer.alloc(100_000).map((_, i) => i % 251);
let drains = 0;
let refusals = 0;
for (let sent = 0; sent < MANY; sent += block.length) {
  if (!socket.write(block)) {
    refusals++;
    await once(socket, 'drain');
    drains++;
  }
}
say(refusals === drains, refusals > 0);
socket.end();
const [answer] = await once(socket, 'data');
say(String(answer), socket.bytesWritten);
let expected = 7;
for (let i = 0; i < MANY / block.length; i++) expected = sum(block, expected);
say(expected === hash);
await once(socket, 'close');
server.close();
await once(server, 'close');

const lazy = net.createServer((peer) => peer.pause());
lazy.listen(0, '127.0.0.1');
await once(lazy, 'listening');
const pusher = net.connect(lazy.address().port, '127.0.0.1');
const [peer] = await once(lazy, 'connection');
let written = 0;
pusher.write(Buffer.alloc(20_000_000), () => {
  written = 1;
});
await new Promise((resolve) => setTimeout(resolve, 50));
say('a paused reader holds the writer back', written, pusher.writableLength > 0, pusher.writableNeedDrain);
let total = 0;
peer.on('data', (chunk) => {
  total += chunk.length;
  if (total === 20_000_000) peer.end('thanks');
});
peer.resume();
say(String((await once(pusher, 'data'))[0]), written);
pusher.end();
await once(pusher, 'close');
pusher.destroy();
const collected = [];
lazy.once('connection', async (one) => {
  await pipeline(
    one,
    new Writable({ write: (chunk, _e, done) => (collected.push(chunk), setTimeout(done, 1)) }),
  );
  say(Buffer.concat(collected).toString());
  lazy.close();
});
const client = net.connect(lazy.address().port, '127.0.0.1');
client.cork();
client.write('a');
client.write('b', 'latin1');
client.uncork();
await pipeline(Readable.from(['c', 'd', 'ž']), client);
await once(lazy, 'close');
