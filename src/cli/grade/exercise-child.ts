// The process in which a stranger's program runs: takes one exercise at a time over its channel, runs the check through
// its seeds in the data center, and answers with the outcome. Started by exercise-pool.ts under Node's permission model:
// it may read the course and start threads, and may write nothing and start no process. The program runs in a thread; this
// one watches it and gives up where it takes too much time or memory.
import { pathToFileURL } from 'node:url';
import { type Check, type ExerciseResult, runExercise } from '../../runtime/exercise.ts';
import { datacenterRuntime } from '../../runtime/node-datacenter.ts';
import type { Sandbox, Texts } from '../../runtime/sandbox.ts';

export interface ExerciseOrder {
  readonly sandbox: Sandbox;
  readonly exercise: string;
  /** Path of check.ts. */
  readonly checkFile: string;
  readonly edits: Texts;
  readonly eventsMax: number;
  readonly seedsMax: number;
  /** Of all threads together, for each seed. */
  readonly cpuSecondsMax: number;
  readonly memoryMbMax: number;
}
export type ChildAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly result: ExerciseResult }
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'limit'; readonly limit: 'time' | 'memory' };

const LOOK_MS = 50;
const runtime = datacenterRuntime();

process.on('disconnect', () => process.exit());
process.on('message', (order: ExerciseOrder) => void work(order));
await warm();
answer({ kind: 'ready' });

/** The library is loaded before anything is measured. */
async function warm(): Promise<void> {
  const machines = [{ name: 'warm', program: 'warm.js', role: 'server' as const }];
  const cluster = { name: 'warm', title: 'Warm', machines };
  const { run } = await runtime.boot({ cluster, files: { 'warm/warm.js': '' }, sandbox: 'warm', seed: 1 });
  run.stop();
}

async function work(order: ExerciseOrder): Promise<void> {
  let began = process.cpuUsage();
  const look = setInterval(() => {
    const { user, system } = process.cpuUsage(began);
    const isLong = (user + system) / 1e6 > order.cpuSecondsMax;
    if (!isLong && process.memoryUsage.rss() < order.memoryMbMax * 2 ** 20) return;
    clearInterval(look);
    // The thread may be in a loop that nothing but the end of this process stops.
    answer({ kind: 'limit', limit: isLong ? 'time' : 'memory' });
  }, LOOK_MS);
  try {
    const { check } = (await import(pathToFileURL(order.checkFile).href)) as { readonly check: Check };
    const result = await runExercise({
      ...order,
      runtime,
      check,
      onProgress: () => {
        began = process.cpuUsage();
      },
    });
    answer({ kind: 'result', result });
  } catch (error) {
    answer({ kind: 'problem', problem: error instanceof Error ? error.message : String(error) });
  } finally {
    clearInterval(look);
  }
}

function answer(said: ChildAnswer): void {
  process.send?.(said);
}
