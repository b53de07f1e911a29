// scale-out as real Node processes: the store's conditional requests (curl among the clients), what it answers to
// nonsense, four real processes that sell from one book, shops that die. And the same transcript in the data center.
// Waits for lines and connections; kills only what it started.
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { asker, bothTranscripts } from './parity.ts';
import { ask, type Program, portOf, start } from './processes.ts';
import { textsBelow } from './read.ts';

const started: Program[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.end()));
});

async function run(file: string, env: Record<string, string>): Promise<{ program: Program; port: number }> {
  const program = start(`scale-out/${file}`, {
    PORT: '0',
    SERVICE_MS: '0',
    PAY_MS: '0',
    STORE_MS: '0',
    ...env,
  });
  started.push(program);
  return { program, port: await portOf(program) };
}

async function said(port: number, method: string, path: string, ifMatch?: string): Promise<string> {
  const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
  const { status, body } = await ask(port, path, { method, headers });
  return `${status} ${body.toString().trim()}`.trim();
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const why = hasCurl ? '' : ' (skipped: curl is not installed, apt-get install curl)';

describe('the store', () => {
  test('sells on a condition, once for each order', async () => {
    const { port } = await run('store.ts', { SEATS: '2' });
    const { headers, body } = await ask(port, '/seats');
    expect([headers.etag, body.toString()]).toEqual(['"0"', '2\n']);
    expect(await said(port, 'PUT', '/orders/7', '"0"')).toBe('201 sold');
    expect(await said(port, 'PUT', '/orders/8', '"0"')).toBe('412 the book is at "1"');
    expect(await said(port, 'PUT', '/orders/7', '"0"')).toBe('200 sold');
    expect(await said(port, 'GET', '/orders/7')).toBe('200');
    expect(await said(port, 'GET', '/orders/8')).toBe('404');
    expect(await said(port, 'PUT', '/orders/8', '"5", "1"')).toBe('201 sold');
    expect(await said(port, 'PUT', '/orders/9', '*')).toBe('201 sold');
    expect(await said(port, 'GET', '/seats')).toBe('200 -1');
    expect(await said(port, 'POST', '/lock')).toBe('201');
    expect(await said(port, 'POST', '/lock')).toBe('423 somebody has it');
    expect(await said(port, 'DELETE', '/lock')).toBe('204');
  });

  test('answers nonsense with an error of its own, and sells on', async () => {
    const { port } = await run('store.ts', { SEATS: '2' });
    expect(await said(port, 'PUT', '/orders/0')).toBe('400 expected /orders/ and a whole number');
    expect(await said(port, 'PUT', '/orders/1e3')).toBe('400 expected /orders/ and a whole number');
    expect(await said(port, 'GET', '/everything')).toBe('404 no /everything here');
    const { status, headers } = await ask(port, '/orders/3', { method: 'DELETE' });
    expect([status, headers.allow]).toEqual([405, 'GET, PUT']);
    const anything = fc.record({
      method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'),
      path: fc.string({ maxLength: 40 }).map((text) => `/orders/x${encodeURIComponent(text.toWellFormed())}`),
      ifMatch: fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?')),
    });
    await fc.assert(
      fc.asyncProperty(anything, async ({ method, path, ifMatch }) => {
        expect(await said(port, method, path, ifMatch)).toBe('400 expected /orders/ and a whole number');
      }),
      { numRuns: 60 },
    );
    expect(await said(port, 'GET', '/seats')).toBe('200 2');
  });

  test.skipIf(!hasCurl)(`speaks conditional HTTP with curl${why}`, async () => {
    const { port } = await run('store.ts', { SEATS: '5' });
    const curl = async (...args: string[]) =>
      (await promisify(execFile)('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', ...args])).stdout;
    const url = `http://127.0.0.1:${port}/orders`;
    expect(await curl('-X', 'PUT', '-H', 'If-Match: "0"', `${url}/1`)).toBe('201');
    expect(await curl('-X', 'PUT', '-H', 'If-Match: "0"', `${url}/2`)).toBe('412');
    expect(await curl(`${url}/1`)).toBe('200');
  });
});

describe('the shops', () => {
  test('four processes on one machine sell exactly what is there', async () => {
    const { port } = await run('big.ts', { SEATS: '25', WORKERS: '4' });
    const orders = Array.from({ length: 60 }, (_, index) => `/order?id=${index + 1}`);
    const answers = await Promise.all(orders.map((path) => ask(port, path, { method: 'POST' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 25 }, () => 201),
      ...Array.from({ length: 35 }, () => 409),
    ]);
  });

  test('three with a book each sell every seat three times; one that dies is passed over', async () => {
    const shops = await Promise.all(
      ['shop1', 'shop2', 'shop3'].map((MACHINE) => run('shop.ts', { MACHINE, BOOK: 'here', SEATS: '2' })),
    );
    const SHOPS = shops.map(({ port }, index) => `shop${index + 1}=127.0.0.1:${port}`).join(' ');
    const { port } = await run('balancer.ts', { SHOPS });
    const statuses: number[] = [];
    for (let id = 1; id <= 8; id++)
      statuses.push((await ask(port, `/order?id=${id}`, { method: 'POST' })).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 409, 409]);
    await shops[2]?.program.end();
    const by: string[] = [];
    for (let id = 9; id <= 12; id++) by.push((await ask(port, `/order?id=${id}`, { method: 'POST' })).by);
    expect([...new Set(by)].sort()).toEqual(['shop1', 'shop2']);
  });

  test('say what they do not take, and that the store is silent', async () => {
    const store = await run('store.ts', { SEATS: '2' });
    const { port } = await run('shop.ts', {
      MACHINE: 'shop1',
      BOOK: 'store',
      STORE: `127.0.0.1:${store.port}`,
    });
    expect(await said(port, 'POST', '/order?id=x')).toBe('400 {"error":"expected ?id= and a whole number"}');
    expect(await said(port, 'GET', '/order?id=1')).toBe('404 {"error":"no GET /order here"}');
    expect(await said(port, 'POST', '/order?id=1')).toBe('201 {"order":1,"said":"sold","by":"shop1"}');
    await store.program.end();
    expect(await said(port, 'POST', '/order?id=2')).toMatch(
      /^503 .*the store did not answer: ECONN(REFUSED|RESET)/,
    );
  });
});

/** Few machines, so that a real run starts soon; everything that is asked goes through the balancer. */
function fewSeats(): RunSpec {
  const sandbox = loadSandbox('scale-out', { ...textsBelow('.'), 'scale-out/asker.mjs': asker });
  const fast = { SERVICE_MS: '0', PAY_MS: '0' };
  const env = {
    shop1: fast,
    shop2: fast,
    store: { SEATS: '3' },
    balancer: { SHOPS: `shop1=\${shop1:80} shop2=\${shop2:80}` },
  };
  const spec = runSpec(sandbox, { seed: 4711, env });
  const kept = spec.cluster.machines.filter(({ name }) =>
    ['balancer', 'shop1', 'shop2', 'store'].includes(name),
  );
  const place = {
    name: 'asker',
    program: 'asker.mjs',
    stdin: 'open',
    env: { TARGET: `\${balancer:80}` },
  } as const;
  const { links: _, ...cluster } = spec.cluster;
  return { ...spec, cluster: { ...cluster, machines: [...kept, place] } };
}

async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  const say = async (what: string): Promise<void> => {
    await cluster.act({ do: 'input', machine: 'asker', text: `${what}\n` });
    transcript.push(JSON.stringify(await cluster.said()));
  };
  for (const machine of ['store', 'shop1', 'shop2', 'balancer']) {
    const ready = (event: TraceEvent) =>
      event.kind === 'log' && event.machine === machine && /on port \d/.test(event.text) ? event : undefined;
    await cluster.any(ready, `${machine} to listen`);
  }
  for (const id of [1, 2, 3, 4]) await say(`POST /order?id=${id}`);
  await say('POST /order?id=nobody');
  await cluster.act({ do: 'kill', machine: 'shop2' });
  for (const id of [5, 6]) await say(`POST /order?id=${id}`);
  await cluster.act({ do: 'kill', machine: 'shop1' });
  await say('POST /order?id=7');
  return transcript;
}

test('scale-out: the same transcript in the data center and on real Node', async () => {
  const { simulated, real } = await bothTranscripts(fewSeats(), play);
  expect(simulated).toHaveLength(8);
  expect(simulated.at(-1)).toContain('no shop takes connections');
  expect(real).toEqual(simulated);
}, 60_000);
