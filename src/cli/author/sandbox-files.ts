// data table: the files of a new sandbox: two machines that run, and `TO WRITE: …` wherever its author has the word.
// Pure. What stands there passes lint and types; its scenarios and its experiment fail until they say what they must
// show. Called by cli/new.ts.
import type { Texts } from '../../runtime/sandbox.ts';

/** From scenarios/ and experiments/. */
const shared = '../../_shared';

const readme = (name: string): string => `# ${name}

TO WRITE: what runs here, what goes wrong, and which chapter it belongs to

## Run it

\`npx brownout run ${name} --scenario calm\` shows the calm in the data center, \`--scenario outage\` its end.

## Read it, in this order

| file         | what it is                                    |
| ------------ | --------------------------------------------- |
| \`answer.ts\`  | TO WRITE: the idea of the chapter, one line   |
| \`server.ts\`  | wiring only                                   |
| \`clients.ts\` | requests on a clock, however slow the answers |

## Shortcuts

- TO WRITE: each thing that a real one does and this one leaves out, and why
`;

const answer = `// The idea of the chapter: what a request is answered with.
// TO WRITE: what this file decides, what it refuses, who calls it

export function answer(url: string): string {
  return \`\${url}\\n\`;
}
`;

const server = `// Wiring: every request gets what answer.ts says, and \`GET /health\` gets 200.
// Environment: PORT, MACHINE.
import { createServer } from 'node:http';
import { answer } from './answer.ts';

const name = process.env.MACHINE ?? 'server';

createServer((request, response) => {
  response.setHeader('x-served-by', name);
  response.end(answer(request.url ?? '/'));
}).listen(Number(process.env.PORT ?? 8080), () => console.log(\`\${name} listens\`));
process.once('SIGTERM', () => process.exit(0));
`;

const clients = `// The outside world: requests on a clock, from a seed, however slow the answers are.
// Environment: TARGET, RATE (requests a second), TIMEOUT_MS, SEED.
import { startLoad } from '../_shared/load.ts';

const [host = '127.0.0.1', port = '8080'] = (process.env.TARGET ?? '127.0.0.1:8080').split(':');
const ratePerSecond = Number(process.env.RATE ?? 20);

startLoad({
  host,
  port: Number(port),
  ratePerSecond: () => ratePerSecond,
  // In the data center chance itself is seeded, so there each run's traffic follows from the run's seed.
  seed: Number(process.env.SEED ?? Math.random() * 2 ** 32),
  timeoutMs: Number(process.env.TIMEOUT_MS ?? 1000),
  ask: (id) => ({ method: 'GET', path: \`/\${id}\` }),
});
`;

const cluster = (name: string): string => `{
  "$schema": "../cluster.schema.json",
  "name": "${name}",
  "title": "TO WRITE: the title of the lab",
  "machines": [
    {
      "name": "clients",
      "program": "clients.ts",
      "role": "client",
      "env": { "TARGET": "\${server:80}", "RATE": "20", "TIMEOUT_MS": "1000" }
    },
    { "name": "server", "program": "server.ts", "listens": { "PORT": 80 } }
  ],
  "links": { "default": { "latencyMs": 0.25 } }
}
`;

const scenario = (name: string, title: string, actions: string): string => `// ${title}
// TO WRITE: what this run must show
import type { Finding, Scenario } from '${shared}/check.ts';
import { lostAmong, samplesOf } from '${shared}/reading.ts';

/** Until it says what the run must show, it shows nothing. */
const unwritten: Finding = {
  name: 'what the run must show',
  pass: false,
  expected: 'a promise in \`shows\`, such as between(…) of _shared/reading.ts',
  found: 'none',
};

export const scenario: Scenario = {
  name: '${name}',
  title: '${title}',
  seed: 4711,
  untilMs: 5000,
  actions: [${actions}],
  shows: () => [unwritten],
  values(run) {
    const samples = samplesOf(run);
    return { requests: samples.length, lost: lostAmong(samples) };
  },
};
`;

const experiment = `// Experiment: how many requests come in five seconds, against what the rate promises.
// TO WRITE: the law of the chapter, in place of this one
import type { Experiment } from '${shared}/experiment.ts';
import { scenario } from '../scenarios/calm.ts';

export const experiment: Experiment = {
  name: 'rate',
  theory: 'TO WRITE: the formula with its numbers, the model or the paper',
  // Agrees with nothing until there is a number.
  expected: Number.NaN,
  tolerance: 0,
  unit: 'requests',
  because: 'TO WRITE: why the tolerance is what it is',
  scenarios: [scenario],
  seeds: [1, 2, 3, 4],
  measure: ([runs = []]) => runs.reduce((sum, one) => sum + Number(one['requests']), 0) / runs.length,
};
`;

/** By path below the repository. */
export function sandboxFiles(name: string): Texts {
  const killed = "{ atNs: 2e9, do: 'kill', machine: 'server' }";
  return Object.fromEntries(
    Object.entries({
      'README.md': readme(name),
      'answer.ts': answer,
      'server.ts': server,
      'clients.ts': clients,
      'cluster.json': cluster(name),
      'scenarios/calm.ts': scenario('calm', 'Nothing happens.', ''),
      'scenarios/outage.ts': scenario('outage', 'The server is killed after two seconds.', killed),
      'experiments/rate.ts': experiment,
    }).map(([file, text]) => [`sandboxes/${name}/${file}`, text]),
  );
}
