// The console: its shell and programs on real Node and in the data center, with the same lines typed and the same
// answers, times aside; and that a run in which nobody types is the same with and without it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Action, TraceEvent } from '../../src/datacenter/contract.ts';
import { withConsole } from '../../src/runtime/console.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { runSpec } from '../../src/runtime/sandbox.ts';
import { sandboxFromDisk, textsBelow } from './read.ts';

const runtime = datacenterRuntime();
const started: ChildProcess[] = [];
const scratch = mkdtempSync(join(tmpdir(), 'console-'));
afterAll(async () => {
  for (const child of started) child.kill();
  rmSync(scratch, { recursive: true });
  await runtime.close();
});

const shell = resolve(import.meta.dirname, '../../sandboxes/_shared/you/shell.ts');
const serverFile = join(import.meta.dirname, 'console-server.mjs');
const programs = Object.fromEntries(
  Object.entries(textsBelow('_shared/you')).map(([name, text]) => [`_shared/you/${name}`, text]),
);

/** HOST, HTTP, REDIS and DNS stand for where the servers are. */
const lines = `hosts
curl -i http://HOST:HTTP/item?id=1
curl -sv -d 'a=b c' -H "X-A: some words" HOST:HTTP/form
curl -X PUT -o /dev/null -w '%{http_code} %{size_download}\\n' http://HOST:HTTP/bad
curl http://HOST:HTTP/short
curl --max-time 0.2 http://HOST:HTTP/hang
curl http://HOST:1/
echo $?
redis -h HOST -p REDIS GET k
redis -h HOST -p REDIS KEYS '*'
redis -h HOST -p REDIS FLUSH -all
redis -h HOST -p REDIS NOISE
dig @HOST -p DNS www.example.test
dig @HOST -p DNS www.example.test TXT +short
dig @HOST -p DNS none.test SRV
dig @HOST -p DNS silent.test +time=0.1 +tries=2
ping HOST:HTTP -c 2 -i 0.05
load http://HOST:HTTP/item -d 0.5 -r 40 -t nonsense
nothing "like this"
echo 'unclosed
echo a\\ b "c 'd'"
tcpdump
`;

const typed = (text: string, places: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\b(?:HOST|HTTP|REDIS|DNS)\b/g, (name) => places[name] ?? name);

/** The transcript with what may differ given one name: places, times, the ids and ports that chance gave. */
function plain(output: string, places: Readonly<Record<string, string>>): string {
  let text = output.replaceAll(/\b(?:127\.0\.0\.1|10\.0\.0\.\d+)\b|(?<!\w)::1\b/g, 'ADDRESS');
  for (const name of ['HTTP', 'REDIS', 'DNS'])
    text = text.replaceAll(new RegExp(`(?<=[:# ])${places[name]}\\b`, 'g'), name);
  return text
    .replaceAll(new RegExp(`\\b${places['HOST']}\\b`, 'g'), 'HOST')
    .replaceAll(/(HOST):(?:HTTP)?\b/g, '$1')
    .replaceAll(/after \d+ (m)/g, 'after N $1')
    .replaceAll(/\d+ msec/g, 'N msec')
    .replaceAll(/time=\S+|= [\d./]+ ms/g, 'TIME')
    .replaceAll(/id: \d+/g, 'id: N')
    .replaceAll(/ {2,}/g, ' ');
}

async function onRealNode(): Promise<string> {
  const env = { PATH: process.env['PATH'] };
  const server = spawn(process.execPath, [serverFile], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(server);
  const [said] = (await once(server.stdout, 'data')) as [Buffer];
  const [HTTP = '', REDIS = '', DNS = ''] = String(said).trim().split(' ');
  const places = { HOST: 'localhost', HTTP, REDIS, DNS };
  const file = join(scratch, 'transcript');
  const out = openSync(file, 'a');
  const you = spawn(process.execPath, [shell], {
    env: { ...env, HOSTS: `localhost:${HTTP}` },
    stdio: ['pipe', out, out],
  });
  started.push(you);
  you.stdin?.end(typed(lines, places));
  await once(you, 'close');
  closeSync(out);
  return plain(readFileSync(file, 'utf8'), places);
}

const input = (atNs: number, text: string): Action => ({ atNs, do: 'input', machine: 'you', text });

const transcript = (events: readonly TraceEvent[]): string =>
  events.flatMap((event) => (event.kind === 'log' && event.machine === 'you' ? [event.text] : [])).join('');

async function play(spec: RunSpec, untilNs: number) {
  const { run, first } = await runtime.boot(spec);
  const { events, hash, machines } = await run.advanceTo(untilNs);
  run.stop();
  return { events: [...first.events, ...events], hash, machines };
}

async function inTheDatacenter(): Promise<string> {
  const places = { HOST: 'web', HTTP: '80', REDIS: '6379', DNS: '53' };
  const web = { name: 'web', program: 'server.mjs', listens: { HTTP: 80, REDIS: 6379, DNS: 53 } };
  const { events } = await play(
    withConsole(
      {
        cluster: { name: 't', title: 't', machines: [web] },
        files: {
          't/server.mjs': readFileSync(serverFile, 'utf8'),
          ...sandboxFromDisk('load-balancer').files,
        },
        sandbox: 't',
        seed: 1,
        actions: [input(1e9, typed(lines, places))],
      },
      programs,
    ),
    60e9,
  );
  return plain(transcript(events), places);
}

it('says the same on real Node and in the data center', { timeout: 60_000 }, async () => {
  const real = await onRealNode();
  expect(await inTheDatacenter()).toBe(real);
});

const balanced = (actions: readonly Action[] = []): RunSpec =>
  runSpec(sandboxFromDisk('load-balancer'), { seed: 4711, actions });

it('leaves a run alone in which nobody types', async () => {
  const actions: readonly Action[] = [{ atNs: 1e9, do: 'freeze', machine: 'app2' }];
  const without = await play(balanced(actions), 4e9);
  const asleep = await play(withConsole(balanced(actions), programs), 4e9);
  expect(asleep.hash).toBe(without.hash);
  expect(asleep.machines.at(-1)).toMatchObject({ name: 'you', state: 'off', role: 'console' });
});

it('wakes at the first line, ends a program at Ctrl-C, and says the same when replayed', async () => {
  const actions = [
    input(1e9, 'load http://balancer/item?id=1 -r 20\ncurl http://app1/never-run\n'),
    input(4e9, '\x03'),
    input(4.1e9, 'echo $?\n'),
  ];
  const spec = withConsole(balanced(actions), programs);
  const first = await play(spec, 5e9);
  expect(transcript(first.events)).toMatch(
    /^you\$ 20 requests\/s .*\n( +\d s {2}\d+ sent .* p50 .*\n){2}\d+ sent, \d+ answered.*\n200: \d+\np50 .*\nyou\$ 130\nyou\$ $/,
  );
  expect((await play(spec, 5e9)).hash).toBe(first.hash);
});
