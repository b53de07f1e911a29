// Plays one script over the data center and over real processes of this computer, for the parity tests: two transcripts
// that must be equal. `asker` is a program that asks over HTTP what it is told on its input, one thing after another.
import { localRuntime } from '../../src/runtime/local.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { Watched } from '../runtime/local/cluster.ts';

/** `METHOD /path` a line on its input; publishes on `brownout:said`. Environment: TARGET. */
export const asker = `
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

/** What `play` wrote down in each. Nothing is left running. */
export async function bothTranscripts(
  spec: RunSpec,
  play: (cluster: Watched) => Promise<string[]>,
): Promise<{ readonly simulated: string[]; readonly real: string[] }> {
  const datacenter = datacenterRuntime();
  const inDatacenter = await datacenter.boot(spec);
  const simulated = await play(new Watched(inDatacenter.run, inDatacenter.first)).finally(() =>
    datacenter.close(),
  );
  const local = await localRuntime().boot(spec);
  const real = await play(new Watched(local.run, local.first)).finally(() => local.run.stop());
  await local.ended;
  return { simulated, real };
}
