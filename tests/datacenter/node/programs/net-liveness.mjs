// biome-ignore-all lint: what a careful writer would not do is run here too
// What keeps a process alive, and what does not: a connection that nobody reads ends with the program. IPv6 on the
// loopback, shared ports, bound sockets, lists of addresses, reading into one's own buffer. Run by
// differential.test.ts.

import { once } from 'node:events';
import net from 'node:net';

const say = (...words) => console.log(...words);
const named = ({ address, family }) => `${address} ${family}`;

const six = net.createServer((socket) => socket.end('six')).listen(0, '::1');
await once(six, 'listening');
const client = net.connect(six.address().port, '::1');
say(named(six.address()), String((await once(client, 'data'))[0]), client.remoteAddress, client.remoteFamily);
const wrongFamily = net.connect(six.address().port, '127.0.0.1');
say((await once(wrongFamily, 'error'))[0].code);
six.close();

const dual = net.createServer((socket) =>
  socket.end(named({ address: socket.remoteAddress, family: socket.remoteFamily })),
);
dual.listen(0, '::');
await once(dual, 'listening');
for (const host of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
  const each = net.connect(dual.address().port, host);
  say(host, String((await once(each, 'data'))[0]), each.remoteAddress);
}
const taken = net.createServer().listen(dual.address().port, '127.0.0.1');
say((await once(taken, 'error'))[0].code);
dual.close();

const only = net.createServer().listen({ port: 0, host: '::', ipv6Only: true });
await once(only, 'listening');
const beside = net.createServer().listen(only.address().port, '127.0.0.1');
await once(beside, 'listening');
say(named(only.address()), named(beside.address()));
const unreachable = net.createServer().listen(0, '2001:db8::1');
say((await once(unreachable, 'error'))[0].code);
only.close();
beside.close();

const shared = [];
for (let i = 0; i < 2; i++) {
  const server = net
    .createServer((socket) => socket.end())
    .listen({ port: shared[0]?.address().port ?? 0, host: '127.0.0.1', reusePort: true });
  await once(server, 'listening');
  shared.push(server);
}
say(shared[0].address().port === shared[1].address().port);
for (const server of shared) server.close();

const list = new net.BlockList();
list.addAddress('1.2.3.4');
list.addRange('10.0.0.1', '10.0.0.9');
list.addSubnet('2001:DB8:0:0::', 32, 'ipv6');
list.addAddress('::ffff:9.9.9.9', 'ipv6');
list.addSubnet('192.168.77.1', 20);
say(list.rules);
say(
  ['1.2.3.4', '10.0.0.9', '10.0.0.10', '9.9.9.9', '192.168.64.1', '192.168.80.1', 'nonsense'].map((text) =>
    list.check(text),
  ),
);
say(['2001:db8:ffff::', '2001:db9::', '::ffff:1.2.3.4', '::1.2.3.4'].map((text) => list.check(text, 'ipv6')));
for (const wrong of [() => list.addAddress('300.1.1.1'), () => list.addRange('2.2.2.2', '1.1.1.1')]) {
  try {
    wrong();
  } catch (error) {
    say(error.code);
  }
}
say(new net.SocketAddress({ address: '0:0:1:0:0:0:0:1', family: 'ipv6', port: 7 }));
const picky = net.createServer({ blockList: list }, () => say('never')).listen(0, '127.0.0.1');
list.addAddress('127.0.0.1');
await once(picky, 'listening');
const blocked = net.connect(picky.address().port, '127.0.0.1').resume();
await once(blocked, 'close');
picky.close();

const source = net.createServer((socket) => socket.end('0123456789'.repeat(3))).listen(0, '127.0.0.1');
await once(source, 'listening');
const buffers = [Buffer.alloc(8), Buffer.alloc(8)];
let turn = 0;
let text = '';
const own = net.connect({
  port: source.address().port,
  host: '127.0.0.1',
  onread: {
    buffer: () => buffers[turn++ % 2],
    callback: (length, buffer) => {
      text += buffer.toString('latin1', 0, length) + '|';
      return true;
    },
  },
});
await once(own, 'close');
say(text, own.bytesRead);
source.close();

// Nobody reads on either side, and the server accepts no more: nothing is left to wait for.
process.on('exit', () => say('ends'));
const last = net.createServer({ pauseOnConnect: true }, () => {
  say('accepted');
  last.close();
});
last.listen(0, '127.0.0.1', () => {
  const paused = net.connect(last.address().port, '127.0.0.1');
  paused.pause();
  paused.on('close', () => say('never'));
});
