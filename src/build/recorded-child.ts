// Runs one scenario in the engine and prints what is left of it as JSON on stdout: the whole program of a child
// process of recorded.ts (`node recorded-child.ts SANDBOX SCENARIO`). Keeps packets only in short (packet-lines.ts).
import { runScenario } from './engine-run.ts';
import { packetLines } from './packet-lines.ts';

const [sandbox, scenario] = process.argv.slice(2);
if (sandbox === undefined || scenario === undefined) {
  throw new Error(
    'Expected a sandbox and a scenario, found fewer arguments: node recorded-child.ts load-balancer kill-app2',
  );
}
const run = await runScenario(sandbox, scenario);
const events = run.events.filter(
  (event) => event.kind === 'action' || event.kind === 'machine' || event.kind === 'publish',
);
const clients = new Set(run.machines.filter((each) => each.role === 'client').map((each) => each.name));
const packets = packetLines(run.events, clients);
process.stdout.write(
  JSON.stringify({ ...run, packets, events: events.filter((event) => !isRequest(event)) }),
);

function isRequest(event: (typeof events)[number]): boolean {
  return event.kind === 'publish' && event.channel === 'brownout:request';
}
