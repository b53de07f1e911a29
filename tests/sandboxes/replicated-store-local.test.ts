// replicated-store as real Node processes and in the data center: one primary appointed, writes on a majority of disks,
// replicas that send on and show what they have, a failover, a store that reads its log back, a write without a majority.
// The same transcript in both. Waits for lines and answers, never for time: what another machine must first come to know
// is asked for until it is so.
import { expect, test } from 'vitest';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { bothTranscripts } from './parity.ts';
import { textsBelow } from './read.ts';

/** `STORE METHOD /path VALUE TIMES`, a line after another. Publishes status, text and place in the log on `brownout:said`. */
const asker = `
import { channel } from 'node:diagnostics_channel';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
const stores = Object.fromEntries(process.env.STORES.split(' ').map((one) => one.split('=')));
const said = channel('brownout:said');
createInterface({ input: process.stdin }).on('line', (line) => {
  const [store, method, path, value = '', times = 1] = line.split(' ');
  const body = value.repeat(times);
  const [host, port] = stores[store].split(':');
  const headers = { 'content-length': body.length };
  const asking = request({ host, port, path, method, headers, agent: false }, async (answer) => {
    let text = '';
    for await (const part of answer) text += part;
    const { 'x-epoch': epoch, 'x-index': index, 'x-primary': primary } = answer.headers;
    said.publish({ asked: line, status: answer.statusCode, text: text.trim(), epoch, index, primary });
  });
  asking.on('error', (error) => said.publish({ asked: line, error: error.code }));
  asking.end(body);
});
`;

function stores(): RunSpec {
  const texts = { ...textsBelow('.'), 'replicated-store/asker.mjs': asker };
  const sandbox = loadSandbox('replicated-store', texts);
  const patience = { PATIENCE_MS: '500' };
  const env = {
    monitor: { MODE: 'quorum', LAG_MS: '0', INTERVAL_MS: '150', MISSES: '2' },
    ...{ store1: patience, store2: patience, store3: patience },
  };
  const spec = runSpec(sandbox, { seed: 4711, env });
  const asks = {
    name: 'asker',
    program: 'asker.mjs',
    stdin: 'open',
    env: { STORES: `store1=\${store1:80} store2=\${store2:80} store3=\${store3:80}` },
  } as const;
  const kept = spec.cluster.machines.filter(({ name }) => name.startsWith('store'));
  const monitor = spec.cluster.machines.filter(({ name }) => name === 'monitor');
  return { ...spec, cluster: { ...spec.cluster, machines: [...kept, asks, ...monitor] } };
}

async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  const ask = async (line: string): Promise<void> => {
    transcript.push(JSON.stringify(await cluster.ask(line)));
  };
  /** Asks again and again, and writes down the answer that fits. */
  const until = async (line: string, fits: (answer: Record<string, unknown>) => boolean): Promise<void> => {
    let answer = await cluster.ask(line);
    for (let left = 2000; left > 0 && !fits(answer); left--) answer = await cluster.ask(line);
    transcript.push(JSON.stringify(answer));
  };
  const sendsOn = ({ status }: Record<string, unknown>) => status === 307;
  const has = (value: string) => (answer: Record<string, unknown>) => answer['text'] === value;
  const appointed = async (): Promise<void> => {
    transcript.push((await cluster.log('monitor', /is primary/)).trim());
  };
  const deed = async (what: 'kill' | 'restart', machine: string): Promise<void> => {
    transcript.push(`${what} ${machine}`);
    await cluster.act({ do: what, machine });
  };

  await deed('kill', 'monitor'); // Who is up first must not decide who is primary.
  for (const machine of ['store1', 'store2', 'store3']) {
    const ready = (event: TraceEvent) =>
      event.kind === 'log' && event.machine === machine && / listens /.test(event.text) ? event : undefined;
    await cluster.any(ready, `${machine} to listen`);
  }
  await ask('store1 PUT /kv/a early');
  await deed('restart', 'monitor');
  await appointed();
  await ask('store1 PUT /kv/a one');
  await ask('store1 PUT /kv/b two');
  await ask('store1 GET /kv/a');
  for (const store of ['store2', 'store3']) {
    await until(`${store} PUT /kv/a x`, sendsOn);
    await until(`${store} GET /kv/b?from=any`, has('two'));
  }
  await ask('store1 GET /kv/none');
  await ask('store1 POST /kv/a');
  await ask('store1 PUT /kv/a x 100000');
  await ask('store2 POST /promise?epoch=1');
  await deed('kill', 'store1');
  await appointed();
  await ask('store2 PUT /kv/a three');
  await ask('store2 GET /kv/a');
  await deed('restart', 'store1');
  await cluster.log('store1', /listens/);
  await until('store1 GET /kv/a?from=any', has('three'));
  await ask('store2 GET /kv/');
  await deed('kill', 'store1');
  await deed('kill', 'store3');
  await ask('store2 PUT /kv/a four');
  return transcript;
}

test('replicated-store: the same transcript in the data center and on real Node', async () => {
  const { simulated, real } = await bothTranscripts(stores(), play);
  expect(simulated.at(-1)).toContain('not acknowledged');
  expect(real).toEqual(simulated);
}, 60_000);
