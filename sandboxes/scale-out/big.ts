// The big machine: the same shop.ts, once for each worker, behind one port. The parent process accepts connections and
// hands each to a worker that is free (node:cluster), and keeps the one book; workers ask it by messages.
// A program of JavaScript computes on one core, so several cores need several processes.
// Environment: PORT, MACHINE, SEATS, WORKERS, and those of shop.ts. Dial: workers.
import cluster, { type Worker } from 'node:cluster';
import { channel } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { dial, onDials } from '../_shared/dials.ts';
import { Book } from './book.ts';

const book = new Book(Number(process.env.SEATS ?? 1000));
const state = channel('brownout:state');
const workers: Worker[] = [];

// Workers read no dials: what is typed is for the parent alone.
cluster.setupPrimary({
  exec: join(import.meta.dirname, 'shop.ts'),
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});

cluster.on('message', (worker, { order }: { readonly order: number }) => {
  worker.send({ order, said: book.sell(order) });
  state.publish({ sold: book.sold, left: book.left });
});

/** Starts workers, or lets some finish what they have and go. */
function setWorkers(count: number): void {
  while (workers.length < count) workers.push(cluster.fork({ BOOK: 'parent' }));
  while (workers.length > count) workers.pop()?.disconnect();
}

setWorkers(Number(process.env.WORKERS ?? 4));
onDials((values) => setWorkers(Math.round(dial(values['workers'], workers.length, 1, 8))));
