// The Console's terminal and what the lab answers itself: type-ahead shown when the prompt takes it, Ctrl-C, bounds, the
// lines of tcpdump and ss. And a run that gets another spec under way, by a replay to the same moment.
import { expect, test } from 'vitest';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { ConsoleLog } from '../../src/islands/lab/console-log.ts';
import { Connections, matches, packetLine, readFilter } from '../../src/islands/lab/console-packets.ts';
import { LabSession } from '../../src/islands/lab/session.ts';
import { FakeRuntime, fakeCluster } from './fake-runtime.ts';

test('a line stands behind the prompt that takes it, however early it was typed', () => {
  const log = new ConsoleLog();
  log.typed('one\ntwo\n');
  expect(log.text).toBe('');
  log.wrote('you$ ');
  log.wrote('answer\n');
  log.wrote('you$ ');
  expect(log.text).toBe('you$ one\nanswer\nyou$ two\n');
  log.typed('three\n\x03');
  log.wrote('interrupted\nyou$ ');
  expect(log.text).toBe('you$ one\nanswer\nyou$ two\n^C\ninterrupted\nyou$ ');
  log.typed('\x03');
  expect(log.text).toMatch(/you\$ \^C$/);
});

test('the oldest lines go when there are too many, and it says how many', () => {
  const log = new ConsoleLog();
  let written = 0;
  const write = (text: string): void => {
    written += text.length;
    log.wrote(text);
  };
  for (let line = 0; line < 5000; line += 1) write(`${line} ${'x'.repeat(95)}\n`);
  expect(log.text.length).toBeLessThanOrEqual(200_000);
  expect(log.text).toMatch(/^\d+ x/);
  expect(log.text.endsWith(`4999 ${'x'.repeat(95)}\n`)).toBe(true);
  expect(log.length).toBe(written);
  for (let piece = 0; piece < 30; piece += 1) write('y'.repeat(10_000));
  expect(log.text.length, 'one line without an end').toBeLessThanOrEqual(200_000);
  expect(log.length).toBe(written);
});

type Packet = Extract<TraceEvent, { kind: 'packet' }>;
let seq = 0;
const packet = (from: string, to: string, flags: string, more: Partial<Packet> = {}): Packet => {
  const [sender = '', fromPort] = from.split(':');
  const [receiver = '', toPort] = to.split(':');
  const ends = { from: sender, fromPort: Number(fromPort), to: receiver, toPort: Number(toPort) };
  const atNs = 3_661_000_250_000;
  return {
    seq: seq++,
    atNs,
    kind: 'packet',
    protocol: 'tcp',
    flags,
    bytes: 0,
    arrivesNs: atNs + 1,
    ...ends,
    ...more,
  };
};

test('tcpdump chooses by host, port and protocol, and prints as tcpdump does', () => {
  const data = packet('you:49152', 'balancer:80', 'P.', { bytes: 93 });
  expect(packetLine(data)).toBe('01:01:01.000250 IP you.49152 > balancer.80: Flags [P.], length 93');
  expect(packetLine({ ...data, arrivesNs: null, lost: 'cut' })).toMatch(/length 93 \(lost: cut\)$/);
  expect(packetLine({ ...data, protocol: 'udp', flags: '' })).toMatch(/balancer\.80: UDP, length 93$/);
  expect(packetLine({ ...data, protocol: 'icmp' })).toMatch(
    /you > balancer: ICMP port unreachable, length 93$/,
  );
  const chosen = (line: string): boolean => {
    const filter = readFilter(line.split(' '));
    if (typeof filter === 'string') throw new Error(filter);
    return matches(filter, data);
  };
  expect(['host you and port 80', 'tcp', '-n -c 5 port 49152'].map(chosen)).toEqual([true, true, true]);
  expect(['host app1', 'udp', 'host you and port 81'].map(chosen)).toEqual([false, false, false]);
  expect(readFilter(['port', 'http'])).toBe("tcpdump: can't parse 'port http'. Try tcpdump --help.");
});

test('ss follows each connection from its first packet to its last', () => {
  const all = new Connections();
  const see = (...packets: readonly Packet[]): string[] => {
    for (const each of packets) all.take(each);
    return all
      .lines('app')
      .slice(1)
      .map((line) => line.replaceAll(/ +/g, ' '));
  };
  const [you, app] = ['you:1', 'app:80'];
  expect(see(packet(you, app, 'S', { seq: 0 }), packet('you:2', app, 'S'))).toEqual([
    'SYN-SENT app:80 you:1',
    'SYN-SENT app:80 you:2',
  ]);
  expect(see(packet(app, you, 'S.'), packet(you, app, '.'), packet(app, 'you:2', 'R.'))).toEqual([
    'ESTAB app:80 you:1',
  ]);
  expect(see(packet(you, app, 'F.'))).toEqual(['CLOSE-WAIT app:80 you:1']);
  expect(all.lines('you').at(-1)).toMatch(/^FIN-WAIT +you:1 +app:80$/);
  expect(see(packet(app, you, 'F.'))).toEqual([]);
});

test('another spec of the same trace takes over where the run stands, and the run goes on', async () => {
  const state = { nowMs: 0 };
  const session = new LabSession(new FakeRuntime(), {
    changed: () => undefined,
    failed: (error) => {
      throw error;
    },
    clock: () => state.nowMs,
  });
  const seen: number[] = [];
  session.watch = (events) => seen.push(...events.map((event) => event.seq));
  await session.open(
    { cluster: fakeCluster, files: {}, sandbox: 'load-balancer', seed: 1 },
    { running: true },
  );
  state.nowMs += 90;
  session.frame();
  await session.act({ do: 'kill', machine: 'app1' });
  const { hash, nowNs } = session.model;
  await session.exchange((spec) => ({ ...spec, files: { more: '' } }));
  expect(session.model.nowNs).toBe(nowNs);
  expect(session.model.hash).toBe(hash);
  expect(session.replayMatched).toBe(true);
  expect(session.status).toBe('running');
  expect(session.model.actions).toHaveLength(1);
  expect(session.spec?.files).toEqual({ more: '' });
  await session.exchange((spec) => spec);
  expect(
    seen.filter((each) => each === 0),
    'boots',
  ).toHaveLength(2);
});
