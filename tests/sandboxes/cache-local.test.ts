// The cache as a real process, asked by real clients over real sockets: redis-cli, ioredis, and raw bytes beside them.
// And the whole sandbox: the same deeds in the data center and on real Node, with the same answers. Waits for lines and
// replies, never for time. Where redis-cli is not installed, its tests say so in their names and are skipped.
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { asker, bothTranscripts } from './parity.ts';
import { type Program, portOf, start } from './processes.ts';
import { textsBelow } from './read.ts';

const hasRedisCli = spawnSync('redis-cli', ['--version']).status === 0;
const why = hasRedisCli ? '' : ' (skipped: redis-cli is not installed)';
let cache: Program;
let port: number;

beforeAll(async () => {
  cache = start('cache/cache.ts', { PORT: '0', ENTRIES: '1000' });
  port = await portOf(cache);
});
afterAll(() => cache.end());

/** Sends the bytes and gives everything that comes until the cache closes. */
async function raw(text: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  let said = '';
  socket.on('data', (piece: Buffer) => {
    said += piece.toString('latin1');
  });
  socket.write(text);
  await once(socket, 'close');
  return said;
}

describe('redis-cli', () => {
  const run = promisify(execFile);
  const cli = async (...words: string[]): Promise<string> =>
    (await run('redis-cli', ['-p', String(port), '--no-raw', ...words])).stdout.trim();

  test.runIf(hasRedisCli)(`shows what the commands reply${why}`, async () => {
    expect(await cli('SET', 'cli', 'a b')).toBe('OK');
    expect(await cli('GET', 'cli')).toBe('"a b"');
    expect(await cli('SET', 'cli', 'c', 'NX', 'GET')).toBe('"a b"');
    expect(await cli('INCR', 'cli')).toBe('(error) ERR value is not an integer or out of range');
    expect(await cli('GET')).toBe("(error) ERR wrong number of arguments for 'get' command");
    expect(await cli('MGET', 'cli', 'none')).toBe('1) "a b"\n2) (nil)');
    expect(await cli('EXPIRE', 'cli', '100')).toBe('(integer) 1');
  });

  test.runIf(hasRedisCli)(`speaks RESP3 with it${why}`, async () => {
    const hello = await cli('-3', 'HELLO', '3');
    expect(hello).toContain('3# "proto" => (integer) 3');
    expect(await cli('-3', 'GET', 'none')).toBe('(nil)');
    expect(await cli('-3', 'CONFIG', 'GET', 'maxentries')).toBe('1# "maxentries" => "1000"');
  });
  test.skipIf(hasRedisCli)(`is not asked${why}`, () => {});
});

describe('ioredis', () => {
  test('pipelines, scans, and is not disturbed by neighbors who talk nonsense', async () => {
    const redis = new Redis({ host: '127.0.0.1', port, lazyConnect: true });
    try {
      await redis.connect();
      const pipeline = redis.pipeline();
      for (let index = 0; index < 500; index++)
        pipeline.set(`io:${index}`, Buffer.from([index % 256, 13, 10]), 'EX', 60);
      expect((await pipeline.exec())?.every(([problem, reply]) => problem === null && reply === 'OK')).toBe(
        true,
      );
      expect(await redis.getBuffer('io:200')).toEqual(Buffer.from([200, 13, 10]));
      const found: string[] = [];
      for await (const page of redis.scanStream({ match: 'io:*', count: 50 }))
        found.push(...(page as string[]));
      expect(new Set(found).size).toBe(500);
      expect(await raw('*1\r\n$nonsense\r\n')).toBe('-ERR Protocol error: invalid bulk length\r\n');
      expect(await raw('PING\r\nPOST / HTTP/1.1\r\n')).toBe('+PONG\r\n');
      await expect(redis.call('NOPE', 'a')).rejects.toThrow(
        "ERR unknown command 'NOPE', with args beginning with: 'a' ",
      );
      expect(await redis.flushall()).toBe('OK');
    } finally {
      redis.disconnect();
    }
  });
});

function shopSpec(): RunSpec {
  const texts = { ...textsBelow('.'), 'cache/asker.mjs': asker };
  const sandbox = loadSandbox('cache', texts);
  const env = { shop: { WRITES: 'through' }, database: { LOAD_MS: '5' } };
  const spec = runSpec(sandbox, { seed: 4711, env });
  const others = spec.cluster.machines.filter(({ name }) => name !== 'clients' && name !== 'bench');
  const machines = [
    ...others,
    { name: 'asker', program: 'asker.mjs', stdin: 'open', env: { TARGET: `\${shop:80}` } } as const,
  ];
  return { ...spec, cluster: { ...spec.cluster, machines } };
}

/** Hits, misses, wrong questions, then without a cache and without a database. */
async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  const ask = async (...lines: string[]): Promise<void> => {
    for (const line of lines) {
      await cluster.act({ do: 'input', machine: 'asker', text: `${line}\n` });
      transcript.push(JSON.stringify(await cluster.said()));
    }
  };
  for (const machine of ['database', 'shop', 'cache']) {
    const says = (event: TraceEvent) =>
      event.kind === 'log' && event.machine === machine && / on port /.test(event.text) ? true : undefined;
    await cluster.any(says, `${machine} to listen`);
  }
  await ask('GET /item?id=1', 'GET /item?id=1', 'GET /item?id=2', 'POST /order?id=1');
  await ask('GET /item?id=0', 'GET /item', 'GET /nothing', 'POST /item?id=1');
  await cluster.act({ do: 'kill', machine: 'database' });
  await ask('GET /item?id=1', 'GET /item?id=3', 'POST /order?id=2');
  await cluster.act({ do: 'kill', machine: 'cache' });
  await ask('GET /item?id=1');
  await cluster.act({ do: 'restart', machine: 'database' });
  await cluster.log('database', /listens on port/);
  await ask('GET /item?id=1', 'GET /item?id=1', 'POST /order?id=3');
  return transcript;
}

test('the shop: the same transcript in the data center and on real Node', async () => {
  const { simulated, real } = await bothTranscripts(shopSpec(), play);
  const statuses = simulated.map((line) => (JSON.parse(line) as { status: number }).status);
  expect(statuses).toEqual([200, 200, 200, 201, 400, 400, 404, 404, 200, 502, 502, 502, 200, 200, 201]);
  expect(real).toEqual(simulated);
}, 60_000);
