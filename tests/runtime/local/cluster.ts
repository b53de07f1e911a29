// A cluster of two for tests of real processes: `server` answers over HTTP and UDP, `asker` asks as it is told on its
// input and publishes what became of it. Also: a run whose events a test can wait for.
import type { Deed, TraceEvent } from '../../../src/datacenter/contract.ts';
import { type LocalOptions, type LocalRun, localRuntime } from '../../../src/runtime/local.ts';
import { type Running, RunProblem, type RunSpec } from '../../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../../src/runtime/sandbox.ts';

const server = `
import { createServer } from 'node:http';
import { createSocket } from 'node:dgram';
import { appendFileSync, existsSync } from 'node:fs';
appendFileSync('starts.txt', 'x');
let asked = 0;
const http = createServer((request, response) => {
  if (request.url === '/exit') process.exit(3);
  if (request.url === '/large') return response.end(Buffer.alloc(500_000));
  response.end('hello ' + ++asked + ' of ' + process.env.MACHINE);
});
http.listen(Number(process.env.PORT), () => console.log('listens'));
const udp = createSocket('udp4', (bytes, { port, address }) => udp.send('heard ' + bytes, port, address));
udp.bind(Number(process.env.PORT));
`;
const asker = `
import { channel } from 'node:diagnostics_channel';
import { request } from 'node:http';
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';
const [host, port] = process.env.TARGET.split(':');
const said = channel('brownout:said');
const udp = createSocket('udp4', (bytes) => said.publish({ udp: String(bytes) }));
createInterface({ input: process.stdin }).on('line', (line) => {
  const [kind, word, ms = '5000'] = line.split(' ');
  const begun = performance.now();
  if (kind === 'udp') return udp.send(word, Number(port), host);
  const asking = request({ host, port, path: word, agent: false, timeout: Number(ms) }, async (answer) => {
    let bytes = '';
    try {
      for await (const part of answer) bytes += part;
      said.publish({ http: word, answer: bytes.slice(0, 40), bytes: bytes.length, ms: performance.now() - begun });
    } catch (error) {
      said.publish({ http: word, error: error.code });
    }
  });
  asking.on('timeout', () => asking.destroy(Object.assign(new Error('silence'), { code: 'SILENCE' })));
  asking.on('error', (error) => said.publish({ http: word, error: error.code }));
  asking.end();
});
console.log('ready');
`;

const cluster = {
  name: 'two',
  title: 'Two',
  machines: [
    { name: 'asker', program: 'asker.mjs', stdin: 'open', env: { TARGET: `\${server:80}` } },
    { name: 'server', program: 'server.mjs', listens: { PORT: 80 } },
  ],
};

export const two: RunSpec = runSpec(
  loadSandbox('two', {
    'two/cluster.json': JSON.stringify(cluster),
    'two/server.mjs': server,
    'two/asker.mjs': asker,
  }),
  { seed: 4711 },
);

/** Longest wait for something to happen: only a broken run takes so long. */
const LONGEST_MS = 20_000;

/** A run whose events can be waited for, whatever its clock is. */
export class Watched {
  readonly run: Running;
  readonly events: TraceEvent[];
  #nowNs: number;
  #looked = 0;

  constructor(run: Running, first: { readonly events: readonly TraceEvent[]; readonly nowNs: number }) {
    this.run = run;
    this.events = [...first.events];
    this.#nowNs = first.nowNs;
  }

  async act(deed: Deed): Promise<void> {
    this.#take(await this.run.act(deed));
  }

  /** The next event, of those not yet waited for, of which `look` gives something. */
  async next<T>(look: (event: TraceEvent) => T | undefined, what: string): Promise<T> {
    const untilNs = this.#nowNs + LONGEST_MS * 1e6;
    for (;;) {
      for (; this.#looked < this.events.length; this.#looked++) {
        const found = look(this.events[this.#looked] as TraceEvent);
        if (found === undefined) continue;
        this.#looked++;
        return found;
      }
      if (this.#nowNs > untilNs)
        throw new Error(`expected ${what}, found ${JSON.stringify(this.events.slice(-20), null, 1)}`);
      this.#take(await this.run.advanceTo(this.#nowNs + 20e6));
    }
  }

  /** As next(), looking at all that has happened so far too. */
  any<T>(look: (event: TraceEvent) => T | undefined, what: string): Promise<T> {
    const known = this.events.map(look).find((found) => found !== undefined);
    return known === undefined ? this.next(look, what) : Promise.resolve(known);
  }

  log(machine: string, pattern: RegExp): Promise<string> {
    const look = (event: TraceEvent): string | undefined =>
      event.kind === 'log' && event.machine === machine && pattern.test(event.text) ? event.text : undefined;
    return this.next(look, `${machine} to print ${pattern}`);
  }

  /** What the asker publishes next. */
  said(): Promise<Record<string, unknown>> {
    const look = (event: TraceEvent): Record<string, unknown> | undefined =>
      event.kind === 'publish' && event.channel === 'brownout:said'
        ? (event.value as Record<string, unknown>)
        : undefined;
    return this.next(look, 'the asker to publish');
  }

  async ask(line: string): Promise<Record<string, unknown>> {
    await this.act({ do: 'input', machine: 'asker', text: `${line}\n` });
    return this.said();
  }

  async refusalOf(deed: Deed): Promise<string> {
    const refused = await this.run.act(deed).catch((problem: unknown) => problem);
    if (!(refused instanceof RunProblem)) throw new Error(`expected a refusal of ${deed.do}`);
    return refused.message;
  }

  #take(batch: { readonly events: readonly TraceEvent[]; readonly nowNs: number }): void {
    this.events.push(...batch.events);
    this.#nowNs = Math.max(this.#nowNs, batch.nowNs);
  }
}

export async function bootTwo(options: LocalOptions = {}): Promise<Watched & { readonly local: LocalRun }> {
  const local = await localRuntime(options).boot(two);
  const watched = Object.assign(new Watched(local.run, local.first), { local });
  await watched.log('server', /listens/);
  return watched;
}
