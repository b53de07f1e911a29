// The sandbox shared-hosting as real processes: curl and raw bytes against its server, the same transcript as in the data
// center, and programs that lie to the judge of its exercise. Waits for lines and connections, never for time.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { accessSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../sandboxes/shared-hosting/exercises/fair-queue/check.ts';
import { judgeSeed } from '../../src/runtime/exercise.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { bothTranscripts } from './parity.ts';
import { type Program, portOf, start } from './processes.ts';
import { sandboxFromDisk, textsBelow } from './read.ts';

const hasCurl = (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
  try {
    accessSync(join(folder, 'curl'));
    return true;
  } catch {
    return false;
  }
});

let server: Program;
let port: number;
beforeAll(async () => {
  server = start('shared-hosting/server.ts', { PORT: '0', PAGE_MS: '1' });
  port = await portOf(server);
});
afterAll(() => server.end());

/** What comes back for these bytes until the server closes the connection, as `Connection: close` tells it to. */
async function answerTo(bytes: string, thatIsAll = false): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part)).on('error', () => {});
  if (thatIsAll) socket.end(bytes);
  else socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(parts).toString('latin1');
}
const statusOf = (answer: string) => /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none';
const get = (url: string, ...lines: string[]) =>
  `GET ${url} HTTP/1.1\r\n${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`;

describe.skipIf(!hasCurl)(`curl${hasCurl ? '' : ' (skipped: no curl on the PATH)'}`, () => {
  const curl = async (...args: string[]) => (await promisify(execFile)('curl', ['-s', ...args])).stdout;

  test('finds a site by the Host header and by the name in the URL', async () => {
    const at = `http://127.0.0.1:${port}/page/7`;
    expect(await curl('-H', 'Host: bread.example', at)).toBe('bread.example/page/7\n');
    expect(
      await curl('--resolve', `ants.example:${port}:127.0.0.1`, `http://ants.example:${port}/page/7`),
    ).toBe('ants.example/page/7\n');
    expect(await curl('-x', `127.0.0.1:${port}`, 'http://jazz.example/page/7')).toBe('jazz.example/page/7\n');
  });

  test('gets the list of sites at the server’s own name, and with HTTP/1.0 without any', async () => {
    const list = `Sites on this server:\nants.example\n`;
    expect(await curl(`http://127.0.0.1:${port}/`)).toContain(list);
    expect(await curl('--http1.0', '-H', 'Host:', `http://127.0.0.1:${port}/`)).toContain(list);
  });

  test('is told what is wrong with a request', async () => {
    const status = (...args: string[]) =>
      curl('-o', '/dev/null', '-w', '%{http_code} %header{allow}', ...args);
    const at = `http://127.0.0.1:${port}`;
    expect([
      await status('-H', 'Host: nobody.example', at),
      await status('-H', 'Host:', at),
      await status('-H', 'Host: ants.example', `${at}/pages/7`),
      await status('-H', 'Host: ants.example', '-d', 'x=1', `${at}/page/7`),
      await status('-H', 'Host: ants.example', '-I', `${at}/page/7`),
    ]).toEqual(['421 ', '400 ', '404 ', '405 GET, HEAD', '200 ']);
  });
});

describe('bytes', () => {
  test('a Host header that is missing, twice or no name is answered 400; a whole target outranks it', async () => {
    expect(statusOf(await answerTo(get('/page/7')))).toBe('400');
    expect(statusOf(await answerTo(get('/page/7', 'Host: ants.example', 'Host: bread.example')))).toBe('400');
    expect(statusOf(await answerTo(get('/page/7', 'Host: ants.example:80:80')))).toBe('400');
    expect(await answerTo(get('http://bread.example/page/7', 'Host: ants.example'))).toMatch(
      /bread\.example\/page\/7\n$/,
    );
  });

  test('400 hostile messages: an error of HTTP or silence, and the next client is served', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        'Host: ants.example',
        'Host:',
        'Content-Length: -1',
        'Transfer-Encoding: chunked',
        ' folded',
        'a:b\u0000',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 20 }),
    );
    const first = fc.oneof(
      fc.constantFrom(
        'GET /page/7 HTTP/1.1',
        'GET /page/99999999999999999999 HTTP/1.1',
        'GET * HTTP/1.1',
        'POST / HTTP/1.1',
        'CONNECT a:1 HTTP/1.1',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 30 }),
    );
    const message = fc
      .tuple(first, fc.array(line, { maxLength: 5 }))
      .map(([head, lines]) => `${[head, ...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 20, maxLength: 20 }), async (messages) => {
        const answers = await Promise.all(messages.map((bytes) => answerTo(bytes, true)));
        for (const answer of answers) expect(statusOf(answer)).toMatch(/^(200|400|404|405|421|431|none)$/);
        expect(statusOf(await answerTo(get('/page/7', 'Host: jazz.example')))).toBe('200');
      }),
      { numRuns: 20 },
    );
  });
});

/** Asks `METHOD URL HOST`, a line after another; `-` for no Host header. Publishes on `brownout:said`. */
const asker = `
import { channel } from 'node:diagnostics_channel';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
const [host, port] = process.env.TARGET.split(':');
const said = channel('brownout:said');
createInterface({ input: process.stdin }).on('line', (line) => {
  const [method, path, name] = line.split(' ');
  const headers = name === '-' ? {} : { host: name };
  const asking = request({ host, port, path, method, headers, setHost: false, agent: false }, async (answer) => {
    let text = '';
    for await (const part of answer) text += part;
    said.publish({ asked: line, status: answer.statusCode, allow: answer.headers.allow ?? '', text: text.trim() });
  });
  asking.on('error', (error) => said.publish({ asked: line, error: error.code }));
  asking.end();
});
`;

function withAsker(): RunSpec {
  const sandbox = loadSandbox('shared-hosting', { ...textsBelow('.'), 'shared-hosting/asker.mjs': asker });
  const spec = runSpec(sandbox, { seed: 4711 });
  const machines = spec.cluster.machines.filter(({ name }) => name === 'server');
  const asks = {
    name: 'asker',
    program: 'asker.mjs',
    stdin: 'open',
    env: { TARGET: `\${server:80}` },
  } as const;
  return { ...spec, cluster: { ...spec.cluster, machines: [...machines, asks] } };
}

async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  const ask = async (line: string): Promise<void> => {
    await cluster.act({ do: 'input', machine: 'asker', text: `${line}\n` });
    transcript.push(JSON.stringify(await cluster.said()));
  };
  await cluster.log('server', /serves 10 sites/);
  for (const line of ['fifo', 'quota', 'fair', 'mine']) {
    await cluster.act({ do: 'input', machine: 'server', text: `{"line":"${line}"}\n` });
    await ask('GET /page/7 bread.example');
    await ask('GET /report/5?id=1 JAZZ.example.:80');
  }
  await cluster.act({ do: 'input', machine: 'server', text: '{"line":"lifo"}\n' });
  transcript.push((await cluster.log('server', /dials:/)).trim());
  for (const rest of [
    '/ server',
    '/ nobody.example',
    '/page/7 -',
    '/page/7 a/b',
    'http://eels.example/page/3 x',
  ])
    await ask(`GET ${rest}`);
  await ask('DELETE /page/7 ants.example');
  await ask('GET /nothing ants.example');
  return transcript;
}

test('the same transcript in the data center and on real Node', async () => {
  const { simulated, real } = await bothTranscripts(withAsker(), play);
  expect(simulated).toHaveLength(16);
  expect(real).toEqual(simulated);
}, 60_000);

/** One line for everybody, and lies about it: work that costs nothing, requests and answers that nobody knows of. */
const liar = `import { channel } from 'node:diagnostics_channel';
let ahead = 0;
const now = performance.now.bind(performance);
performance.now = () => now() + (ahead += 10);
setInterval(() => {
  for (let id = 1; id < 400; id++) {
    channel('brownout:asked').publish({ id, site: 'ants.example', page: 1, busy: true });
    channel('http.client.request.start').publish({ request: { method: 'GET', path: '/page/1?id=' + id, host: 'server' } });
  }
}, 100);
export function mine() {
  const waiting = [];
  return { put: (job) => waiting.push(job) > 0, take: () => waiting.shift() };
}
`;

test('who answers without the work, and forges what was asked, is found out', async () => {
  const runtime = datacenterRuntime();
  try {
    const sandbox = sandboxFromDisk('shared-hosting');
    const work = {
      runtime,
      sandbox,
      exercise: 'fair-queue',
      check,
      edits: { 'shared-hosting/mine.ts': liar },
    };
    const broken = (await judgeSeed(work, 1)).filter(({ pass }) => !pass);
    expect(broken.map(({ feedback }) => feedback)).toEqual(['without-work']);
  } finally {
    await runtime.close();
  }
});
