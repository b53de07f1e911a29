// The lab's model: what batches of trace events become,
// how little of them is kept, and what it does with values of the wrong shape.
import { expect, test } from 'vitest';
import type { Json, TraceEvent, TraceFact } from '../../src/datacenter/contract.ts';
import { asSample, LabModel } from '../../src/islands/lab/model.ts';
import { percentile } from '../../src/islands/lab/series.ts';

let seq = 0;
const at = (ms: number, fact: TraceFact): TraceEvent => ({ seq: seq++, atNs: ms * 1e6, ...fact });
const batch = (nowMs: number, events: TraceEvent[]) => ({
  nowNs: nowMs * 1e6,
  events,
  machines: [],
  links: [],
  hash: 'aa',
  idle: false,
});
const sample = (ms: number, latencyMs: number, ok = true): TraceEvent =>
  at(ms, {
    kind: 'publish',
    machine: 'clients',
    channel: 'brownout:request',
    value: {
      id: ms,
      intendedMs: ms - latencyMs,
      latencyMs,
      ok,
      status: ok ? 200 : 0,
      by: ok ? 'app1' : '',
      error: '',
    },
  });

test('requests are counted by the second of their fate', () => {
  const model = new LabModel();
  model.apply(batch(2500, [sample(100, 10), sample(900, 30), sample(1200, 20, false), sample(2100, 5)]));
  expect(model.requests.points()).toEqual([
    { second: 0, answered: 2, lost: 0, p50Ms: 10, p99Ms: 30 },
    { second: 1, answered: 0, lost: 1, p50Ms: null, p99Ms: null },
    { second: 2, answered: 1, lost: 0, p50Ms: 5, p99Ms: 5 },
  ]);
  expect(model.requests.lost).toBe(1);
  expect(model.firstAnswerNs).toBe(100e6);
});

test('seconds without samples exist', () => {
  const model = new LabModel();
  model.apply(batch(3200, []));
  expect(model.requests.points().map((point) => point.answered)).toEqual([0, 0, 0, 0]);
});

test('figures look at the last second and the last five', () => {
  const model = new LabModel();
  model.apply(
    batch(
      10_000,
      Array.from({ length: 200 }, (_, index) => sample(index * 50, index === 150 ? 900 : 10)),
    ),
  );
  expect(model.requests.answeredPerSecond(10e9)).toBe(18);
  expect(model.requests.recent(10e9, 0.5)).toBe(10);
  expect(model.requests.recent(10e9, 1)).toBe(900);
});

test('batches cut anywhere give the same as one batch', () => {
  const events = Array.from({ length: 500 }, (_, index) =>
    sample(index * 7, (index * 37) % 91, index % 9 !== 0),
  );
  const whole = new LabModel();
  whole.apply(batch(3500, events));
  const cut = new LabModel();
  for (const event of events) cut.apply(batch(event.atNs / 1e6, [event]));
  cut.apply(batch(3500, []));
  expect(cut.requests.points()).toEqual(whole.requests.points());
});

test('percentiles are nearest rank', () => {
  expect(percentile([1, 2, 3, 4], 0.5)).toBe(2);
  expect(percentile([1, 2, 3, 4], 0.99)).toBe(4);
  expect(percentile([], 0.5)).toBeNull();
});

test('a guest that publishes nonsense costs nothing but a count', () => {
  const model = new LabModel();
  const nonsense: Json[] = [null, 3, 'x', [], {}, { ok: true }, { ok: true, latencyMs: 'soon' }];
  for (const value of nonsense) {
    expect(asSample(value)).toBeNull();
    model.apply(
      batch(1, [at(1, { kind: 'publish', machine: 'clients', channel: 'brownout:request', value })]),
    );
  }
  expect(model.badSamples).toBe(nonsense.length);
  expect(model.requests.answered).toBe(0);
});

test('logs and packets are bounded', () => {
  const model = new LabModel();
  const text = 'x'.repeat(5000);
  for (let index = 0; index < 3000; index += 1) {
    model.apply(
      batch(index, [
        at(index, { kind: 'log', machine: 'app1', stream: 'stdout', text }),
        at(index, {
          kind: 'packet',
          from: 'app1',
          to: 'balancer',
          protocol: 'tcp',
          flags: 'P.',
          fromPort: 80,
          toPort: 4,
          bytes: 3,
          arrivesNs: index * 1e6 + 1,
        }),
      ]),
    );
  }
  expect(model.logs.length).toBeLessThanOrEqual(1200);
  expect(model.logs.at(-1)?.text.length).toBeLessThan(2100);
  expect(model.flights.length).toBeLessThanOrEqual(800);
  expect(model.roads.get('app1 balancer')?.packets).toBe(3000);
  model.prune(2999e6);
  expect(model.flights).toHaveLength(1);
});

test('actions, published state and changes of state are kept', () => {
  const model = new LabModel();
  model.apply(
    batch(2000, [
      at(1000, { kind: 'action', action: { atNs: 1e9, do: 'kill', machine: 'app2' } }),
      at(1000, { kind: 'machine', machine: 'app2', state: 'killed', why: 'kill' }),
      at(1500, { kind: 'publish', machine: 'balancer', channel: 'brownout:state', value: { up: ['app1'] } }),
    ]),
  );
  expect(model.actions).toHaveLength(1);
  expect(model.logs[0]?.text).toBe('killed: kill');
  expect(model.published.get('balancer')).toEqual({ up: ['app1'] });
});

test('ten thousand events a frame are cheap', () => {
  const model = new LabModel();
  const events = Array.from({ length: 10_000 }, (_, index) => sample(index / 100, index % 50));
  const from = performance.now();
  model.apply(batch(100, events));
  expect(performance.now() - from).toBeLessThan(100);
});
