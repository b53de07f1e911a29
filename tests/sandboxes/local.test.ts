// The load balancer's files as real Node processes, real ports, real HTTP: the sandbox without the data center.
// Waits for lines and connections; kills only what it started.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ask, type Program, portOf, start } from './processes.ts';

const started: Program[] = [];
const closers: (() => void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await Promise.all(started.splice(0).map((program) => program.end()));
});

function run(path: string, env: Record<string, string>): Program {
  const program = start(`load-balancer/${path}`, env);
  started.push(program);
  return program;
}

/** Apps and a balancer in front of them, all in rotation; health checks every 50 ms. */
async function cluster(names: readonly string[], env: Record<string, string> = {}) {
  const apps = new Map<string, Program>();
  for (const name of names) apps.set(name, run('app.ts', { MACHINE: name, PORT: '0', SERVICE_MS: '1' }));
  const places = await Promise.all(
    [...apps].map(async ([name, app]) => `${name}=127.0.0.1:${await portOf(app)}`),
  );
  return { apps, ...(await balancerFor(places, env)) };
}

async function balancerFor(places: readonly string[], env: Record<string, string> = {}) {
  const rules = { HEALTH_INTERVAL_MS: '50', HEALTH_TIMEOUT_MS: '500', SILENCE_MS: '500', ...env };
  const balancer = run('balancer.ts', { PORT: '0', APPS: places.join(' '), ...rules });
  const port = await portOf(balancer);
  for (const place of places) await balancer.line(new RegExp(`${place.split('=')[0]} is in rotation`));
  return { balancer, port };
}

/** A server that is healthy and treats everything else as `onRequest` says; its place for APPS. */
async function oddApp(
  name: string,
  onRequest: (socket: Socket, url: string, headers: string[]) => void,
): Promise<string> {
  const server = createServer((incoming, response) => {
    if (incoming.url === '/health') response.end('ok');
    else onRequest(incoming.socket, incoming.url ?? '', Object.keys(incoming.headers));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `${name}=127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('load-balancer on real Node', () => {
  test('gives requests to each app in turn', async () => {
    const { port } = await cluster(['app1', 'app2', 'app3']);
    const by: string[] = [];
    for (let id = 1; id <= 6; id++) by.push((await ask(port, `/item?id=${id}`)).by);
    expect([...new Set(by.slice(0, 3))].sort()).toEqual(['app1', 'app2', 'app3']);
    expect(by.slice(3)).toEqual(by.slice(0, 3));
  });

  test('passes method, status, body and headers on, but not those of one connection', async () => {
    const { port } = await cluster(['app1']);
    const order = await ask(port, '/order?id=7', { method: 'POST' });
    expect(order.status).toBe(201);
    expect(JSON.parse(order.body.toString())).toEqual({ ordered: 7, by: 'app1' });
    expect((await ask(port, '/nothing')).status).toBe(404);
    expect((await ask(port, '/item?id=1', { method: 'HEAD' })).status).toBe(404);
  });

  test('does not pass on headers that are about one connection', async () => {
    const names: string[] = [];
    const place = await oddApp('odd', (socket, _url, headers) => {
      names.push(...headers);
      socket.write('HTTP/1.1 204 No Content\r\nconnection: x-hop\r\nx-hop: 1\r\nx-kept: yes\r\n\r\n');
    });
    const { port } = await balancerFor([place]);
    const headers = { connection: 'x-mine', 'x-mine': '1', te: 'trailers', 'x-other': '2' };
    const answer = await ask(port, '/x', { headers });
    expect(answer.headers).toMatchObject({ 'x-kept': 'yes' });
    expect(answer.headers).not.toHaveProperty('x-hop');
    expect(names).toEqual(expect.arrayContaining(['via', 'x-forwarded-for', 'x-other', 'host']));
    expect(names).not.toEqual(expect.arrayContaining(['x-mine']));
    expect(names).not.toEqual(expect.arrayContaining(['te']));
  });

  test('streams 64 MiB both ways without keeping them', async () => {
    const { port, balancer } = await cluster(['app1']);
    const chunk = Buffer.alloc(1 << 20, 'brownout');
    const sent = createHash('sha256');
    const got = createHash('sha256');
    const outgoing = request({ host: '127.0.0.1', port, path: '/echo', method: 'POST' });
    const answered = once(outgoing, 'response');
    for (let i = 0; i < 64; i++) {
      sent.update(chunk);
      const flowing = outgoing.write(chunk);
      // The answer must begin while the request is still being sent: that is what streaming means.
      if (i === 0) (await answered)[0].on('data', (part: Buffer) => got.update(part));
      if (!flowing && outgoing.writableNeedDrain) await once(outgoing, 'drain');
    }
    outgoing.end();
    await once((await answered)[0], 'end');
    expect(got.digest('hex')).toBe(sent.digest('hex'));
    expect(balancer.process.exitCode).toBe(null);
  });

  test('kill -9 of one app: its share is refused until health checks take it out; the others serve on', async () => {
    const { apps, port, balancer } = await cluster(['app1', 'app2', 'app3'], { HEALTH_INTERVAL_MS: '400' });
    await apps.get('app2')?.end('SIGKILL');
    const early = [];
    for (let id = 1; id <= 3; id++) early.push(await ask(port, `/item?id=${id}`));
    const refused = early.filter((answer) => answer.status === 502);
    expect(refused.map((answer) => answer.body.toString())).toEqual([
      '502: app2 did not answer: ECONNREFUSED\n',
    ]);
    expect(refused[0]?.by).toBe('balancer');
    await balancer.line(/app2 is out of rotation after 2 bad checks/);
    const late = [];
    for (let id = 4; id <= 9; id++) late.push(await ask(port, `/item?id=${id}`));
    expect(late.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect([...new Set(late.map((answer) => answer.by))].sort()).toEqual(['app1', 'app3']);
  });

  test('no app in rotation: 503, and the balancer lives', async () => {
    const { apps, port, balancer } = await cluster(['app1']);
    await apps.get('app1')?.end('SIGKILL');
    await balancer.line(/app1 is out of rotation/);
    const answer = await ask(port, '/item?id=1');
    expect([answer.status, answer.body.toString()]).toEqual([503, '503: no app is in rotation\n']);
  });

  test('an app that accepts and never answers: 504 after the silence', async () => {
    const { port } = await balancerFor([await oddApp('mute', () => {})]);
    const answer = await ask(port, '/item?id=1');
    expect([answer.status, answer.body.toString()]).toEqual([504, '504: mute did not answer: ETIMEDOUT\n']);
  });

  test('an answer that breaks midway reaches the client as broken, not as whole', async () => {
    const place = await oddApp('torn', (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf', () => socket.resetAndDestroy());
    });
    const { port, balancer } = await balancerFor([place]);
    await expect(ask(port, '/item?id=1')).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    await expect(ask(port, '/item?id=2')).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    expect(balancer.process.exitCode).toBe(null);
  });

  test('an answer that falls silent midway is cut after the silence', async () => {
    const place = await oddApp('dumb', (socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'),
    );
    const { port } = await balancerFor([place]);
    await expect(ask(port, '/item?id=1')).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  test('a client that leaves takes its request to the app with it', async () => {
    const left = new Promise<void>((tell) => {
      void oddApp('slow', (socket) => socket.on('close', () => tell())).then(async (place) => {
        const { port } = await balancerFor([place], { SILENCE_MS: '30000' });
        const outgoing = request({ host: '127.0.0.1', port, path: '/item?id=1' });
        outgoing.on('error', () => {});
        outgoing.end();
        await once(outgoing, 'socket');
        outgoing.socket?.once('connect', () => outgoing.socket?.write('', () => outgoing.destroy()));
      });
    });
    await left;
  });

  test('uses connections to the apps again', async () => {
    let connections = 0;
    const server = createServer((_, response) => response.end('ok'));
    server.on('connection', () => connections++);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    const place = `one=127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { port } = await balancerFor([place], { HEALTH_INTERVAL_MS: '60000' });
    const before = connections;
    for (let id = 0; id < 20; id++) await ask(port, `/item?id=${id}`);
    expect(connections - before).toBe(1);
  });

  test('garbage instead of an answer is a 502', async () => {
    let asked = 0;
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () =>
        socket.end(asked++ === 0 ? 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n' : 'garbage\r\n\r\n'),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    const place = `odd=127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { port } = await balancerFor([place], { HEALTH_INTERVAL_MS: '60000' });
    expect((await ask(port, '/item?id=1')).status).toBe(502);
  });

  test('SIGTERM lets the request in hand finish', async () => {
    const app = run('app.ts', { MACHINE: 'app1', PORT: '0', SERVICE_MS: '1' });
    const outgoing = request({ host: '127.0.0.1', port: await portOf(app), path: '/echo', method: 'POST' });
    outgoing.write('first ');
    const [answer] = await once(outgoing, 'response');
    app.process.kill('SIGTERM');
    outgoing.end('second');
    let text = '';
    for await (const part of answer) text += part;
    expect(text).toBe('first second');
    await once(app.process, 'close');
    expect(app.process.exitCode).toBe(0);
  });

  test('wrong settings end the balancer with what to correct', async () => {
    const odd = run('balancer.ts', { PORT: '0', PICK: 'best' });
    await odd.line(
      /PICK: expected one of round-robin, least-connections, two-choices, weighted, peak-ewma, found 'best': correct PICK/,
    );
    const broken = run('balancer.ts', { PORT: '0', APPS: 'app1' });
    await broken.line(/APPS: expected name=host:port, found 'app1': correct APPS/);
  });

  test('clients send on a clock and print what became of it', async () => {
    const { port } = await cluster(['app1', 'app2']);
    const clients = run('clients.ts', { TARGET: `127.0.0.1:${port}`, RATE: '40', SEED: '7' });
    const [, answered] = await clients.line(/^answered (\d+), lost 0, median \d+ ms/);
    expect(Number(answered)).toBeGreaterThan(10);
  });
});
