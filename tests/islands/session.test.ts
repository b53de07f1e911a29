// The lab's session against the fake runtime: pace, steps, acts, and rewind as replay.
// Time at the desk is a counter that the test moves; nothing waits for the host's clock.
import { expect, test } from 'vitest';
import { LabSession } from '../../src/islands/lab/session.ts';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { FakeRuntime, fakeCluster } from './fake-runtime.ts';

const spec: RunSpec = { cluster: fakeCluster, files: {}, sandbox: 'load-balancer', seed: 4711 };

function desk() {
  const runtime = new FakeRuntime();
  const state = { nowMs: 0, problems: [] as unknown[] };
  const session = new LabSession(runtime, {
    changed: () => undefined,
    failed: (error) => state.problems.push(error),
    clock: () => state.nowMs,
  });
  const play = async (ms: number): Promise<void> => {
    for (let gone = 0; gone < ms; gone += 20) {
      state.nowMs += 20;
      session.frame();
      await session.settled();
    }
  };
  return { runtime, session, state, play };
}

test('nothing boots before it is asked to', () => {
  const { runtime, session } = desk();
  session.frame();
  expect(runtime.boots).toBe(0);
  expect(session.status).toBe('idle');
});

test('at 1x virtual time follows the desk; at 0.1x it is ten times slower', async () => {
  const { session, play } = desk();
  await session.open(spec, { running: true });
  await play(1000);
  expect(session.model.nowNs).toBe(1e9);
  session.setSpeed(0.1);
  await play(1000);
  expect(session.model.nowNs).toBe(1.1e9);
});

test('a hidden tab does not make the run jump', async () => {
  const { session, state } = desk();
  await session.open(spec, { running: true });
  state.nowMs += 60_000;
  session.frame();
  await session.settled();
  expect(session.model.nowNs).toBe(0.1e9);
});

test('frames that come while the runtime is busy are not queued', async () => {
  const { runtime, session, state } = desk();
  await session.open(spec, { running: true });
  for (let frame = 0; frame < 50; frame += 1) {
    state.nowMs += 20;
    session.frame();
  }
  await session.settled();
  expect(runtime.last?.calls).toBe(1);
  expect(runtime.last?.busyMax).toBe(1);
});

test('step runs to the next line of the trace and pauses', async () => {
  const { session } = desk();
  await session.open(spec, { running: true });
  const before = session.model.events;
  await session.step();
  expect(session.model.events).toBeGreaterThan(before);
  expect(session.status).toBe('paused');
});

test('rewind to before a kill shows the same numbers and the same hash, and the kill comes again', async () => {
  const { session, play } = desk();
  await session.open(spec, { running: true });
  await play(2000);
  const seen = {
    answered: session.model.requests.answered,
    machines: session.model.machines,
    at: session.model.nowNs,
  };
  await session.act({ do: 'kill', machine: 'app2' });
  await play(2000);
  expect(session.model.machine('app2')?.state).toBe('killed');
  const later = { hash: session.model.hash, lost: session.model.requests.lost };
  expect(later.lost).toBeGreaterThan(0);

  await session.goTo(session.rewindTarget(), { exact: true });
  expect(session.model.nowNs).toBe(seen.at - 1);
  expect(session.model.requests.answered).toBe(seen.answered);
  expect(session.model.machines).toEqual(seen.machines);
  expect(session.replayMatched).toBe(true);
  expect(session.pending).toHaveLength(1);

  await session.goTo(4e9);
  expect(session.model.hash).toBe(later.hash);
  expect(session.model.requests.lost).toBe(later.lost);
});

test('acting anew after a rewind drops the later actions and says so', async () => {
  const { session, play } = desk();
  await session.open(spec, { running: true });
  await play(1000);
  await session.act({ do: 'kill', machine: 'app2' });
  await play(1000);
  await session.goTo(0.5e9);
  expect(session.note).toBe('');
  await session.act({ do: 'freeze', machine: 'app3' });
  expect(session.recorded.map((action) => action.do)).toEqual(['freeze']);
  expect(session.note).toContain('The later action was dropped');
  expect(session.model.nowNs).toBe(0.5e9);
  await session.goTo(2e9);
  expect(session.model.machine('app2')?.state).toBe('up');
  expect(session.model.machine('app3')?.state).toBe('frozen');
});

test('acting while it runs does not stop it, also right after a rewind', async () => {
  const { session, play } = desk();
  await session.open(spec, { running: true });
  await play(1000);
  await session.act({ do: 'kill', machine: 'app2' });
  expect(session.status).toBe('running');
  await play(500);
  await session.goTo(0.5e9);
  session.resume();
  await session.act({ do: 'kill', machine: 'app1' });
  expect(session.status).toBe('running');
});

test('a boot that fails reports the problem, keeps nothing running, and can be mended', async () => {
  const { session, state } = desk();
  await session.open(
    { ...spec, files: { 'load-balancer/pick.ts': 'const a = 1;\nsyntax error' } },
    { running: true },
  );
  expect(session.status).toBe('failed');
  expect(String(state.problems[0])).toContain('load-balancer/pick.ts:2');
  await session.open(spec, { running: true });
  expect(session.status).toBe('running');
});

test('a run can be opened at its moment, with its actions ahead', async () => {
  const { session } = desk();
  const actions = [{ atNs: 3e9, do: 'kill', machine: 'app2' }] as const;
  await session.open({ ...spec, actions }, { running: false, atNs: 2e9 });
  expect(session.model.nowNs).toBe(2e9);
  expect(session.status).toBe('paused');
  expect(session.pending).toHaveLength(1);
});

test('flat out asks for more virtual time as long as a slice is quick', async () => {
  const { session, play } = desk();
  await session.open(spec, { running: true });
  session.setSpeed(null);
  await play(200);
  expect(session.model.nowNs).toBeGreaterThan(10e9);
});
