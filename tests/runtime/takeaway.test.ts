// The folder that a reader takes away: its zip, unpacked as others would, run by Node alone with nothing beside it.
// Waits for lines and processes, never for time; what it starts it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { takeawayFiles, withVersion } from '../../src/runtime/takeaway.ts';
import { crc32, zipOf } from '../../src/runtime/zip.ts';
import { folderOf } from '../cli/command-line.ts';
import { ask } from '../sandboxes/processes.ts';
import { textsBelow } from '../sandboxes/read.ts';

const temporary = folderOf({});
afterAll(temporary.remove);

const originals = takeawayFiles('load-balancer', textsBelow('.'), readFileSync('LICENSE', 'utf8'));
const app = originals['load-balancer/app.ts'] ?? '';
const mine = withVersion(originals, {
  'load-balancer/app.ts': app.replace('by: name', "by: name, mine: 'ü'"),
});

/** Files of a zip as its directory names them, whatever lies between. */
function unzipped(zip: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end)).toBe(0x06054b50);
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, size, nameLength] = [20, 24, 28].map((field) => zip.readUInt32LE(at + field));
    const length = (nameLength ?? 0) & 0xffff;
    const name = zip.toString('utf8', at + 46, at + 46 + length);
    const local = zip.readUInt32LE(at + 42);
    const begin = local + 30 + zip.readUInt16LE(local + 26);
    const content = zip.subarray(begin, begin + (packed ?? 0));
    const plain = zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content;
    expect([plain.length, crc32(plain)]).toEqual([size, zip.readUInt32LE(at + 16)]);
    files[name] = plain.toString('utf8');
    at += 46 + length;
  }
  return files;
}

test('the zip holds the version of the reader and no more than it needs, in equal bytes', async () => {
  expect(crc32(new TextEncoder().encode('123456789')), 'the check value of CRC-32').toBe(0xcbf43926);
  const zip = await zipOf('taken', mine);
  expect(await zipOf('taken', mine)).toEqual(zip);
  const files = unzipped(Buffer.from(zip));
  expect(files).toEqual(
    Object.fromEntries(Object.entries(mine).map(([path, text]) => [`taken/${path}`, text])),
  );
  expect(Object.keys(mine)).toEqual(
    expect.arrayContaining(['README.md', 'run.mjs', 'load-balancer/cluster.json', '_shared/random.ts']),
  );
  expect(Object.keys(mine).filter((path) => /exercises|scenarios|_take|outage/.test(path))).toEqual([]);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(temporary.path, path)), { recursive: true });
    writeFileSync(join(temporary.path, path), text);
  }
});

test('node run.mjs runs it, breaks it by what is typed, and leaves no process behind', async () => {
  const child = spawn(process.execPath, ['run.mjs', String(await freePort())], {
    cwd: join(temporary.path, 'taken'),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let more = Promise.withResolvers<void>();
  const tell = (): void => {
    more.resolve();
    more = Promise.withResolvers();
  };
  const output = createInterface({ input: child.stdout });
  let isOver = false;
  output.on('line', (text) => {
    lines.push(text);
    tell();
  });
  output.on('close', () => {
    isOver = true;
    tell();
  });
  const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = lines.map((each) => pattern.exec(each)).find((match) => match !== null);
      if (found !== undefined) return found;
      if (isOver) throw new Error(`expected ${pattern}, found:\n${lines.join('\n')}`);
      await more.promise;
    }
  };
  const type = (text: string): void => void child.stdin.write(`${text}\n`);
  const port = Number((await line(/^balancer +\| balancer\.ts +127\.0\.0\.1:(\d+)$/))[1]);
  expect((await line(/curl -i http:\/\/127\.0\.0\.1:(\d+)\/item/))[1]).toBe(String(port));
  for (const name of ['app1', 'app2', 'app3']) await line(new RegExp(`\\| ${name} is in rotation`));
  const before = await ask(port, '/item?id=1');
  expect([before.status, JSON.parse(before.body.toString())]).toMatchObject([200, { item: 1, mine: 'ü' }]);
  type('clients {"ratePerSecond": 1001}');
  await line(/^clients +\| dials: expected a number from 1 to 1000, found/);
  // Else a busy computer could not answer in time.
  type('clients {"ratePerSecond": 1}');
  type('nobody x');
  await line(/^'nobody x'\? kill NAME/);
  type('kill app2');
  await line(/^app2 +\| \(ended by SIGKILL/);
  const after = [];
  for (let id = 2; id < 8; id++) after.push(await ask(port, `/item?id=${id}`));
  const served = after.filter(({ status }) => status === 200).map(({ by }) => by);
  expect(served).toContainEqual(expect.stringMatching(/^app[13]$/));
  expect(served).not.toContain('app2');
  type('restart app2');
  await line(/^app2 +\| app2 listens on port/);
  type('freeze app1');
  await line(/^app1 +\| \(frozen/);
  child.kill('SIGINT');
  await once(child, 'close');
  const places = lines.flatMap((each) => /\.ts +127\.0\.0\.1:(\d+)$/.exec(each)?.[1] ?? []).map(Number);
  expect(places).toHaveLength(4);
  // The system takes a moment to end what was killed; whatever lived on, even frozen, would go on listening.
  for (const each of places) while (await isListening(each)) await setImmediate();
}, 30_000);

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const listens = await once(socket, 'connect').then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ECONNREFUSED',
  );
  socket.on('error', () => {}).destroy();
  return listens;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}
