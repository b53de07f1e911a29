// ten-servers as real Node processes and in the data center: the servers' answers to datagrams, and which of three servers
// the clients choose for every request of one seed. The same transcript in both. Waits for lines and datagrams, never
// for time. A relay before the servers writes down what passes; before silent ports nothing but the choice itself counts.
import { expect, test } from 'vitest';
import { chosenBy } from '../../sandboxes/ten-servers/readings/homes.ts';
import type { MachineSpec, TraceEvent } from '../../src/datacenter/contract.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { bothTranscripts } from './parity.ts';
import { textsBelow } from './read.ts';

/** Publishes, after so many requests, what went to each port; passes them on to TARGETS, where there are any. */
const relay = `
import { createSocket } from 'node:dgram';
import { channel } from 'node:diagnostics_channel';
const targets = (process.env.TARGETS ?? '').split(' ').filter(Boolean);
const seen = [[], [], []];
let left = Number(process.env.REQUESTS);
for (const [index, name] of ['ONE', 'TWO', 'THREE'].entries()) {
  let client;
  const [host, port] = (targets[index] ?? '').split(':');
  const socket = createSocket('udp4', (bytes, from) => {
    if (client && from.port !== client.port) return socket.send(bytes, client.port, client.address);
    client = from;
    seen[index].push(Number(bytes));
    if (host) socket.send(bytes, Number(port), host);
    if (--left === 0) channel('brownout:said').publish({ seen });
  });
  socket.bind(Number(process.env[name]), () => console.log('listens'));
}
`;

/** A datagram a line; publishes the answer. */
const asker = `
import { createSocket } from 'node:dgram';
import { channel } from 'node:diagnostics_channel';
import { createInterface } from 'node:readline';
const [host, port] = process.env.TARGET.split(':');
const socket = createSocket('udp4', (bytes) => channel('brownout:said').publish({ heard: String(bytes) }));
createInterface({ input: process.stdin }).on('line', (line) => socket.send(line, Number(port), host));
`;

const REQUESTS = '120';
const listens = { ONE: 9001, TWO: 9002, THREE: 9003 };
const placesOf = (machine: string) =>
  Object.values(listens)
    .map((port) => `\${${machine}:${port}}`)
    .join(' ');

function spec(): RunSpec {
  const texts = { ...textsBelow('.'), 'ten-servers/relay.mjs': relay, 'ten-servers/asker.mjs': asker };
  const sandbox = loadSandbox('ten-servers', texts);
  const { cluster, ...rest } = runSpec(sandbox, { seed: 4711 });
  const servers = cluster.machines.filter(({ name }) => /^server[123]$/.test(name));
  const clients = (name: string, env: Record<string, string>): MachineSpec => ({
    name,
    program: 'clients.ts',
    stdin: 'open',
    env: { REQUESTS, WARM_UP: '20', SEED: '7', ...env },
  });
  const machines: MachineSpec[] = [
    ...servers.map((one) => ({ ...one, env: { SERVICE_MS: '1' } })),
    { name: 'asker', program: 'asker.mjs', stdin: 'open', env: { TARGET: `\${server1:9000}` } },
    {
      name: 'relay',
      program: 'relay.mjs',
      env: { REQUESTS, TARGETS: `\${server1:9000} \${server2:9000} \${server3:9000}` },
      listens,
    },
    { name: 'silence', program: 'relay.mjs', env: { REQUESTS }, listens },
    clients('homes', { SERVERS: placesOf('relay'), PICK: 'hashed', RATE: '1000' }),
    clients('burst', { SERVERS: placesOf('silence'), PICK: 'hashed-bounded', RATE: '10000' }),
  ];
  return { ...rest, cluster: { ...cluster, machines } };
}

async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  for (const machine of ['homes', 'burst']) await cluster.act({ do: 'kill', machine }); // Until all others listen.
  for (const machine of ['server1', 'server2', 'server3', 'relay', 'silence']) {
    const ready = (event: TraceEvent) =>
      event.kind === 'log' && event.machine === machine && /listens/.test(event.text) ? event : undefined;
    await cluster.any(ready, `${machine} to listen`);
  }
  for (const line of ['17', 'seventeen', '999999999', '1234567890', '-1'])
    transcript.push(JSON.stringify(await cluster.ask(line)));
  await cluster.act({ do: 'restart', machine: 'burst' });
  transcript.push(`burst: ${JSON.stringify(await cluster.said())}`);
  await cluster.act({ do: 'restart', machine: 'homes' });
  transcript.push(`homes: ${JSON.stringify(await cluster.said())}`);
  const told = await cluster.log('homes', /answered/);
  transcript.push(told.replace(/ mean.*/s, ''));
  // What is told again and again by the clock is told as often as the computer gets to it.
  for (const event of cluster.events)
    if (event.kind === 'publish' && event.machine === 'burst' && !('inFlight' in Object(event.value)))
      transcript.push(JSON.stringify(event.value));
  return transcript;
}

test('ten-servers: the same transcript in the data center and on real Node', async () => {
  const { simulated, real } = await bothTranscripts(spec(), play);
  expect(simulated).toContain('100 answered,');
  // The rule alone, as experiments use it, chooses the same for the same seed.
  for (const [machine, way] of [
    ['burst', 'hashed-bounded'],
    ['homes', 'hashed'],
  ] as const) {
    const chosen = chosenBy(way, { seed: 7, servers: 3, keys: 1000, requests: Number(REQUESTS) });
    const seen = [0, 1, 2].map((one) => chosen.flatMap((server, at) => (server === one ? [at + 1] : [])));
    expect(simulated).toContain(`${machine}: ${JSON.stringify({ seen })}`);
  }
  expect(real).toEqual(simulated);
}, 60_000);
