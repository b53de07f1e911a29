// Measures how much faster than real time the sandbox plays, flat out, at a steady hundred requests a second with apps
// that take their usual time. Real time is the reference: 1 by definition. Called by bench.ts.
import { datacenterRuntime } from '../../runtime/node-datacenter.ts';
import { runSpec, type Sandbox } from '../../runtime/sandbox.ts';
import { type Spread, spreadOf } from './spread.ts';

export const REQUESTS_PER_SECOND = 100;
const WARM_UP_NS = 60e9;
const MEASURED_NS = 60e9;
const SLICE_NS = 1e9;

export interface ForwardFigures {
  /** Virtual seconds per wall second. */
  readonly timesReal: Spread;
}

export async function measureForward(sandbox: Sandbox, tries: number): Promise<ForwardFigures> {
  const values: number[] = [];
  for (let attempt = 0; attempt < tries; attempt++) values.push(await timesReal(sandbox));
  return { timesReal: spreadOf(values) };
}

async function timesReal(sandbox: Sandbox): Promise<number> {
  const clients = sandbox.cluster.machines.filter((machine) => machine.role === 'client');
  const env = Object.fromEntries(
    clients.map((machine) => [machine.name, { RATE: String(REQUESTS_PER_SECOND / clients.length) }]),
  );
  const runtime = datacenterRuntime();
  try {
    const { run } = await runtime.boot(runSpec(sandbox, { seed: 1, env }));
    for (let nowNs = SLICE_NS; nowNs <= WARM_UP_NS; nowNs += SLICE_NS) await run.advanceTo(nowNs);
    const began = performance.now();
    for (let nowNs = WARM_UP_NS; nowNs <= WARM_UP_NS + MEASURED_NS; nowNs += SLICE_NS)
      await run.advanceTo(nowNs);
    return MEASURED_NS / 1e6 / (performance.now() - began);
  } finally {
    await runtime.close();
  }
}
