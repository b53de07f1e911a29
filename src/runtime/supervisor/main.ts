// The supervisor's program: orders come as lines on its input, answers go as lines to its output. When its input ends,
// whoever started it is gone, and so it ends everything. Plain Node without packages, for Node 18 and newer; bundled by
// build/supervisor.ts together with the probe, whose text it writes into the cluster's folder.
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { doDeed } from './deeds.ts';
import type { Answer, Order } from './lines.ts';
import { Supervisor } from './supervisor.ts';

declare const PROBE: string;

let cluster: Supervisor | null = null;

function say(answer: Answer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function obey(order: Order): Promise<void> {
  const { call } = order;
  if (order.do === 'boot') {
    cluster?.stop();
    const folder = resolve(order.folder);
    cluster = new Supervisor({ ...order, folder });
    const probe = join(folder, 'probe.cjs');
    writeFileSync(probe, PROBE);
    await cluster.boot(probe);
    return say({ call, batch: cluster.batch(), places: cluster.places });
  }
  if (order.do === 'stop') {
    stop();
    process.stdout.write(`${JSON.stringify({ call, stopped: true } satisfies Answer)}\n`, () =>
      process.exit(),
    );
    return;
  }
  if (cluster === null) return say({ call, failed: 'expected a boot first' });
  if (order.do === 'act') {
    const refused = doDeed(cluster, order.deed);
    return say(refused === null ? { call, batch: cluster.batch() } : { call, refused });
  }
  const running = cluster;
  const waitMs = (order.atNs - running.nowNs) / 1e6;
  if (waitMs <= 0) return say({ call, batch: running.batch() });
  running.after(waitMs, () => say({ call, batch: running.batch() }));
}

function stop(): void {
  cluster?.stop();
  const { removesFolder, folder = '' } = cluster?.order ?? {};
  cluster = null;
  if (removesFolder !== true) return;
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  } catch {
    // What was just killed still wrote: whoever made the folder removes it too.
  }
}

const end = (): void => {
  stop();
  process.exit();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
process.stdout.on('error', end);
// A terminal would show our own orders again, and cut long ones.
if (process.stdin.isTTY) process.stdin.setRawMode(true);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const order = JSON.parse(line) as Order;
    obey(order).catch((problem: unknown) => say({ call: order.call, failed: String(problem) }));
  })
  .on('close', end);
