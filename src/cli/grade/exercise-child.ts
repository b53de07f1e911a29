// The process in which a stranger's program runs: takes one exercise at a time over its channel, runs the check through
// its seeds in the data center, where that passed the hidden one, and answers with the outcome. Started by exercise-pool.ts
// under Node's permission model: it may read the engine and start threads; it may read no content, write nothing and start
// no process. The program runs in a thread; this one watches it and gives up where it takes too much time or memory.
import { type Check, type ExerciseResult, runExercise } from '../../runtime/exercise.ts';
import { datacenterRuntime } from '../../runtime/node-datacenter.ts';
import type { Sandbox, Texts } from '../../runtime/sandbox.ts';
import type { HiddenCheck } from '../../teaching/key.ts';

export interface ExerciseOrder {
  readonly sandbox: Sandbox;
  readonly exercise: string;
  /** The module of check.ts. */
  readonly check: string;
  readonly hidden: HiddenCheck;
  readonly edits: Texts;
  readonly eventsMax: number;
  readonly seedsMax: number;
  /** Of all threads together, for each seed. */
  readonly cpuSecondsMax: number;
  readonly memoryMbMax: number;
}
export type ChildAnswer =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'result';
      readonly result: ExerciseResult;
      /** The hidden check's words where it failed, '' where it has none; null where it passed or was not run. */
      readonly hidden: string | null;
    }
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
    const onProgress = () => {
      began = process.cpuUsage();
    };
    const { check } = await moduleOf(order.check);
    const result = await runExercise({ ...order, runtime, check, onProgress });
    onProgress();
    const hidden = result.firstFailure === undefined ? await hiddenIn(order, onProgress) : null;
    answer({ kind: 'result', result, hidden });
  } catch (error) {
    answer({ kind: 'problem', problem: error instanceof Error ? error.message : String(error) });
  } finally {
    clearInterval(look);
  }
}

/** Of what a hidden check found, nothing but its own words on it leaves this process. */
async function hiddenIn(order: ExerciseOrder, onProgress: () => void): Promise<string | null> {
  const { seeds, check: text } = order.hidden;
  if (text === '') return null;
  const { check, feedback = {} } = await moduleOf(text);
  const { firstFailure } = await runExercise({ ...order, runtime, check, seeds, onProgress });
  return firstFailure === undefined ? null : (feedback[firstFailure.finding.feedback ?? ''] ?? '');
}

interface CheckModule {
  readonly check: Check;
  readonly feedback?: Readonly<Record<string, string>>;
}

async function moduleOf(text: string): Promise<CheckModule> {
  return (await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)) as CheckModule;
}

function answer(said: ChildAnswer): void {
  process.send?.(said);
}
