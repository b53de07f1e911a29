// The retry storm: attempts against a server that fails or is silent, the line of the real server, the same transcript in
// the data center and as real processes, and the judge of the exercise `budget` on made-up traces.
// The storm itself is in scenarios.test.ts, the exercise in exercises.test.ts.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../sandboxes/_shared/check.ts';
import { ask as askUpTo } from '../../sandboxes/retry-storm/attempts.ts';
import { check } from '../../sandboxes/retry-storm/exercises/budget/check.ts';
import { maySend as solution } from '../../sandboxes/retry-storm/exercises/budget/solution/budget.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { asker, bothTranscripts } from './parity.ts';
import { ask, type Program, portOf, start } from './processes.ts';
import { textsBelow } from './read.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function rulesFor(listener: RequestListener, timeoutMs = 5000) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { host: '127.0.0.1', port, timeoutMs, attemptsMax: 3, backoffMs: 0 };
}

describe('attempts', () => {
  test('end with the first answer below 500', async () => {
    let asked = 0;
    const rules = await rulesFor((_, response) => {
      asked++;
      response.writeHead(asked < 2 ? 503 : 404).end();
    });
    expect(await askUpTo('/work', rules)).toEqual({ status: 404, error: '', attempts: 2 });
  });
  test('are never more than the rules say, whatever the failure', async () => {
    let asked = 0;
    const failing = await rulesFor((_, response) => {
      asked++;
      response.writeHead(503).end();
    });
    expect(await askUpTo('/work', failing)).toEqual({ status: 503, error: '', attempts: 3 });
    expect(asked).toBe(3);
    const breaking = await rulesFor((request) => request.socket.destroy());
    expect(await askUpTo('/work', breaking)).toEqual({ status: 0, error: 'ECONNRESET', attempts: 3 });
  });
  test('give up on silence', async () => {
    const silent = await rulesFor(() => {}, 1);
    expect(await askUpTo('/work', { ...silent, attemptsMax: 2 })).toEqual({
      status: 0,
      error: 'ETIMEDOUT',
      attempts: 2,
    });
  });
});

test('the solution sends every first attempt, and retries for a tenth of them after the ten saved', () => {
  const retries = Array.from({ length: 400 }, () => [solution(1), solution(2)] as const);
  expect(retries.every(([first]) => first)).toBe(true);
  expect(retries.filter(([, second]) => second).length).toBeGreaterThanOrEqual(48);
  expect(retries.filter(([, second]) => second).length).toBeLessThanOrEqual(50);
});

describe('the server on real Node', () => {
  function server(env: Record<string, string> = {}): Program {
    const program = start('retry-storm/server.ts', { PORT: '0', SERVICE_MS: '1', ...env });
    closers.push(() => program.end());
    return program;
  }

  test('does work, and says what it does not do', async () => {
    const port = await portOf(server());
    const answers = await Promise.all([
      ask(port, '/work?id=1'),
      ask(port, '/nothing'),
      ask(port, '/work', { method: 'POST' }),
    ]);
    expect(answers.map(({ status, body }) => [status, body.toString()])).toEqual([
      [200, '200: done\n'],
      [404, '404: no /nothing here\n'],
      [405, '405: only GET here\n'],
    ]);
  });

  test('refuses at once who would wait behind a full line', async () => {
    const port = await portOf(server({ SERVICE_MS: '600000', QUEUE_MAX: '2' }));
    const statuses: number[] = [];
    // One is being served and two wait, so two of the five have their answer; the others get none.
    await new Promise<void>((resolve) => {
      for (const id of [1, 2, 3, 4, 5])
        void ask(port, `/work?id=${id}`).then(
          ({ status }) => statuses.push(status) === 2 && resolve(),
          () => {},
        );
    });
    expect(statuses).toEqual([503, 503]);
  });
});

test('a layer on real Node asks as often as the rules say, and passes on how it ended', async () => {
  let asked = 0;
  const { port: below } = await rulesFor((request, response) => {
    asked++;
    response.writeHead(request.url === '/work?id=1' ? 503 : 404).end();
  });
  const env = { PORT: '0', TARGET: `127.0.0.1:${below}`, ATTEMPTS: '4', TIMEOUT_MS: '5000' };
  const layer = start('retry-storm/layer.ts', env);
  closers.push(() => layer.end());
  const port = await portOf(layer);
  const said = async (path: string) => {
    const { status, body } = await ask(port, path);
    return `${status} ${body.toString().trim()}, asked ${asked}`;
  };
  expect(await said('/health')).toBe('200 200: well, asked 0');
  expect(await said('/work?id=1')).toBe('503 503: the next layer failed, asked 4');
  expect(await said('/work?id=2')).toBe('404 404: as the next layer says, asked 5');
});

/** What a reader would do with the server, waiting for each answer. */
async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  const say = async (line: string): Promise<void> => {
    await cluster.act({ do: 'input', machine: 'asker', text: `${line}\n` });
    transcript.push(JSON.stringify(await cluster.said()));
  };
  await cluster.log('server', /listens/);
  for (const line of ['GET /work?id=1', 'GET /health', 'GET /nothing', 'POST /work?id=2']) await say(line);
  await cluster.act({ do: 'input', machine: 'server', text: '{"failing": 2}\n' });
  transcript.push((await cluster.log('server', /^dials:/)).trim());
  await cluster.act({ do: 'kill', machine: 'server' });
  await say('GET /work?id=3');
  await cluster.act({ do: 'restart', machine: 'server' });
  await cluster.log('server', /listens/);
  await say('GET /work?id=4');
  return transcript;
}

test('the same transcript in the data center and on real Node', async () => {
  const sandbox = loadSandbox('retry-storm', { ...textsBelow('.'), 'retry-storm/asker.mjs': asker });
  const spec = runSpec(sandbox, { seed: 4711 });
  const machines = [
    ...spec.cluster.machines.filter(({ name }) => name === 'server'),
    { name: 'asker', program: 'asker.mjs', stdin: 'open', env: { TARGET: `\${server:80}` } } as const,
  ];
  const { simulated, real } = await bothTranscripts(
    { ...spec, cluster: { ...spec.cluster, machines } },
    play,
  );
  expect(simulated).toHaveLength(7);
  expect(simulated[5]).toContain('ECONNREFUSED');
  expect(real).toEqual(simulated);
}, 60_000);

describe('the judge of `budget`', () => {
  /** Each word is a request by its number, in the order in which attempts reach a server that fails them all. */
  function verdict(attempts: readonly number[]): string {
    const events: TraceEvent[] = [];
    for (const id of attempts)
      for (const phase of ['start', 'end'] as const)
        events.push({
          kind: 'http',
          seq: events.length,
          atNs: events.length * 1e6,
          machine: 'server',
          side: 'server',
          phase,
          id: 0,
          method: 'GET',
          url: `/work?id=${id}`,
          peer: 'clients',
          ...(phase === 'end' ? { status: 503 } : {}),
        });
    const findings = check.judge({ seed: 1, untilNs: 1e12, events });
    return findings.find(({ pass }) => !pass)?.feedback ?? 'kept';
  }
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test('keeps quiet where ten saved retries are spent and no more', () => {
    expect(verdict([...numbers(1, 5).flatMap((id) => [id, id, id]), ...numbers(6, 12)])).toBe('kept');
  });
  test('tells what is wrong apart', () => {
    expect(verdict(numbers(1, 20).flatMap((id) => [id, id, id]))).toBe('no-budget');
    expect(verdict(numbers(1, 20).flatMap((id) => [id, id]))).toBe('cap-only');
    expect(verdict(numbers(1, 20))).toBe('stingy');
    expect(verdict(numbers(1, 20).filter((id) => id !== 7))).toBe('first-refused');
    expect(verdict([])).toBe('first-refused');
    const spent = numbers(1, 5).flatMap((id) => [id, id, id]);
    expect(verdict([...spent, ...numbers(6, 12), 6, 7, ...numbers(13, 15)])).toBe('by-time');
    const calm = numbers(1, 100);
    const late = numbers(101, 120);
    expect(verdict([...calm, ...late, ...late.slice(0, 14)])).toBe('saved-up');
  });
});
