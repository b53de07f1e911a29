// A page for looking at the cockpit without site or engine: the fake runtime (or, with ?real, the engine).
// For development and screenshots only; no page of the site leads here. Started with vite (see README of tests).
/// <reference types="vite/client" />
import '/src/styles/fonts.css';
import '/src/styles/base.css';
import '/src/styles/lab.css';
import realCluster from '../../../sandboxes/load-balancer/cluster.json';
import { mountLab } from '../../../src/islands/lab/mount-lab.tsx';
import { createDatacenterRuntime } from '../../../src/runtime/datacenter.ts';
import { FakeRuntime, fakeCluster } from '../fake-runtime.ts';

const real = new URLSearchParams(location.search).has('real');
const raw = import.meta.glob(['../../../sandboxes/load-balancer/*.ts', '../../../sandboxes/_shared/*.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const files = Object.fromEntries(
  Object.entries(raw).map(([path, text]) => [path.split('/').slice(-2).join('/'), String(text)]),
);
const live = document.querySelector<HTMLElement>('.lab-live');
if (live !== null) {
  const exercise = {
    name: 'retry',
    title: 'Retry what is safe to retry',
    text: 'When an app dies with a request in its hands, the balancer answers 502. A `GET` is **idempotent**: ask another app.\n\nChange `forward.ts` so that no `GET` is lost.',
    edits: ['load-balancer/forward.ts'],
    start: {},
    solution: { 'load-balancer/forward.ts': '// the solution\n' },
    hints: ['Look at where the error of the upstream request is handled.', 'A body that was read is gone.'],
    limits: { seconds: 60, events: 100_000 },
    feedback: { lost: 'A request died with its app and nobody asked again. Look at `error`.' },
  };
  const data = {
    sandbox: 'load-balancer',
    title: 'A balancer and three apps',
    cluster: real ? (realCluster as typeof fakeCluster) : fakeCluster,
    files,
    open: ['pick.ts', 'balancer.ts', 'health.ts', 'app.ts'].map((name) => `load-balancer/${name}`),
    seed: 4711,
    exercises: [exercise],
    dials: [],
    consolePrograms: () => Promise.reject(new Error('the harness has no console')),
    deeds: {},
  };
  const actions = [{ atNs: 4e9, do: 'kill', machine: 'app2' }] as const;
  mountLab(live, data, real ? createDatacenterRuntime() : new FakeRuntime(), async ({ progress }) => {
    progress(1, 50);
    const finding = {
      name: 'no GET is lost',
      pass: false,
      expected: 'an answer to every GET',
      found: '3 without',
    };
    const evidence = [
      '4.002 s clients sends GET /items/12',
      '4.003 s app2 is killed',
      '4.004 s clients gets 502',
    ];
    const findings = [{ ...finding, atNs: 4.004e9, evidence, feedback: 'lost' }];
    return {
      passed: 3,
      total: 50,
      firstFailure: { seed: 1003, findings, actions, command: 'npx brownout check retry --seed 1003' },
    };
  });
}
