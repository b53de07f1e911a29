// Measures what a hundred machines cost beside five: boot, memory, and trace events per wall second under the same
// load, in turns. Boot and memory each in a process of its own (programs/hundred.ts), so that nothing was warm.
// Called by bench.ts.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { datacenterRuntime } from '../../runtime/node-datacenter.ts';
import type { RunSpec } from '../../runtime/runtime.ts';
import type { Sandbox } from '../../runtime/sandbox.ts';
import { cellsOf, closedLoop, closedLoopSpec } from './cells.ts';
import { type Spread, spreadOf } from './spread.ts';

export const MACHINES_MANY = 100;
/** Connections of all clients together, in the small cluster and in the large one. */
export const SCALE_CONNECTIONS = 60;
const WARM_UP_MS = 20_000;
const MEASURED_MS = 4_000;
const SLICE_NS = 2e6;
const HUNDRED = fileURLToPath(new URL('./programs/hundred.ts', import.meta.url));

export interface ScaleFigures {
  /** Until every server listens, from nothing: thread, library, cluster. */
  readonly bootManyMs: Spread;
  readonly bootFewMs: Spread;
  /** Resident memory that each machine beyond the small cluster's adds. */
  readonly mbPerMachine: Spread;
  readonly fewEventsPerSecond: Spread;
  readonly manyEventsPerSecond: Spread;
  /** Median of the quotients of tries that ran one after another. */
  readonly ratio: Spread;
}

/** What programs/hundred.ts prints. */
export interface BootOutcome {
  readonly listenMs: number;
  readonly rssMb: number;
}

export async function measureScale(sandbox: Sandbox, tries: number): Promise<ScaleFigures> {
  const few = sandbox.cluster.machines.length;
  const cells = MACHINES_MANY / few;
  const boots: { few: BootOutcome; many: BootOutcome }[] = [];
  const rates: { few: number; many: number }[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    boots.push({ few: bootOf(1), many: bootOf(cells) });
    rates.push({ few: await eventRate(sandbox, 1), many: await eventRate(sandbox, cells) });
  }
  return {
    bootManyMs: spreadOf(boots.map((each) => each.many.listenMs)),
    bootFewMs: spreadOf(boots.map((each) => each.few.listenMs)),
    mbPerMachine: spreadOf(boots.map((each) => (each.many.rssMb - each.few.rssMb) / (MACHINES_MANY - few))),
    fewEventsPerSecond: spreadOf(rates.map((each) => each.few)),
    manyEventsPerSecond: spreadOf(rates.map((each) => each.many)),
    ratio: spreadOf(rates.map((each) => each.many / each.few)),
  };
}

function bootOf(cells: number): BootOutcome {
  const printed = execFileSync(process.execPath, ['--no-warnings', HUNDRED, String(cells)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(printed) as BootOutcome;
}

/** The large cluster has as many connections in all as the small one, so the load is the same. */
async function eventRate(sandbox: Sandbox, cells: number): Promise<number> {
  const cell = closedLoop(sandbox.cluster, SCALE_CONNECTIONS / cells);
  const spec: RunSpec = closedLoopSpec(sandbox, cellsOf(cell, cells));
  const runtime = datacenterRuntime();
  try {
    const { run } = await runtime.boot(spec);
    const began = performance.now();
    let sinceMs = Number.NaN;
    let events = 0;
    for (let nowNs = SLICE_NS; ; nowNs += SLICE_NS) {
      const batch = await run.advanceTo(nowNs);
      const atMs = performance.now();
      if (!Number.isNaN(sinceMs)) events += batch.events.length;
      else if (atMs - began >= WARM_UP_MS) sinceMs = atMs;
      if (atMs - sinceMs >= MEASURED_MS) return (events * 1000) / (atMs - sinceMs);
    }
  } finally {
    await runtime.close();
  }
}
