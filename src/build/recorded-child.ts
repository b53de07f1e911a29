// Runs one scenario in the engine and prints what is left of it as JSON on stdout: the whole program of a child
// process of recorded.ts (`node recorded-child.ts SANDBOX SCENARIO`). Leaves packets out: pages do not print them.
import { runScenario } from './engine-run.ts';

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
process.stdout.write(JSON.stringify({ ...run, events: events.filter((event) => !isRequest(event)) }));

function isRequest(event: (typeof events)[number]): boolean {
  return event.kind === 'publish' && event.channel === 'brownout:request';
}
