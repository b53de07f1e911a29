// Datagrams on one machine: sizes, senders, limits, connected sockets, and every refusal.
// Run by differential.test.ts.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { BoundSocket } from 'node:net';

const bound = async (options = 'udp4', address = '127.0.0.1') => {
  const socket = createSocket(options);
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
};
const shown = (error) =>
  console.log(error.code, error.syscall, error.message.replaceAll(/:\d{4,5}/g, ':PORT'), Object.keys(error));
const heard = async (socket) => {
  const [bytes, from] = await once(socket, 'message');
  return [bytes.toString(), from.address, from.family, from.size, Buffer.isBuffer(bytes)];
};
const attempt = (what) => {
  try {
    console.log(what());
  } catch (error) {
    shown(error);
  }
};

const server = await bound();
const { address, family, port } = server.address();
console.log(address, family, port > 1024);

const client = createSocket('udp4');
attempt(() => client.address());
attempt(() => client.getRecvBufferSize());
attempt(() => client.setTTL(5));
client.send('hello', port, '127.0.0.1', (error, bytes) => console.log('sent', error, bytes));
console.log(await heard(server));
client.send([Buffer.from('a'), 'b', new Uint8Array([99])], port);
console.log(await heard(server));
client.send(Buffer.from('0123456789'), 2, 3, port, 'localhost');
console.log(await heard(server));
client.send('', port);
console.log(await heard(server));
const big = Buffer.alloc(65_507, 'x');
client.send(big, port, '127.0.0.1', (error, bytes) => console.log(error, bytes));
console.log((await heard(server))[3]);
await new Promise((resolve) => {
  client.send(Buffer.alloc(65_508), port, '127.0.0.1', (error) => resolve(shown(error)));
});

console.log(client.address().address, client.getRecvBufferSize(), client.getSendQueueCount());
attempt(() => client.setTTL(16));
attempt(() => client.setTTL(0));
attempt(() => client.setTTL('16'));
attempt(() => client.setRecvBufferSize(10_000) ?? client.getRecvBufferSize());
attempt(() => client.setSendBufferSize(-1));
attempt(() => client.remoteAddress());
attempt(() => client.send('x'));
attempt(() => client.send('x', 0));
attempt(() => client.bind(1));

const second = createSocket('udp4');
second.bind(port, '127.0.0.1');
const [taken] = await once(second, 'error');
shown(taken);
second.close();
attempt(() => second.send('x', port));

const third = createSocket('udp4');
third.bind(0, '192.0.2.1');
const [foreign] = await once(third, 'error');
shown(foreign);
third.close();

client.connect(port, '127.0.0.1');
await once(client, 'connect');
console.log(client.remoteAddress().address, client.remoteAddress().port === port);
client.send('connected', (error, bytes) => console.log(error, bytes));
console.log(await heard(server));
attempt(() => client.send('x', port));
attempt(() => client.connect(port));
client.disconnect();
attempt(() => client.disconnect());

const shared = [await bound({ type: 'udp4', reuseAddr: true })];
const other = createSocket({ type: 'udp4', reuseAddr: true });
other.bind(shared[0].address().port, '127.0.0.1');
await once(other, 'listening');
console.log(other.address().port === shared[0].address().port);
shared[0].close();
other.close();

server.close(() => console.log('server closed'));
await once(server, 'close');

// Nobody holds the port any more: only a connected socket hears of it.
client.send('into the void', port, '127.0.0.1', (error) => console.log('void', error));
client.connect(port, '127.0.0.1');
await once(client, 'connect');
client.send('refused');
const [refused] = await once(client, 'error');
shown(refused);
client.close();

const waits = await bound({ type: 'udp4', signal: AbortSignal.timeout(20) });
await once(waits, 'close');
const idle = await bound();
idle.unref();
const named = createSocket('udp4');
named.send('x', 9, 'no.such.host.invalid', (error) => {
  console.log(error.code, error.syscall, error.hostname);
  named.close();
});
console.log('end');

{
  const socket = createSocket('udp4');
  await new Promise((resolve) => socket.bind(resolve));
  socket.send(['one', 'two'], socket.address().port, '127.0.0.1');
  console.log(typeof socket.address().port, String((await once(socket, 'message'))[0]));
  socket.close();
}

{
  const socket = await bound();
  for (const name of ['0.0.0.0', '127.0.0.1', '224.0.0.2', '192.0.2.1', '::', 'undefined', '', 1])
    attempt(() => socket.setMulticastInterface(name));
  socket.close();
  const reserved = new BoundSocket({ host: '127.0.0.1', port: 0 });
  console.log(reserved.fd() > 2, typeof reserved.address().port);
  for (const fd of [reserved.fd(), 9999]) attempt(() => createSocket('udp4').bind({ fd }));
  reserved.close();
}
