// The same files, the same deeds, in the data center and as real processes: what is answered, by whom, and what the
// programs say of it is the same, in causal order. Times are not compared: a real clock never repeats.
import { expect, test } from 'vitest';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { asker, bothTranscripts } from './parity.ts';
import { textsBelow } from './read.ts';

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
async function play(cluster: Watched): Promise<string[]> {
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

test('load-balancer: the same transcript in the data center and on real Node', async () => {
  const { simulated, real } = await bothTranscripts(loadBalancer(), play);
  expect(simulated).toHaveLength(38);
  expect(real).toEqual(simulated);
}, 60_000);
