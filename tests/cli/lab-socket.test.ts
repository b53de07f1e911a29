// The socket of `brownout lab`, asked as a page asks and as strangers would: who gets in, what they may order, and that
// two pages see one run. Waits for messages, never for time.
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { EventLog } from '../../src/cli/lab/event-log.ts';
import { Followed } from '../../src/cli/lab/followed.ts';
import { type LabPage, openPage } from '../../src/cli/lab/page.ts';
import { BURST, MESSAGE_BYTES_MAX } from '../../src/cli/lab/socket.ts';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { localRuntime } from '../../src/runtime/local.ts';
import type { Answer, RealBatch } from '../../src/runtime/supervisor/lines.ts';
import { readAnswer } from '../../src/runtime/supervisor-messages.ts';
import { two } from '../runtime/local/cluster.ts';
import { folderOf } from './command-line.ts';

const site = folderOf({
  _headers: "/*\n  content-security-policy: default-src 'self'\n",
  'index.html': 'the site',
  '404.html': 'none',
});
let edited: Record<string, string> = {};
let run: Followed;
let page: LabPage;
let over: Promise<unknown>;

beforeAll(async () => {
  page = await openPage(site.path, undefined);
  const changed = () => Promise.resolve(edited);
  run = new Followed(await localRuntime().boot(two), { folder: '/home/reader/two', changed });
  over = run.follow().catch((problem: unknown) => problem);
  page.join(run);
});
afterAll(async () => {
  page.close();
  await run.stop();
  await over;
  site.remove();
});

const own = () => `http://localhost:${page.port}`;
interface Asked {
  readonly path?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
function open({ path = '/lab-socket', token = page.token, headers = { origin: own() } }: Asked = {}) {
  return new WebSocket(`ws://localhost:${page.port}${path}?token=${token}`, { headers });
}

/** How a stranger is refused: status and words. */
async function refusal(asked: Asked): Promise<string> {
  const socket = open(asked).on('error', () => {});
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    socket.on('unexpected-response', (_, answer) => resolve(answer));
    socket.on('open', () => reject(new Error('expected a refusal, found an open socket')));
  });
  return `${response.statusCode}: ${await text(response)}`;
}

/** A page that has joined or not: orders out, answers in. */
class Visitor {
  readonly socket = open();
  readonly events: TraceEvent[] = [];
  readonly closed = once(this.socket as never, 'close') as Promise<[number, Buffer]>;
  readonly #answers = new Map<number, (answer: Answer) => void>();
  #call = 0;
  nowNs = 0;

  constructor() {
    this.socket.on('message', (bytes) => {
      const answer = readAnswer(bytes.toString());
      if (answer === null) throw new Error(`expected an answer, found ${bytes.toString().slice(0, 200)}`);
      this.#answers.get(answer.call)?.(answer);
    });
  }

  async order(body: object): Promise<Answer> {
    await this.#isOpen;
    const call = ++this.#call;
    const answer = await new Promise<Answer>((resolve) => {
      this.#answers.set(call, resolve);
      this.socket.send(JSON.stringify({ call, ...body }));
    });
    if ('batch' in answer) {
      this.events.push(...answer.batch.events);
      this.nowNs = answer.batch.nowNs;
    }
    return answer;
  }

  readonly #isOpen = new Promise<void>((resolve) => this.socket.on('open', resolve));

  async until(what: (event: TraceEvent) => boolean): Promise<TraceEvent> {
    for (;;) {
      const found = this.events.find(what);
      if (found !== undefined) return found;
      await this.order({ do: 'advance', atNs: this.nowNs + 1 });
    }
  }

  async leave(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

const boot = { do: 'boot', cluster: 'x', sandbox: 'x', seed: 0, actions: [], folder: '/', freezes: 'links' };
const said = (pattern: RegExp) => (event: TraceEvent) => event.kind === 'log' && pattern.test(event.text);

test('strangers are refused before they are a socket: path, name, page, token', async () => {
  const { port } = page;
  const fix = 'open the address that `brownout lab` printed';
  const host = (name: string) => ({ origin: `http://${name}`, host: name });
  expect(await refusal({ path: '/other' })).toBe('404: expected /lab-socket, found /other: ask there\n');
  for (const name of ['evil.test', `evil.test:${port}`, 'localhost', `localhost:${port + 1}`])
    expect(await refusal({ headers: host(name) })).toBe(
      `403: expected Host localhost:${port}, found ${name}: ${fix}\n`,
    );
  for (const origin of ['http://evil.test', 'null', `https://localhost:${port}`, `http://127.0.0.1:${port}`])
    expect(await refusal({ headers: { origin } })).toBe(
      `403: expected Origin ${own()}, found ${origin}: use the page that is served here\n`,
    );
  expect(await refusal({ headers: {} })).toMatch(/^403: expected Origin .*, found none: /);
  expect(await refusal({ token: '' })).toMatch(/^401: expected the token that .* printed, found none: /);
  for (const token of ['0'.repeat(32), page.token.slice(1), `${page.token}0`, 'ü'.repeat(16)])
    expect(await refusal({ token })).toMatch(/^401: expected the token .*, found another: /);
});

test('the site has its headers, and is not served by another name', async () => {
  const asked = async (headers: Readonly<Record<string, string>>) => {
    const outgoing = request({ host: '127.0.0.1', port: page.port, headers }).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    return [answer.statusCode, answer.headers['content-security-policy'], await text(answer)];
  };
  expect(await asked({})).toEqual([200, "default-src 'self'", 'the site']);
  expect(await asked({ host: 'evil.test' })).toEqual([
    403,
    undefined,
    expect.stringMatching(/^expected Host localhost:\d+, found evil\.test: /),
  ]);
});

test('a page joins, orders deeds, is refused edits with what to do, and leaves the run alone', async () => {
  const visitor = new Visitor();
  expect(await visitor.order({ do: 'advance', atNs: 1 })).toMatchObject({ failed: 'expected a boot first' });
  expect(await visitor.order(boot)).toMatchObject({ places: run.places, batch: { leftOut: 0 } });
  expect(run.places).toEqual({ 'server:80': expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  await visitor.until(said(/^ready/));
  const act = (deed: object) => visitor.order({ do: 'act', deed });
  await act({ do: 'input', machine: 'asker', text: 'http /\n' });
  await visitor.until((event) => event.kind === 'publish' && event.channel === 'brownout:said');
  expect(await act({ do: 'edit', path: 'two/server.mjs', text: 'x' })).toMatchObject({
    refused: {
      expected: 'no edits from a page, for these are real processes',
      found: 'one of two/server.mjs',
      fix: 'edit the files in /home/reader/two with your own editor, then restart the machine',
    },
  });
  expect(await act({ do: 'fly', machine: 'server' })).toMatchObject({ refused: { expected: 'a deed' } });
  expect(await act({ do: 'kill', machine: 'nobody' })).toMatchObject({ refused: { found: "'nobody'" } });
  expect(await act({ do: 'fullDisk', machine: 'server' })).toMatchObject({
    refused: { found: expect.stringMatching(/share the disk/) },
  });
  expect(await visitor.order({ do: 'stop' })).toMatchObject({ stopped: true });
  await visitor.closed;
  expect(run.machines.map(({ state }) => state)).toEqual(['up', 'up']);
});

test('a restart from a page takes over what the reader has edited', async () => {
  const visitor = new Visitor();
  await visitor.order(boot);
  edited = { 'two/server.mjs': "console.log('edited'); setInterval(() => {}, 1000);" };
  await visitor.order({ do: 'act', deed: { do: 'restart', machine: 'server' } });
  edited = {};
  await visitor.until(said(/^edited/));
  await visitor.leave();
});

test('two pages see one run, each from its own place', async () => {
  const [one, other] = [new Visitor(), new Visitor()];
  await one.order(boot);
  await one.order({ do: 'act', deed: { do: 'freeze', machine: 'server' } });
  await other.order(boot);
  await other.order({ do: 'act', deed: { do: 'thaw', machine: 'server' } });
  const thawed = (event: TraceEvent) => event.kind === 'machine' && event.why === 'goes on';
  const seen = [await one.until(thawed), await other.until(thawed)];
  expect(seen[0]).toEqual(seen[1]);
  for (const { events } of [one, other]) {
    const numbers = events.map(({ seq }) => seq);
    expect(new Set(numbers).size, 'each event once').toBe(numbers.length);
  }
  expect(other.events.slice(0, one.events.length)).toEqual(one.events.slice(0, other.events.length));
  await Promise.all([one.leave(), other.leave()]);
});

test.each([
  ['no JSON', '{', 1008, 'expected an order, found something else'],
  ['no order', '{"call":1,"do":"fly"}', 1008, 'expected an order, found something else'],
  [
    'a deed that is none',
    '{"call":1,"do":"act","deed":"kill"}',
    1008,
    'expected an order, found something else',
  ],
  ['too long', `{"call":1,"do":"stop","x":"${'x'.repeat(MESSAGE_BYTES_MAX)}"}`, 1009, ''],
] as const)('a message that is wrong ends the page, and no more: %s', async (_, message, code, reason) => {
  const visitor = new Visitor();
  visitor.socket.on('open', () => visitor.socket.send(message));
  const [found, why] = await visitor.closed;
  expect([found, why.toString()]).toEqual([code, reason]);
});

test('too many orders at once end the page', async () => {
  const visitor = new Visitor();
  visitor.socket.on('open', () => {
    for (let left = 3 * BURST; left > 0; left--) visitor.socket.send('{"call":1,"do":"advance","atNs":1}');
  });
  expect(String((await visitor.closed)[1])).toBe('too many orders');
});

test('the log of a long run stays small, forgets packets first, and says how much is missing', () => {
  const log = new EventLog({ events: 1000, chars: 100_000 });
  const line = (seq: number, size: number): TraceEvent => ({
    seq,
    atNs: seq,
    kind: 'log',
    machine: 'a',
    stream: 'stdout',
    text: 'x'.repeat(size),
  });
  const packet = (seq: number): TraceEvent => ({
    seq,
    atNs: seq,
    kind: 'http',
    machine: 'a',
    side: 'server',
    phase: 'start',
    id: seq,
    method: 'GET',
    url: '/',
    peer: 'b',
  });
  for (let seq = 0; seq < 5000; seq++) log.add([seq % 50 === 0 ? line(seq, 1) : packet(seq)], 0);
  const all = log.since(0);
  expect(all.events.length).toBeLessThanOrEqual(1000);
  expect(all.leftOut).toBe(5000 - all.events.length);
  expect(all.events.filter(({ kind }) => kind === 'log')).toHaveLength(100);
  expect(log.since(4990).events.map(({ seq }) => seq)).toEqual([
    4990, 4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999,
  ]);
  for (let seq = 5000; seq < 5100; seq++) log.add([line(seq, 9000)], 0);
  expect(log.since(0).events.length).toBeLessThan(12);
  log.add([line(5100, 1)], 7);
  expect(log.since(5100)).toEqual({ events: [line(5100, 1)], leftOut: 7 });
  expect(log.since(log.end)).toEqual({ events: [], leftOut: 0 } satisfies Partial<RealBatch>);
});
