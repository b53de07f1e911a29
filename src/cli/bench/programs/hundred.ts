// Boots so many cells of the load balancer in this process and prints how long it took until every server listened,
// and how much memory the process then holds. The whole program of a process that scale.ts starts: nothing in it is
// warm. One argument: the number of cells.
import { sandboxTexts } from '../../../build/sandbox-texts.ts';
import { datacenterRuntime } from '../../../runtime/node-datacenter.ts';
import { loadSandbox } from '../../../runtime/sandbox.ts';
import { LISTENS } from '../boot.ts';
import { cellsOf, closedLoop, closedLoopSpec } from '../cells.ts';
import type { BootOutcome } from '../scale.ts';

const SLICE_NS = 1e6;
const LIMIT_NS = 1e9;
const cells = Number(process.argv[2] ?? 1);

const sandbox = loadSandbox('load-balancer', await sandboxTexts());
const spec = closedLoopSpec(sandbox, cellsOf(closedLoop(sandbox.cluster, 1), cells));
let waiting = spec.cluster.machines.filter((machine) => machine.listens !== undefined).length;
const began = performance.now();
const runtime = datacenterRuntime();
const { run, first } = await runtime.boot(spec);
for (let batch = first; ; batch = await run.advanceTo(batch.nowNs + SLICE_NS)) {
  for (const event of batch.events) if (event.kind === 'log' && LISTENS.test(event.text)) waiting--;
  if (waiting === 0) break;
  if (batch.nowNs >= LIMIT_NS)
    throw new Error(`expected all servers to listen, found ${waiting} that do not`);
}
const outcome: BootOutcome = {
  listenMs: performance.now() - began,
  rssMb: process.memoryUsage().rss / 1e6,
};
process.stdout.write(JSON.stringify(outcome));
await runtime.close();
