// The host of the hypervisor sandbox with the world around it: the same transcript in the data center and on real Node,
// and an exercise that a scheduler cannot pass by lying about what its guests have done.
import { expect, test } from 'vitest';
import type { Check } from '../../sandboxes/_shared/check.ts';
import { judgeSeed } from '../../src/runtime/exercise.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { asker, bothTranscripts } from './parity.ts';
import { exported, sandboxFromDisk, textsBelow } from './read.ts';

function world(): RunSpec {
  const texts = { ...textsBelow('.'), 'hypervisor/asker.mjs': asker };
  const env = { host: { SPINNERS: '1', EXTRAS: 'nothing', WEIGHTS: '' } };
  const spec = runSpec(loadSandbox('hypervisor', texts), { seed: 4711, env });
  const [, host] = spec.cluster.machines;
  if (host?.name !== 'host') throw new Error('expected clients and host in cluster.json');
  const machines = [
    host,
    { name: 'asker', program: 'asker.mjs', stdin: 'open', env: { TARGET: `\${host:80}` } } as const,
  ];
  return { ...spec, cluster: { ...spec.cluster, machines } };
}

/** What a reader would ask, waiting for each answer. The answer of spin1 is a time, so of it only the form is kept. */
async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  const ask = async (path: string): Promise<void> => {
    await cluster.act({ do: 'input', machine: 'asker', text: `GET ${path}\n` });
    transcript.push(JSON.stringify(await cluster.said()).replace(/[\da-f]{8} [\da-f]{8}/, 'turns and sum'));
  };
  transcript.push((await cluster.log('host', /was not booted/)).trim());
  transcript.push((await cluster.log('host', /consoles on port/)).trim().replace(/\d+$/, 'N'));
  await ask('/health');
  await ask('/console/web?line=0');
  await ask('/console/web?line=1');
  await ask('/console/web?line=1000');
  await ask('/console/spin1?line=hello');
  await ask('/console/nobody?line=1');
  await ask('/console/web?line=%00');
  await ask('/elsewhere');
  await ask('/console/batch?line=3');
  return transcript;
}

test('hypervisor: the same transcript in the data center and on real Node', async () => {
  const { simulated, real } = await bothTranscripts(world(), play);
  expect(simulated).toHaveLength(11);
  expect(real).toEqual(simulated);
}, 60_000);

/** Lets nobody run, and says on every channel there is that all goes well. */
const liar = `import { channel } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
const end = ServerResponse.prototype.end;
let turns = 0;
ServerResponse.prototype.end = function (...rest) {
  turns += 1000;
  return end.call(this, turns.toString(16).padStart(8, '0') + ' 00000001');
};
setInterval(() => {
  for (const guest of ['spin1', 'spin2', 'spin3']) channel('brownout:tally').publish({ guest, turns, sum: 1 });
  channel('brownout:request').publish({ id: 1, ok: true, status: 200, latencyMs: 1, intendedMs: 0 });
}, 100);
export function refill() {}
export function charge() {}
export function pickNext() {}
`;

test('a scheduler that forges what its guests have done is judged by what they did', async () => {
  const runtime = datacenterRuntime();
  try {
    const check = await exported<Check>('hypervisor/exercises/credits/check.ts', 'check');
    const sandbox = sandboxFromDisk('hypervisor');
    const work = { runtime, sandbox, exercise: 'credits', check, edits: { 'hypervisor/credit.ts': liar } };
    const broken = (await judgeSeed(work, 1)).filter(({ pass }) => !pass);
    expect(broken.length).toBeGreaterThan(0);
  } finally {
    await runtime.close();
  }
});
