// The reader's own machine in the sandbox dns: the small dig asks the cluster's resolver without being told of it, and a
// `no` of one type hides the other, as the resolver ships. The first look at what the exercise `negative` mends.
import { afterAll, expect, test } from 'vitest';
import type { Action } from '../../src/datacenter/contract.ts';
import { withConsole } from '../../src/runtime/console.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { runSpec } from '../../src/runtime/sandbox.ts';
import { sandboxFromDisk, textsBelow } from './read.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const programs = Object.fromEntries(
  Object.entries(textsBelow('_shared/you')).map(([name, text]) => [`_shared/you/${name}`, text]),
);

/** What the console prints to these lines, typed a second apart. */
async function printed(lines: readonly string[]): Promise<string> {
  const actions = lines.map((line, index): Action => {
    return { atNs: (index + 1) * 1e9, do: 'input', machine: 'you', text: `${line}\n` };
  });
  const choice = { seed: 4711, env: { clients: { RATE: '0' } }, actions };
  const { run } = await runtime.boot(withConsole(runSpec(sandboxFromDisk('dns'), choice), programs));
  const { events } = await run.advanceTo((lines.length + 1) * 1e9);
  run.stop();
  return events.flatMap((one) => (one.kind === 'log' && one.machine === 'you' ? [one.text] : [])).join('');
}

test('dig asks the resolver, and shows both kinds of no', async () => {
  const said = await printed([
    'dig payments.100xglobal.com +short',
    'dig events.100xglobal.com',
    'dig email.100xglobal.com AAAA',
    'dig email.100xglobal.com +short',
    'dig @ns email.100xglobal.com +short',
  ]);
  expect(said).toMatch(/members\.100xglobal\.com\.\s+10\.0\.0\.8/);
  expect(said).toMatch(/status: NXDOMAIN[\s\S]*AUTHORITY: 1[\s\S]*SOA/);
  expect(said).toMatch(/status: NOERROR, id: \d+\n;; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 1/);
  // The resolver says nothing; the name server, asked itself, has the address.
  expect(said.match(/10\.0\.0\.10/g)).toHaveLength(1);
});
