// The runs that must have the same trace hash in every engine: the load-balancer with a different outage for each
// seed, the chaotic cluster under every fault and deed, and the page's data center that runs them.
// Used by scripts/browsers.ts and tests/site/determinism.spec.ts.
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { sandboxTexts } from '../src/build/sandbox-texts.ts';
import type { Action, TraceEvent } from '../src/datacenter/contract.ts';
import { Trace } from '../src/datacenter/trace.ts';
import { datacenterRuntime } from '../src/runtime/node-datacenter.ts';
import type { Batch, RunSpec, Runtime } from '../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../src/runtime/sandbox.ts';
import { CHAOS_UNTIL_NS, chaosSpec } from '../tests/sandboxes/chaos.ts';

/** A cluster whose runs are compared, one for each seed. */
export interface Compared {
  readonly name: string;
  readonly untilNs: number;
  readonly specOf: (seed: number) => RunSpec;
}

const LOAD_BALANCER_UNTIL_NS = 6e9;

/** A different outage for each seed: every deed comes up. */
function outage(seed: number): Action[] {
  const app = `app${1 + (seed % 3)}`;
  const other = `app${1 + ((seed + 1) % 3)}`;
  const atNs = 1e9 + seed * 7e6;
  const deeds = ['kill', 'freeze', 'powerOff'] as const;
  return [
    { atNs, do: deeds[seed % deeds.length] ?? 'kill', machine: app },
    { atNs: atNs + 0.5e9, do: 'delay', from: 'balancer', to: other, ms: 5 + seed, oneWay: seed % 2 === 0 },
    { atNs: atNs + 0.7e9, do: 'loss', from: 'clients', to: 'balancer', chance: 0.02 },
    { atNs: atNs + 1e9, do: 'cut', from: 'balancer', to: other, oneWay: seed % 2 === 1 },
    { atNs: atNs + 2e9, do: 'mend', from: 'balancer', to: other },
    { atNs: atNs + 2.5e9, do: seed % deeds.length === 1 ? 'thaw' : 'restart', machine: app },
  ];
}

export async function comparedRuns(): Promise<readonly Compared[]> {
  const sandbox = loadSandbox('load-balancer', await sandboxTexts());
  return [
    {
      name: 'load-balancer',
      untilNs: LOAD_BALANCER_UNTIL_NS,
      specOf: (seed) => runSpec(sandbox, { seed, actions: outage(seed) }),
    },
    { name: 'chaos', untilNs: CHAOS_UNTIL_NS, specOf: chaosSpec },
  ];
}

/** Runs it on the runtime; the last batch, with all events. */
export async function playOn(runtime: Runtime, spec: RunSpec, untilNs: number): Promise<Batch> {
  const { run, first } = await runtime.boot(spec);
  const last = await run.advanceTo(untilNs);
  run.stop();
  return { ...last, events: [...first.events, ...last.events] };
}

/** Runs it in a thread of its own, which ends with it. */
export async function playInFreshThread(spec: RunSpec, untilNs: number): Promise<Batch> {
  const runtime = datacenterRuntime();
  try {
    return await playOn(runtime, spec, untilNs);
  } finally {
    await runtime.close();
  }
}

/** A module's text that puts `brownout.play(spec, untilNs)` into a page of the built site. */
export function pageEngine(): string {
  const source = `
    import { createDatacenterRuntime } from './src/runtime/datacenter.ts';
    const runtime = createDatacenterRuntime();
    globalThis.brownout = { async play(spec, untilNs) {
      const { run, first } = await runtime.boot(spec);
      const last = await run.advanceTo(untilNs);
      run.stop();
      return { ...last, events: [...first.events, ...last.events] };
    } };`;
  const root = resolve(import.meta.dirname, '..');
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    ...{ bundle: true, format: 'esm', write: false },
  });
  return outputFiles[0]?.text ?? '';
}

/** The first event that the hash knows as another, in words; null where all are the same. */
export function firstDifference(a: readonly TraceEvent[], b: readonly TraceEvent[]): string | null {
  const text = (event: TraceEvent | undefined): string => JSON.stringify(event) ?? 'no event';
  const hashed = (event: TraceEvent | undefined): string => {
    if (event === undefined) return 'no event';
    const trace = new Trace();
    trace.record(event.atNs, event);
    return trace.hash();
  };
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (hashed(a[i]) !== hashed(b[i])) return `event ${i}: ${text(a[i])} against ${text(b[i])}`;
  }
  return null;
}
