// Measures answered requests per wall second, flat out: a closed loop of keep-alive connections through the balancer
// to apps whose work costs nothing, in the data center and as real Node processes, in turns, both warmed up.
// Called by bench.ts.
import type { ClusterSpec, TraceEvent } from '../../datacenter/contract.ts';
import { datacenterRuntime } from '../../runtime/node-datacenter.ts';
import type { Sandbox } from '../../runtime/sandbox.ts';
import { CLIENT_FILE, CLIENT_PROGRAM, closedLoop, closedLoopSpec } from './cells.ts';
import { freePorts, startReal } from './processes.ts';
import { type Spread, spreadOf } from './spread.ts';

export const CONNECTIONS = 64;
const WARM_UP_MS = 2500;
const MEASURED_MS = 4000;
/** Virtual time of one order to the data center. */
const SLICE_NS = 20e6;

export interface ThroughputFigures {
  readonly datacenterPerSecond: Spread;
  readonly realPerSecond: Spread;
  /** Median of the quotients of tries that ran one after another. */
  readonly ratio: Spread;
  /** Of the data center: what one request is made of. */
  readonly eventsPerRequest: number;
  readonly packetsPerRequest: number;
}

interface Mark {
  readonly answered: number;
  readonly atMs: number;
}

export async function measureThroughput(
  sandbox: Sandbox,
  folder: string,
  tries: number,
): Promise<ThroughputFigures> {
  const cluster = closedLoop(sandbox.cluster, CONNECTIONS);
  const real: number[] = [];
  const inside: Awaited<ReturnType<typeof datacenterRate>>[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    real.push(await realRate(cluster, folder));
    inside.push(await datacenterRate(cluster, sandbox));
  }
  return {
    datacenterPerSecond: spreadOf(inside.map((each) => each.perSecond)),
    realPerSecond: spreadOf(real),
    ratio: spreadOf(inside.map((each, index) => each.perSecond / (real[index] ?? Number.NaN))),
    eventsPerRequest: spreadOf(inside.map((each) => each.eventsPerRequest)).median,
    packetsPerRequest: spreadOf(inside.map((each) => each.packetsPerRequest)).median,
  };
}

function rateOf(from: Mark, to: Mark): number {
  return ((to.answered - from.answered) * 1000) / (to.atMs - from.atMs);
}

async function datacenterRate(cluster: ClusterSpec, sandbox: Sandbox) {
  const runtime = datacenterRuntime();
  try {
    const { run } = await runtime.boot(closedLoopSpec(sandbox, cluster));
    const began = performance.now();
    let from: Mark | null = null;
    let last: Mark = { answered: 0, atMs: began };
    let events = 0;
    let packets = 0;
    for (let nowNs = SLICE_NS; from === null || last.atMs - from.atMs < MEASURED_MS; nowNs += SLICE_NS) {
      const batch = await run.advanceTo(nowNs);
      last = { answered: answeredIn(batch.events) ?? last.answered, atMs: performance.now() };
      if (from !== null) {
        events += batch.events.length;
        packets += batch.events.filter((event) => event.kind === 'packet').length;
      } else if (last.atMs - began >= WARM_UP_MS) from = last;
    }
    run.stop();
    const start = from ?? last;
    const answered = last.answered - start.answered;
    return {
      perSecond: rateOf(start, last),
      eventsPerRequest: events / answered,
      packetsPerRequest: packets / answered,
    };
  } finally {
    await runtime.close();
  }
}

function answeredIn(events: readonly TraceEvent[]): number | undefined {
  const last = events.findLast((event) => event.kind === 'publish' && event.channel === 'brownout:bench');
  return last?.kind === 'publish' ? (last.value as { answered: number }).answered : undefined;
}

async function realRate(cluster: ClusterSpec, folder: string): Promise<number> {
  const fileOf = (program: string): string =>
    program === CLIENT_PROGRAM ? CLIENT_FILE : `${folder}/${program}`;
  const done = Promise.withResolvers<number>();
  let began: number | null = null;
  let from: Mark | null = null;
  const end = startReal(cluster, folder, fileOf, await freePorts(cluster), {
    answered: (answered) => {
      const mark = { answered, atMs: performance.now() };
      began ??= mark.atMs;
      if (from === null) {
        if (mark.atMs - began >= WARM_UP_MS) from = mark;
      } else if (mark.atMs - from.atMs >= MEASURED_MS) done.resolve(rateOf(from, mark));
    },
  });
  const perSecond = await done.promise;
  await end();
  return perSecond;
}
