// The cockpit's pure parts: words, layout of the topology, places in logs, packets' progress, announcements.
// Nothing here needs a browser; what does is in tests/site/lab.
import { expect, test } from 'vitest';
import type { MachineState, MachineView } from '../../src/datacenter/contract.ts';
import { Announcer, sayEveryMs } from '../../src/islands/lab/announce.ts';
import { readExerciseSpec } from '../../src/islands/lab/exercise-spec.ts';
import { depths, draw, type Node, promisedPairs } from '../../src/islands/lab/layout.ts';
import { LabModel, roadKey } from '../../src/islands/lab/model.ts';
import { progress } from '../../src/islands/lab/packets.ts';
import { findPlaces } from '../../src/islands/lab/places.ts';
import { thinned } from '../../src/islands/lab/series.ts';
import { keyMove } from '../../src/islands/lab/strip.tsx';
import { actionSentence, allowedDeeds, deedLabel, latency, stateWords } from '../../src/islands/lab/words.ts';
import { fakeCluster } from './fake-runtime.ts';

const nodes: Node[] = fakeCluster.machines.map((machine) => ({
  name: machine.name,
  role: machine.role ?? 'server',
}));
const pairs = promisedPairs(fakeCluster.machines);

test('the cluster file promises its roads before any packet is seen', () => {
  expect(pairs).toEqual([
    ['clients', 'balancer'],
    ['balancer', 'app1'],
    ['balancer', 'app2'],
    ['balancer', 'app3'],
  ]);
  expect(Object.fromEntries(depths(nodes, pairs))).toEqual({
    clients: 0,
    balancer: 1,
    app1: 2,
    app2: 2,
    app3: 2,
  });
});

test.each([320, 358, 480, 519, 520, 600, 700, 1100])(
  'at %i px no box leaves the drawing or touches another',
  (width) => {
    const { boxes, height, vertical } = draw(nodes, pairs, width, roadKey);
    expect(vertical).toBe(width < 520);
    const all = [...boxes.values()];
    expect(all).toHaveLength(nodes.length);
    for (const box of all) {
      expect(box.width).toBeGreaterThanOrEqual(92);
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const other of all) {
        if (other === box) continue;
        const apart =
          box.x + box.width < other.x ||
          other.x + other.width < box.x ||
          box.y + box.height < other.y ||
          other.y + other.height < box.y;
        expect(apart, `${box.name} and ${other.name}`).toBe(true);
      }
    }
  },
);

test('roads lead away from the clients whichever way the packet went', () => {
  const { edges } = draw(nodes, [...pairs, ['app1', 'balancer']], 700, roadKey);
  expect(edges.get(roadKey('app1', 'balancer'))?.from.name).toBe('balancer');
});

test('a file and line in a log leads to the workspace, other text stays text', () => {
  const known = (path: string): boolean => path === 'load-balancer/pick.ts';
  const parts = findPlaces(
    'at pick (/srv/load-balancer/pick.ts:9:3) and pick.ts:4, not node:net:12',
    'load-balancer',
    known,
  );
  expect(parts.map((part) => part.place)).toEqual([
    null,
    { path: 'load-balancer/pick.ts', line: 9 },
    null,
    { path: 'load-balancer/pick.ts', line: 4 },
    null,
  ]);
  expect(parts.map((part) => part.text).join('')).toContain('(/srv/load-balancer/pick.ts:9:3)');
});

test('a packet is drawn from when it is sent, for at least the time asked', () => {
  const flight = { seq: 0, from: 'a', to: 'b', sentNs: 100, arrivesNs: 350, kind: 'data' as const };
  expect(progress(flight, 99, 0)).toBeNull();
  expect(progress(flight, 100, 0)).toBe(0);
  expect(progress(flight, 225, 0)).toBe(0.5);
  expect(progress(flight, 600, 1000)).toBe(0.5);
  expect(progress(flight, 1200, 1000)).toBeNull();
});

test('every state has its own mark, so that color is not needed', () => {
  const marks = Object.values(stateWords).map((words) => words.mark);
  expect(new Set(marks).size).toBe(marks.length);
});

test('only sensible deeds are offered', () => {
  const offered = (state: MachineState): string => [...allowedDeeds(state)].join(' ');
  expect(offered('up')).toBe('kill freeze powerOff restart');
  expect(offered('frozen')).toBe('kill thaw powerOff restart');
  expect(offered('off')).toBe('restart');
  expect(offered('killed')).toBe('powerOff restart');
});

test('deeds and times in words', () => {
  expect(deedLabel({ do: 'powerOff', machine: 'app2' })).toBe('Power off app2');
  expect(deedLabel({ do: 'cut', from: 'a', to: 'b', oneWay: true })).toBe('Cut a → b');
  expect(deedLabel({ do: 'delay', from: 'a', to: 'b', ms: 200 })).toBe('Delay a – b 200 ms');
  expect(actionSentence({ atNs: 12e9, do: 'kill', machine: 'app2' })).toBe('app2 killed at 12.0 s');
  expect([null, 4.25, 310.4, 1900].map(latency)).toEqual(['–', '4.3 ms', '310 ms', '1.9 s']);
});

test('the strip moves by keys and stops at its ends', () => {
  expect(keyMove('ArrowLeft', false, 3e9, 9e9)).toBe(2e9);
  expect(keyMove('ArrowRight', true, 3e9, 9e9)).toBe(3.1e9);
  expect(keyMove('PageUp', false, 6e9, 9e9)).toBe(9e9);
  expect(keyMove('Home', false, 6e9, 9e9)).toBe(0);
  expect(keyMove('x', false, 6e9, 9e9)).toBeNull();
});

test('thinning keeps every lost request and the worst latency', () => {
  const points = Array.from({ length: 5000 }, (_, second) => ({
    second,
    answered: 2,
    lost: second % 10 === 0 ? 1 : 0,
    p50Ms: 1,
    p99Ms: second,
  }));
  const thin = thinned(points, 800);
  expect(thin.length).toBeLessThanOrEqual(800);
  expect(thin.reduce((sum, point) => sum + point.lost, 0)).toBe(500);
  expect(Math.max(...thin.map((point) => point.p99Ms ?? 0))).toBe(4999);
});

test('announcements come at most every few seconds, and say what matters', () => {
  const announcer = new Announcer();
  const model = new LabModel();
  const machine = (name: string, state: MachineState): MachineView => ({
    name,
    address: '',
    role: 'server',
    state,
    served: 0,
  });
  const batch = { nowNs: 0, events: [], links: [], hash: '', idle: false };
  model.apply({ ...batch, machines: [machine('app1', 'up'), machine('app2', 'up')] });
  announcer.reset(model);
  expect(announcer.next(model, 'running', 0)).toBeNull();
  const action = { atNs: 12e9, do: 'kill', machine: 'app2' } as const;
  model.apply({
    ...batch,
    nowNs: 12e9,
    events: [{ seq: 0, atNs: 12e9, kind: 'action', action }],
    machines: [machine('app1', 'up'), machine('app2', 'killed')],
  });
  expect(announcer.next(model, 'running', 10)).toBe(
    'app2 killed at 12.0 s. 1 of 2 servers up. 0 requests lost.',
  );
  model.apply({ ...batch, nowNs: 13e9, machines: [machine('app1', 'crashed'), machine('app2', 'killed')] });
  expect(announcer.next(model, 'running', 20)).toBeNull();
  expect(announcer.next(model, 'running', 10 + sayEveryMs)).toBe(
    'app1 is crashed. 0 of 2 servers up. 0 requests lost.',
  );
  const before = new LabModel();
  before.apply({ ...batch, nowNs: 2e9, machines: [machine('app1', 'up'), machine('app2', 'up')] });
  announcer.reset(before, true);
  expect(announcer.next(before, 'paused', 10 + 2 * sayEveryMs)).toBe(
    'Now at 2.0 s. 2 of 2 servers up. 0 requests lost.',
  );
});

test('an exercise file of another shape shows what it has', () => {
  expect(readExerciseSpec(null, (name) => name)).toEqual({
    title: '',
    text: '',
    edits: [],
    hints: [],
    feedback: {},
    limits: { seconds: 10, events: 100_000 },
  });
  const spec = {
    title: 'T',
    text: 'Do.',
    edits: ['retry.ts'],
    hints: ['h', 3],
    feedback: { lost: 'why' },
    limits: { seconds: 5 },
  };
  expect(readExerciseSpec(spec, (name) => `lb/${name}`)).toEqual({
    title: 'T',
    text: 'Do.',
    edits: ['lb/retry.ts'],
    hints: ['h'],
    feedback: { lost: 'why' },
    limits: { seconds: 5, events: 100_000 },
  });
});
