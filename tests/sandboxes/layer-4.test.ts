// Layer 4 beside layer 7: bytes pass unchanged, ends and breaks as well, as real processes; wrong settings are refused;
// and the same transcript in the data center and on real Node. What the two do to requests is in scenarios.test.ts.
import { once } from 'node:events';
import { Agent } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { appsFrom, inTurn } from '../../sandboxes/layer-4/apps.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { asker, bothTranscripts } from './parity.ts';
import { ask, type Program, portOf, start } from './processes.ts';
import { textsBelow } from './read.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function run(path: string, env: Record<string, string>): Program {
  const program = start(`layer-4/${path}`, { PORT: '0', ...env });
  closers.push(() => program.end());
  return program;
}

/** A balancer of layer 4 before a server that does what `onSocket` says; where to connect to. */
async function inFrontOf(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, onSocket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return portOf(run('l4.ts', { APPS: `echo=127.0.0.1:${port}`, INTERVAL_MS: '60000' }));
}

/** Sends all of it, ends, and gives what comes back until the end. */
async function exchanged(port: number, parts: readonly Uint8Array[]): Promise<Buffer> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  for (const part of parts) socket.write(part);
  socket.end();
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('layer 4 on real Node', () => {
  test('passes every byte both ways, and the end of one way leaves the other open', async () => {
    const port = await inFrontOf((socket) => {
      socket.on('error', () => {});
      socket.pipe(socket); // Its end comes after the client's, and after all that was sent.
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 5 }), async (parts) => {
        expect((await exchanged(port, parts)).equals(Buffer.concat(parts))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('passes a break on as a break, and lives on', async () => {
    const port = await inFrontOf((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.resetAndDestroy());
    });
    for (let tries = 0; tries < 3; tries++) {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.write('hello');
      const [error] = await once(socket, 'error');
      expect(error).toMatchObject({ code: 'ECONNRESET' });
    }
  });

  test('one kept connection is one app’s; connections of their own take turns', async () => {
    const names = ['app1', 'app2', 'app3'];
    const places = await Promise.all(
      names.map(async (name) => `${name}=127.0.0.1:${await portOf(run('app.ts', { MACHINE: name }))}`),
    );
    const port = await portOf(run('l4.ts', { APPS: places.join(' '), INTERVAL_MS: '60000' }));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const kept: string[] = [];
    for (let id = 1; id <= 4; id++) kept.push((await ask(port, `/item?id=${id}`, { agent })).by);
    agent.destroy();
    expect(new Set(kept)).toEqual(new Set(['app1']));
    const fresh: string[] = [];
    for (let id = 5; id <= 7; id++) fresh.push((await ask(port, `/item?id=${id}`)).by);
    expect(fresh).toEqual(['app2', 'app3', 'app1']);
  });
});

test('places are read or refused, and only apps that are up take turns', () => {
  expect(() => appsFrom('app1')).toThrow("APPS: expected name=host:port, found 'app1': correct APPS");
  const apps = appsFrom('a=x:1 b=x:2 c=x:3');
  const next = inTurn(apps);
  expect([next(), next(), next(), next()].map((app) => app?.name)).toEqual(['a', 'b', 'c', 'a']);
  for (const app of apps) app.up = app.name === 'b';
  expect([next()?.name, next()?.name]).toEqual(['b', 'b']);
  for (const app of apps) app.up = false;
  expect(next()).toBe(undefined);
});

/** What a reader would do, waiting for what it leads to. */
async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  const say = async (times: number): Promise<void> => {
    for (; times > 0; times--) {
      await cluster.act({ do: 'input', machine: 'asker', text: `GET /item?id=${transcript.length}\n` });
      transcript.push(JSON.stringify(await cluster.said()));
    }
  };
  // All start at the same time, so that their lines come in any order.
  for (const machine of ['app1', 'app2', 'app3', 'l4'])
    await cluster.any(
      (event) => (event.kind === 'log' && event.machine === machine ? event : undefined),
      `${machine} to say that it is there`,
    );
  await say(4);
  await cluster.act({ do: 'kill', machine: 'app3' });
  transcript.push((await cluster.log('l4', /app3 is out of rotation/)).trim());
  await say(3);
  await cluster.act({ do: 'restart', machine: 'app3' });
  transcript.push((await cluster.log('l4', /app3 is in rotation/)).trim());
  await say(3);
  return transcript;
}

test('layer 4: the same transcript in the data center and on real Node', async () => {
  const sandbox = loadSandbox('layer-4', { ...textsBelow('.'), 'layer-4/asker.mjs': asker });
  const spec = runSpec(sandbox, { seed: 4711, env: { l4: { INTERVAL_MS: '300' } } });
  const machines = [
    ...spec.cluster.machines.filter(({ name }) => name !== 'clients' && name !== 'l7'),
    { name: 'asker', program: 'asker.mjs', stdin: 'open', env: { TARGET: `\${l4:80}` } } as const,
  ];
  const { simulated, real } = await bothTranscripts(
    { ...spec, cluster: { ...spec.cluster, machines } },
    play,
  );
  expect(simulated).toHaveLength(12);
  expect(real).toEqual(simulated);
}, 60_000);
