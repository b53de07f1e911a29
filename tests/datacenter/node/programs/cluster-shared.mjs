// Workers that share one port: datagrams and, without the primary in between, connections. Each worker gets some,
// and the port closes with the last of them.
import cluster from 'node:cluster';
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';

const WORKERS = 2;
cluster.schedulingPolicy = cluster.SCHED_NONE;
if (cluster.isPrimary) await primary();
else worker();

async function primary() {
  const workers = Array.from({ length: WORKERS }, () => cluster.fork());
  const ports = await Promise.all(workers.map(async (each) => (await once(each, 'message'))[0]));
  console.log(ports.every((each) => each.udp === ports[0].udp && each.tcp === ports[0].tcp));
  const had = new Set();
  for (const each of workers) each.on('message', () => had.add(each));
  const socket = dgram.createSocket('udp4');
  while (had.size === 0) {
    socket.send('x', ports[0].udp, '127.0.0.1');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  socket.close();
  const answer = await once(net.connect(ports[0].tcp, '127.0.0.1'), 'data');
  console.log(String(answer));
  for (const each of workers) each.kill();
  await Promise.all(workers.map((each) => once(each, 'exit')));
  const [error] = await once(net.connect(ports[0].tcp, '127.0.0.1'), 'error');
  console.log(error.code);
}

function worker() {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1', () => {
    const server = net
      .createServer((connection) => connection.end('from a worker'))
      .listen(0, '127.0.0.1', () => {
        process.send({ udp: socket.address().port, tcp: server.address().port });
      });
  });
  socket.on('message', () => process.send('got one'));
}
