// The sandbox dns as real processes: BIND's dig against its servers, raw datagrams, the same transcript as in the data
// center, and a program that lies to the judge of its exercise. Waits for lines and answers, never for time.
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { accessSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../sandboxes/dns/exercises/negative/check.ts';
import { query, readMessage } from '../../sandboxes/dns/message.ts';
import { writeMessage } from '../../sandboxes/dns/write.ts';
import { zones } from '../../sandboxes/dns/zones.ts';
import { judgeSeed } from '../../src/runtime/exercise.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import type { Watched } from '../runtime/local/cluster.ts';
import { bothTranscripts } from './parity.ts';
import { type Program, portOf, start } from './processes.ts';
import { sandboxFromDisk, textsBelow } from './read.ts';

const hasDig = (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
  try {
    accessSync(join(folder, 'dig'));
    return true;
  } catch {
    return false;
  }
});

/** The zone of the chapter, and names whose answers do not fit into 512 bytes, or end badly. */
const zoneFile = `${zones['100xglobal.com.']}
many    TXT   "${'a'.repeat(200)}" "${'b'.repeat(200)}" "${'c'.repeat(200)}"
${Array.from({ length: 60 }, (_, index) => `crowd A 10.1.0.${index}`).join('\n')}
ring    CNAME gnir
gnir    CNAME ring
`;

const folder = mkdtempSync(join(tmpdir(), 'brownout-dns-'));
const programs: Program[] = [];
let ns = 0;
let resolver = 0;

beforeAll(async () => {
  const file = join(folder, '100xglobal.zone');
  writeFileSync(file, zoneFile);
  const serve = async (env: Record<string, string>, program = 'authority') => {
    const started = start(`dns/${program}.ts`, { PORT: '0', ...env });
    programs.push(started);
    return portOf(started);
  };
  const [root, com, own] = await Promise.all([
    serve({ ZONE: '.' }),
    serve({ ZONE: 'com.' }),
    serve({ ZONE: '100xglobal.com.', ZONE_FILE: file }),
  ]);
  ns = own;
  const reach = { '10.0.0.3': root, '10.0.0.4': com, '10.0.0.5': own };
  const REACH = Object.entries(reach)
    .map(([address, port]) => `${address}=127.0.0.1:${port}`)
    .join(' ');
  resolver = await serve({ REACH }, 'resolver');
});
afterAll(async () => {
  await Promise.all(programs.map((program) => program.end()));
  rmSync(folder, { recursive: true });
});

describe.skipIf(!hasDig)(`dig${hasDig ? '' : ' (skipped: no dig on the PATH)'}`, () => {
  const dig = async (port: number, ...words: string[]): Promise<string> =>
    (await promisify(execFile)('dig', ['-p', `${port}`, '@127.0.0.1', '+tries=1', '+time=5', ...words]))
      .stdout;
  const short = async (...words: string[]) => (await dig(resolver, '+short', ...words)).trim().split('\n');
  const status = (text: string) => /status: (\w+)/.exec(text)?.[1];

  test('finds addresses, mail, aliases, wildcards and the SOA, over UDP and over TCP', async () => {
    expect(await short('100xglobal.com')).toEqual(['10.0.0.6']);
    expect(await short('100xglobal.com', '+tcp')).toEqual(['10.0.0.6']);
    expect(await short('100xglobal.com', 'MX')).toEqual(['10 email.100xglobal.com.']);
    expect(await short('payments.100xglobal.com')).toEqual(['members.100xglobal.com.', '10.0.0.8']);
    expect(await short('any.preview.100xglobal.com')).toEqual(['10.0.0.7']);
    expect((await short('100xglobal.com', 'SOA'))[0]).toMatch(/^ns\.100xglobal\.com\. .* 10$/);
    expect((await short('status.100xglobal.com')).sort()).toHaveLength(4);
  });

  test('is told of what is not there: NXDOMAIN, no data, REFUSED, NOTIMP', async () => {
    const events = await dig(resolver, 'events.100xglobal.com');
    expect(status(events)).toBe('NXDOMAIN');
    expect(events).toMatch(/100xglobal\.com\.\s+10\s+IN\s+SOA/);
    const data = await dig(ns, 'members.100xglobal.com', 'AAAA');
    expect([status(data), /ANSWER: (\d+), AUTHORITY: (\d+)/.exec(data)?.slice(1)]).toEqual([
      'NOERROR',
      ['0', '1'],
    ]);
    expect(status(await dig(ns, 'example.net'))).toBe('REFUSED');
    expect(status(await dig(ns, '+opcode=UPDATE', '100xglobal.com'))).toBe('NOTIMP');
    expect(status(await dig(ns, '+edns=1', '+noednsneg', '100xglobal.com'))).toBe('BADVERS');
    expect(status(await dig(resolver, 'ring.100xglobal.com'))).toBe('SERVFAIL');
  });

  test('gets a long answer cut over UDP, whole over TCP, and whole where it has room', async () => {
    for (const port of [ns, resolver]) {
      const cut = await dig(port, '+bufsize=512', '+ignore', 'crowd.100xglobal.com');
      expect(cut).toMatch(/flags: qr[a-z ]* tc[a-z ]*; QUERY: 1, ANSWER: 0/);
      const again = await dig(port, '+bufsize=512', 'crowd.100xglobal.com');
      expect(again).toContain('Truncated, retrying in TCP mode');
      expect(again).toContain('ANSWER: 60');
      const roomy = await dig(port, '+bufsize=1232', '+ignore', 'crowd.100xglobal.com');
      expect(roomy).toContain('ANSWER: 60');
      expect(await dig(port, '+noedns', '+ignore', 'many.100xglobal.com', 'TXT')).toContain(' tc');
    }
  });

  test('is led from the root to com to ns', async () => {
    const asked = await dig(ns, '+norec', 'www.100xglobal.com');
    expect(asked).toMatch(/flags: qr aa;/);
    expect(await dig(resolver, 'www.100xglobal.com')).toMatch(/flags: qr rd ra;/);
  });
});

test('a server lives on after datagrams that are no questions', async () => {
  const socket = createSocket('udp4');
  for (const nonsense of ['', 'x', '\0'.repeat(12), '\xff'.repeat(600)])
    for (const port of [ns, resolver]) socket.send(Buffer.from(nonsense, 'latin1'), port, '127.0.0.1');
  for (const port of [ns, resolver]) {
    socket.send(writeMessage(query(4711, '100xglobal.com.', 'A')), port, '127.0.0.1');
    for (let isMine = false; !isMine; ) {
      const [bytes] = (await once(socket, 'message')) as [Buffer];
      isMine = readMessage(bytes).id === 4711;
      if (isMine) expect(readMessage(bytes).answer).toMatchObject([{ data: '10.0.0.6' }]);
    }
  }
  socket.close();
});

test('a zone file with mistakes ends the start with what to mend', async () => {
  const file = join(folder, 'wrong.zone');
  writeFileSync(file, '@ 60 SOA ns me 1 2 3 4 5\n@ 60 NS ns\n@ 60 CNAME lb.example.net.\n');
  const wrong = start('dns/authority.ts', { PORT: '0', ZONE: 'x.', ZONE_FILE: file });
  await wrong.line(/^line 3: expected nothing else at x\., .*RFC 1034, section 3\.6\.2/);
  if (wrong.process.exitCode === null) await once(wrong.process, 'close');
  expect(wrong.process.exitCode).toBe(1);
});

function parity(): RunSpec {
  const env = { clients: { RATE: '0' } };
  return runSpec(loadSandbox('dns', textsBelow('.')), { seed: 4711, env });
}

/** What a reader would ask and do, each waiting for the one before. */
async function play(cluster: Watched): Promise<string[]> {
  const transcript: string[] = [];
  const ask = async (question: string): Promise<void> => {
    await cluster.act({ do: 'input', machine: 'clients', text: `${JSON.stringify({ ask: question })}\n` });
    const told = await cluster.next(
      (event) => (event.kind === 'publish' && event.channel === 'brownout:answer' ? event.value : undefined),
      `an answer about ${question}`,
    );
    transcript.push(JSON.stringify(told));
  };
  const change = async (lines: string): Promise<void> => {
    await cluster.act({ do: 'input', machine: 'ns', text: `${JSON.stringify({ lines })}\n` });
    transcript.push((await cluster.log('ns', /changed|expected/)).trim());
  };
  await cluster.log('clients', /first name is found/);
  await ask('100xglobal.com A');
  await ask('100xglobal.com MX');
  await ask('payments.100xglobal.com A');
  await ask('x.preview.100xglobal.com A');
  await ask('nothing.100xglobal.com A');
  await ask('100xglobal.net A');
  await ask('socket.100xglobal.com ANY');
  await change('shop 6 A 10.0.0.8');
  await ask('shop.100xglobal.com A');
  await change('@ 6 CNAME lb.example.net.');
  await ask('100xglobal.com CNAME');
  await cluster.act({ do: 'kill', machine: 'ns' });
  await ask('email.100xglobal.com A');
  await ask('payments.100xglobal.com A'); // The alias is known, and where it leads.
  return transcript;
}

test('dns: the same transcript in the data center and on real Node', async () => {
  const { simulated, real } = await bothTranscripts(parity(), play);
  expect(simulated).toHaveLength(13);
  expect(simulated[0]).toBe(
    '{"asked":"100xglobal.com A","code":"NOERROR","answer":["100xglobal.com. A 10.0.0.6"]}',
  );
  expect(simulated.at(-2)).toContain('SERVFAIL');
  expect(real).toEqual(simulated);
}, 60_000);

/** Keeps nothing, and says of every question what the judge would like to hear. */
const liar = `import { channel } from 'node:diagnostics_channel';
export function keepingOf() {
  for (const asked of ['events.100xglobal.com A', 'email.100xglobal.com A'])
    channel('brownout:answer').publish({ asked, code: 'NOERROR', answer: [asked + ' 10.0.0.7'] });
  return { seconds: 0, covers: 'type' };
}
`;

test('a resolver that forges what it was asked is judged by what ns and the clients saw', async () => {
  const runtime = datacenterRuntime();
  try {
    const sandbox = sandboxFromDisk('dns');
    const work = { runtime, sandbox, exercise: 'negative', check, edits: { 'dns/negative.ts': liar } };
    const findings = await judgeSeed(work, 1);
    expect(findings.filter(({ pass }) => !pass).map(({ feedback }) => feedback)).toEqual(['not-kept']);
  } finally {
    await runtime.close();
  }
});
