// Measures a boot: from the order to start a cluster until its servers listen, and to its first answered request, in
// the data center and as real Node processes, in turns. Both run the sandbox's own files. Speed is shown here, never judged.
// Called by bench.ts.
import { datacenterRuntime } from '../../runtime/node-datacenter.ts';
import type { Batch, Runtime } from '../../runtime/runtime.ts';
import { runSpec, type Sandbox } from '../../runtime/sandbox.ts';
import { freePorts, startReal } from './processes.ts';
import { type Spread, spreadOf } from './spread.ts';

export interface BootFigures {
  /** From nothing: thread, library, cluster, first answer. */
  readonly datacenterMs: Spread;
  /** A second boot in the same thread. */
  readonly datacenterAgainMs: Spread;
  readonly realMs: Spread;
  /** The same, but only until every server says that it listens: without the programs' own pauses. */
  readonly datacenterListenMs: Spread;
  readonly realListenMs: Spread;
  /** Virtual time of the first answer. */
  readonly virtualMs: number;
}

interface Moment {
  readonly listenMs: number;
  readonly answerMs: number;
}

const SLICE_NS = 5e6;
const LIMIT_NS = 10e9;
/** What a server of the sandbox prints when it is ready. */
export const LISTENS = /on port \d+/;

export async function measureBoot(sandbox: Sandbox, folder: string, tries: number): Promise<BootFigures> {
  const cold: Moment[] = [];
  const again: Moment[] = [];
  const real: Moment[] = [];
  let virtualMs = 0;
  for (let attempt = 0; attempt < tries; attempt++) {
    real.push(await realBoot(sandbox, folder));
    const began = performance.now();
    const runtime = datacenterRuntime();
    const first = await datacenterBoot(runtime, sandbox, began);
    cold.push(first);
    virtualMs = first.virtualMs;
    again.push(await datacenterBoot(runtime, sandbox, performance.now()));
    await runtime.close();
  }
  const answers = (moments: Moment[]): Spread => spreadOf(moments.map((each) => each.answerMs));
  const listens = (moments: Moment[]): Spread => spreadOf(moments.map((each) => each.listenMs));
  return {
    datacenterMs: answers(cold),
    datacenterAgainMs: answers(again),
    realMs: answers(real),
    datacenterListenMs: listens(cold),
    realListenMs: listens(real),
    virtualMs,
  };
}

function serversOf(sandbox: Sandbox): number {
  return sandbox.cluster.machines.filter((machine) => machine.listens !== undefined).length;
}

async function datacenterBoot(
  runtime: Runtime,
  sandbox: Sandbox,
  began: number,
): Promise<Moment & { virtualMs: number }> {
  const { run, first } = await runtime.boot(runSpec(sandbox, { seed: 1 }));
  let batch: Batch = first;
  let waiting = serversOf(sandbox);
  let listenMs = Number.NaN;
  for (;;) {
    for (const event of batch.events) {
      if (event.kind === 'log' && LISTENS.test(event.text) && --waiting === 0)
        listenMs = performance.now() - began;
      const isAnswer = event.kind === 'publish' && event.channel === 'brownout:request';
      if (isAnswer && (event.value as { ok?: boolean }).ok === true) {
        run.stop();
        return { listenMs, answerMs: performance.now() - began, virtualMs: event.atNs / 1e6 };
      }
    }
    if (batch.nowNs >= LIMIT_NS)
      throw new Error(`expected an answer within ${LIMIT_NS / 1e9} s of virtual time, found none`);
    batch = await run.advanceTo(batch.nowNs + SLICE_NS);
  }
}

async function realBoot(sandbox: Sandbox, folder: string): Promise<Moment> {
  const ports = await freePorts(sandbox.cluster);
  let waiting = serversOf(sandbox);
  let listenMs = Number.NaN;
  const answer = Promise.withResolvers<number>();
  const began = performance.now();
  const end = startReal(sandbox.cluster, folder, (program) => `${folder}/${program}`, ports, {
    answered: () => answer.resolve(performance.now() - began),
    printed: (_machine, text) => {
      if (LISTENS.test(text) && --waiting === 0) listenMs = performance.now() - began;
    },
  });
  const answerMs = await answer.promise;
  await end();
  return { listenMs, answerMs };
}
