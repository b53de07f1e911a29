// The same files, the same deeds, in the data center and as real processes: what is answered, by whom, and what the
// programs say of it is the same, in causal order. Times are not compared: a real clock never repeats.
import { afterAll, expect, test } from 'vitest';
import { localRuntime } from '../../src/runtime/local.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { Batch, Running, RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import { Watched } from '../runtime/local/cluster.ts';
import { textsBelow } from './read.ts';

/** Asks one thing after another, so that what happens is in one order. */
const asker = `
import { channel } from 'node:diagnostics_channel';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
const [host, port] = process.env.TARGET.split(':');
const said = channel('brownout:said');
createInterface({ input: process.stdin }).on('line', (line) => {
  const [method, path] = line.split(' ');
  const asking = request({ host, port, path, method, agent: false }, async (answer) => {
    let text = '';
    for await (const part of answer) text += part;
    said.publish({ asked: line, status: answer.statusCode, by: answer.headers['x-served-by'], text: text.trim() });
  });
  asking.on('error', (error) => said.publish({ asked: line, error: error.code }));
  asking.end();
});
`;

function loadBalancer(): RunSpec {
  const texts = { ...textsBelow('.'), 'load-balancer/asker.mjs': asker };
  const sandbox = loadSandbox('load-balancer', texts);
  const env = { balancer: { HEALTH_INTERVAL_MS: '300', HEALTH_TIMEOUT_MS: '250', SILENCE_MS: '400' } };
  const spec = runSpec(sandbox, { seed: 4711, env });
  const [clients, ...others] = spec.cluster.machines;
  const machines = [
    ...others,
    { name: 'asker', program: 'asker.mjs', stdin: 'open', env: { TARGET: `\${balancer:80}` } } as const,
  ];
  expect(clients?.name).toBe('clients');
  return { ...spec, cluster: { ...spec.cluster, machines } };
}

/** What a reader would do, waiting for what it leads to; everything said, in order. */
async function play(run: Running, first: Batch): Promise<string[]> {
  const cluster = new Watched(run, first);
  const transcript: string[] = [];
  let item = 0;
  const ask = async (times: number, method = 'GET /item'): Promise<void> => {
    for (let left = times; left > 0; left--) {
      item++;
      await cluster.act({ do: 'input', machine: 'asker', text: `${method}?id=${item}\n` });
      transcript.push(JSON.stringify(await cluster.said()));
    }
  };
  const log = async (pattern: RegExp): Promise<void> => {
    transcript.push(`balancer: ${(await cluster.log('balancer', pattern)).trim()}`);
  };
  const deed = async (what: 'kill' | 'restart' | 'freeze' | 'thaw', machine: string): Promise<void> => {
    transcript.push(`${what} ${machine}`);
    await cluster.act({ do: what, machine });
  };
  for (let apps = 3; apps > 0; apps--) await cluster.log('balancer', /is in rotation/);
  await ask(6);
  await ask(1, 'POST /order');
  await ask(1, 'GET /nothing');
  await deed('kill', 'app2');
  await ask(3);
  await log(/app2 is out of rotation/);
  await ask(4);
  await deed('restart', 'app2');
  await log(/app2 is in rotation/);
  await ask(3);
  await deed('freeze', 'app1');
  await log(/app1 is out of rotation/);
  await ask(2);
  await deed('thaw', 'app1');
  await log(/app1 is in rotation/);
  await ask(3);
  for (const app of ['app1', 'app2', 'app3']) {
    await deed('kill', app);
    await log(new RegExp(`${app} is out of rotation`));
  }
  await ask(1);
  return transcript;
}

const simulated = datacenterRuntime();
afterAll(() => simulated.close());

test('load-balancer: the same transcript in the data center and on real Node', async () => {
  const spec = loadBalancer();
  const inDatacenter = await simulated.boot(spec);
  const expected = await play(inDatacenter.run, inDatacenter.first);
  const { run, first, ended } = await localRuntime().boot(spec);
  const found = await play(run, first).finally(() => run.stop());
  await ended;
  expect(expected).toHaveLength(38);
  expect(found).toEqual(expected);
}, 60_000);
