// Lines of a trace for questions: which packet carries which request, the window around one, and what an author is told
// who asks for a request that the run does not have.
import { describe, expect, it } from 'vitest';
import { packetLines } from '../../src/build/packet-lines.ts';
import type { Recorded } from '../../src/build/recorded.ts';
import { requestTrace } from '../../src/build/trace-lines.ts';
import type { TraceEvent, TraceFact } from '../../src/datacenter/contract.ts';

let seq = 0;
const event = (atMs: number, fact: TraceFact): TraceEvent => ({ seq: seq++, atNs: atMs * 1e6, ...fact });
const packet = (atMs: number, way: string, flags: string, bytes: number): TraceEvent => {
  const [from = '', to = ''] = way.split(' ');
  const ports = { fromPort: from === 'clients' ? 5000 : 80, toPort: to === 'clients' ? 5000 : 80 };
  return event(atMs, { kind: 'packet', from, to, protocol: 'tcp', flags, bytes, arrivesNs: null, ...ports });
};
const start = (atMs: number, way: string, url: string): TraceEvent => {
  const [machine = '', peer = ''] = way.split(' ');
  return event(atMs, {
    kind: 'http',
    machine,
    peer,
    side: 'client',
    phase: 'start',
    id: seq,
    method: 'GET',
    url,
  });
};

const packets = packetLines(
  [
    start(100, 'clients lb', '/item?id=1'),
    packet(100, 'clients lb', 'S', 0),
    packet(101, 'clients lb', 'P.', 70),
    start(101, 'lb app', '/item?id=1'),
    packet(101, 'lb app', 'P.', 120),
    start(105, 'clients lb', '/item?id=12'),
    packet(105, 'clients lb', 'P.', 71),
    packet(106, 'lb clients', '.', 0),
    packet(109, 'app lb', 'R.', 0),
  ],
  new Set(['clients']),
);
const sample = (id: number, ok: boolean) => ({
  id,
  intendedMs: 100 + id,
  latencyMs: 1,
  ok,
  status: 200,
  by: 'app',
  error: '',
});
const run: Recorded = {
  name: 'calm',
  seed: 1,
  untilNs: 1e9,
  hash: '',
  asBuilt: true,
  samples: [sample(12, true), sample(1, true)],
  machines: [],
  events: [],
  packets,
  findings: [],
  values: {},
};
const at = { file: 'quiz.yml', line: 6, column: 5 };

describe('packets', () => {
  it('with data carry the request that their machine has begun and not yet sent, whoever passes it on', () => {
    expect(packets.filter((one) => one.says !== '').map((one) => [one.atMs, one.by, one.says])).toEqual([
      [101, 'client', 'GET /item?id=1'],
      [101, 'proxy', 'GET /item?id=1'],
      [105, 'client', 'GET /item?id=12'],
    ]);
  });
});

describe('a window', () => {
  it('counts from its request, marks it, and leaves mere acknowledgements out', () => {
    const trace = requestTrace(at, run, { request: { afterMs: 100, lost: false }, beforeMs: 1, untilMs: 8 });
    expect(trace.sample.id).toBe(1);
    expect(trace.lines.map((line) => [line.ms, line.from, line.to, line.what, line.asked])).toEqual([
      ['−1.00', 'clients:5000', 'lb:80', 'SYN', false],
      ['0.00', 'clients:5000', 'lb:80', '70 bytes', true],
      ['0.00', 'lb:80', 'app:80', '120 bytes', false],
      ['4.00', 'clients:5000', 'lb:80', '71 bytes', false],
      ['8.00', 'app:80', 'lb:80', 'RST', false],
    ]);
    const later = requestTrace(at, run, { request: { afterMs: 102, lost: false }, beforeMs: 0, untilMs: 0 });
    expect(later.lines.map((line) => line.what)).toEqual(['71 bytes']);
  });
  it('must have a request to stand around', () => {
    const wanted = { request: { afterMs: 100, lost: false, by: 'app3' }, beforeMs: 0, untilMs: 1 };
    expect(() => requestTrace(at, run, wanted)).toThrow(
      'quiz.yml:6:5: expected a request of the run calm due after 100 ms that was answered by app3, found none: correct `request`, or ask for another run.',
    );
  });
});
