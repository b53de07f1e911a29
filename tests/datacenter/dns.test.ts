// Names in a cluster: its own without a server, all others by a DNS server that runs on one of its machines, also
// over lossy and cut links. Kinds of records are compared with real Node in node/programs/dns.mjs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Action, MachineSpec } from '../../src/datacenter/contract.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { play, specOf } from './udp-world.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const LIBRARY = readFileSync(join(import.meta.dirname, 'node/programs/parts/dns-server.mjs'), 'utf8');
const RESOLVER = `import { serveDns, domain } from './dns-server.mjs';
const many = Array.from({ length: 60 }, (_, i) => [1, 60, [10, 0, 0, 3]]);
await serveDns({ 'www.shop.example': [[1, 60, [10, 0, 0, 3]]], 'large.example': many, 'alias.example': [[5, 60, domain('www.shop.example')], [1, 60, [10, 0, 0, 3]]], 'client': [[1, 60, [10, 0, 0, 99]]], 'broken.example': 2, '9.9.9.9.in-addr.arpa': [[12, 60, domain('nine.example')]] }, 53, '0.0.0.0', (how) => console.log(how));`;
const WEB = `import { createServer } from 'node:http';
createServer((request, response) => response.end('hello from ' + request.headers.host)).listen(80);`;

function cluster(client: string, actions: readonly Action[] = [], nameServers = ['resolver']): RunSpec {
  const spec = specOf({ resolver: RESOLVER, client, web: WEB }, actions);
  const machines = spec.cluster.machines.map(
    (machine): MachineSpec => (machine.name === 'client' ? { ...machine, nameServers } : machine),
  );
  const files = { ...spec.files, 'test/dns-server.mjs': LIBRARY };
  return { ...spec, cluster: { ...spec.cluster, machines }, files };
}

const LOOKUPS = `import dns from 'node:dns/promises';
const say = (promise) => promise.then((found) => console.log(JSON.stringify(found)), (error) => console.log(error.message));
console.log(dns.getServers().join());
`;

it('asks the machine that is told for names that are not of the cluster', async () => {
  const run = await play(
    runtime,
    cluster(`${LOOKUPS}
      await say(dns.lookup('web'));
      await say(dns.lookup('WEB'));
      await say(dns.lookup('www.shop.example'));
      await say(dns.lookup('alias.example', { all: true }));
      await say(dns.lookup('none.example'));
      await say(dns.lookup('broken.example'));
      await say(dns.resolve4('client'));
      await say(dns.reverse('10.0.0.3'));
      await say(dns.lookupService('10.0.0.1', 53));
      await say(dns.lookupService('9.9.9.9', 4711));
      console.log(await (await import('node:http')).default.get('http://www.shop.example/').on('response', (r) => r.setEncoding('utf8').on('data', console.log)) && 'asked');`),
  );
  expect(run.printed('client')).toEqual([
    '10.0.0.1',
    '{"address":"10.0.0.3","family":4}',
    '{"address":"10.0.0.3","family":4}',
    '{"address":"10.0.0.3","family":4}',
    '[{"address":"10.0.0.3","family":4}]',
    'getaddrinfo ENOTFOUND none.example',
    'getaddrinfo EAI_AGAIN broken.example',
    '["10.0.0.99"]',
    '["web"]',
    '{"hostname":"resolver","service":"domain"}',
    '{"hostname":"nine.example","service":"4711"}',
    'asked',
    'hello from www.shop.example',
  ]);
});

it('asks again over TCP where the answer does not fit a datagram', async () => {
  const run = await play(
    runtime,
    cluster(`${LOOKUPS}console.log((await dns.resolve4('large.example')).length);`),
  );
  expect(run.printed('client')).toEqual(['10.0.0.1', '60']);
  expect(run.printed('resolver')).toEqual(['udp', 'tcp']);
});

it('times out by rounds on a cut link, and finds the name once it is mended', async () => {
  const actions: Action[] = [
    { atNs: 0, do: 'cut', from: 'client', to: 'resolver' },
    { atNs: 35e9, do: 'mend', from: 'client', to: 'resolver' },
  ];
  const run = await play(
    runtime,
    cluster(
      `${LOOKUPS}const at = performance.now();
      const seconds = () => Math.round((performance.now() - at) / 1000);
      await say(dns.resolve4('www.shop.example')); console.log(seconds() >= 15 && seconds() <= 30);
      const then = performance.now();
      await say(dns.lookup('www.shop.example')); console.log(Math.round((performance.now() - then) / 1000));
      await new Promise((resolve) => setTimeout(resolve, 20_000));
      await say(dns.resolve4('www.shop.example'));`,
      actions,
    ),
  );
  const [, first, inTime, second, waited, third] = run.printed('client');
  expect([first, inTime]).toEqual(['queryA ETIMEOUT www.shop.example', 'true']);
  expect(third).toBe('["10.0.0.3"]');
  expect([second, waited]).toEqual(['getaddrinfo EAI_AGAIN www.shop.example', '10']);
});

it('goes to the next server where one refuses', async () => {
  const two = cluster(`${LOOKUPS}await say(dns.resolve4('www.shop.example'));`, [], ['web', '10.0.0.1']);
  const run = await play(runtime, two);
  expect(run.printed('client')).toEqual(['10.0.0.3,10.0.0.1', '["10.0.0.3"]']);
  expect((await play(runtime, two)).hash).toBe(run.hash);
});

it('refuses a server that is no machine and no address', async () => {
  await expect(runtime.boot(cluster('', [], ['moon']))).rejects.toThrow(
    "expected a machine of the cluster (resolver, client, web) or an IPv4 address, found 'moon': correct `nameServers` of client",
  );
});
