// Runs scenarios in the engine, one after another, and prints what is left of each as a line of JSON: the whole program
// of the processes of recording.ts. A line of its input is `SANDBOX SCENARIO`; it ends with its input. Keeps packets only
// in short (packet-lines.ts).
import { createInterface } from 'node:readline';
import { datacenterRuntime } from '../runtime/node-datacenter.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { runScenario } from './engine-run.ts';
import { packetLines } from './packet-lines.ts';

async function recorded(sandbox: string, scenario: string, runtime: Runtime): Promise<object> {
  const run = await runScenario(sandbox, scenario, runtime);
  const events = run.events.filter(
    (event) =>
      event.kind === 'action' ||
      event.kind === 'machine' ||
      // Requests are among the samples.
      (event.kind === 'publish' && event.channel !== 'brownout:request'),
  );
  const clients = new Set(run.machines.filter((each) => each.role === 'client').map((each) => each.name));
  return { ...run, packets: packetLines(run.events, clients), events };
}

const runtime = datacenterRuntime();
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const [sandbox = '', scenario = ''] = line.split(' ');
    const said = await recorded(sandbox, scenario, runtime).then(
      (run) => ({ run }),
      (error: unknown) => ({
        failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    );
    process.stdout.write(`${JSON.stringify(said)}\n`);
  }
} finally {
  await runtime.close();
}
