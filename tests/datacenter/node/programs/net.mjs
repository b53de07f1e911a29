// Sockets: echo, half-close both ways, errors with their texts, order of end and close, address(), writes after end.
// Run by differential.test.ts.

import { once } from 'node:events';
import net from 'node:net';

const say = (...words) => console.log(...words);
const listen = async (server, ...where) => {
  server.listen(...where);
  await once(server, 'listening');
  return server.address().port;
};
const log = (name, socket) => {
  for (const event of ['connect', 'ready', 'end', 'finish', 'close', 'timeout', 'drain'])
    socket.on(event, (...given) => say(name, event, ...given));
  socket.on('error', (error) => say(name, 'error', error.code, error.syscall));
};

{
  const server = net.createServer((socket) => {
    log('server', socket);
    socket.pipe(socket);
  });
  const port = await listen(server, 0, '127.0.0.1');
  say(server.address().family, server.address().address, server.listening, typeof port);
  const socket = net.connect(port, '127.0.0.1');
  say(socket.connecting, socket.readyState, socket.pending);
  log('client', socket);
  socket.setEncoding('utf8');
  await once(socket, 'connect');
  say(
    socket.remoteAddress,
    socket.remoteFamily,
    socket.remotePort === port,
    socket.localAddress,
    socket.readyState,
  );
  socket.write('héllo ');
  socket.write(Buffer.from('wörld'));
  socket.write('6162', 'hex');
  socket.end('!', () => say('end callback'));
  let text = '';
  for await (const chunk of socket) text += chunk;
  say(text, socket.bytesRead, socket.bytesWritten, socket.readyState, socket.destroyed);
  server.close(() => say('server closed'));
  await once(server, 'close');
}
{
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('end', () => {
      say('half-open server got end', socket.writable, socket.readyState);
      setTimeout(() => socket.end('after the end'), 5);
    });
    socket.resume();
  });
  const port = await listen(server, 0, '127.0.0.1');
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end('bye');
  await once(socket, 'finish');
  say(socket.readyState);
  for await (const chunk of socket) say(String(chunk));
  server.close();
  await once(server, 'close');
  try {
    server.close((error) => say(error.code, error.message));
  } catch (error) {
    say(error.code);
  }
}
{
  const socket = net.connect(1, '127.0.0.1');
  const [error] = await once(socket, 'error').catch((e) => [e]);
  say(error.message, error.code, error.errno, error.syscall, error.address, error.port, Object.keys(error));
  say(await once(socket, 'close').catch(() => 'closed'), socket.destroyed);
  const named = net.connect(1, 'no-such-host.invalid');
  const [missing] = await once(named, 'error').catch((e) => [e]);
  say(missing.code, missing.syscall, missing.hostname, missing.message);
}
{
  const server = net.createServer();
  const port = await listen(server, 0, '127.0.0.1');
  const second = net.createServer();
  let closedWith;
  second.listen(port, '127.0.0.1');
  const [error] = await once(second, 'error').catch((e) => [e]);
  say(
    error.code,
    error.syscall,
    error.address,
    error.port === port,
    error.message.replace(String(port), 'PORT'),
  );
  server.on('connection', (socket) => {
    socket.on('error', (e) => say('server side', e.code, e.message));
    socket.on('close', (hadError) => (closedWith = hadError));
    setTimeout(() => socket.resetAndDestroy(), 2);
  });
  const socket = net.connect(port, '127.0.0.1');
  socket.resume();
  const [reset] = await once(socket, 'error').catch((e) => [e]);
  await new Promise((resolve) => setTimeout(resolve, 10));
  say('client side', reset.code, 'server side', closedWith);
  server.close();
  await once(server, 'close');
}
{
  const server = net.createServer((socket) => socket.on('error', () => {}).end('x'));
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  const socket = net.createConnection({ port, host: '127.0.0.1' });
  socket.on('error', (error) => say('write after end', error.code, error.message));
  socket.resume();
  await once(socket, 'connect');
  socket.end();
  socket.write('late', (error) => say('callback', error.code));
  if (!socket.closed) await new Promise((resolve) => socket.on('close', resolve));
  socket.write('later', (error) => say('callback', error.code, error.message));
  server.close();
  await once(server, 'close');
}
{
  const server = net.createServer();
  server.maxConnections = 1;
  server.on('drop', (data) => say('dropped', data.remoteAddress));
  const port = await listen(server, 0, '127.0.0.1');
  const first = net.connect(port, '127.0.0.1');
  await once(server, 'connection');
  const second = net.connect(port, '127.0.0.1');
  second.on('error', () => {});
  second.resume();
  await once(second, 'close');
  server.getConnections((error, count) => say('connections', error, count));
  await new Promise((resolve) => setTimeout(resolve, 5));
  first.setTimeout(10, () => {
    say('idle', first.timeout);
    first.destroy();
  });
  await once(first, 'close');
  server.close();
}
{
  // On one machine the server hears first of a connection, then the client.
  const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  const server = net.createServer((socket) => {
    say('accepted', sockets());
    socket.end();
  });
  const port = await listen(server, 0, '127.0.0.1');
  const client = net.connect(port, '127.0.0.1', () => say('connected', sockets()));
  await once(client.resume(), 'close');
  server.close();
}
for (const bad of [
  () => net.connect(70_000),
  () => net.connect({}),
  () => net.createServer().listen({ port: -1 }),
]) {
  try {
    bad();
    say('no error');
  } catch (error) {
    say(error.name, error.code, error.message.split('\n')[0]);
  }
}
say(
  net.isIP('1.2.3.4'),
  net.isIP('::1'),
  net.isIP('x'),
  net.isIPv4('1.2.3'),
  new net.BlockList().rules.length,
  net.getDefaultAutoSelectFamily(),
);
const unreferenced = net.createServer().listen(0, '127.0.0.1');
unreferenced.unref();
