// Threads that play tests in a data center. Guests share a thread's built-ins, so a test that fails in a thread that
// others have used is played again in a fresh one. A thread whose test passes the wall limit is ended with it.
// Called by player.ts.
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TestOrder, TestOutcome, TestThreadData } from '../../runtime/test-thread.ts';
import { skipReason } from './baseline.ts';
import { inParallel } from './parallel.ts';
import type { TestFile } from './tests.ts';

export interface PoolOptions {
  readonly tests: string;
  readonly jobs: number;
  readonly virtualSeconds: number;
  readonly wallSeconds: number;
}

export interface Played {
  /** Null where it passed. */
  readonly reason: string | null;
  readonly output: string;
}

export async function playAll(
  files: readonly TestFile[],
  options: PoolOptions,
  on: { begun: (test: TestFile) => void; told: (test: TestFile, played: Played) => void },
): Promise<void> {
  const threads: TestThread[] = [];
  await inParallel(files, options.jobs, async (test, job) => {
    on.begun(test);
    let thread = threads[job] ?? new TestThread(options);
    const wasUsed = thread.isUsed;
    let outcome = await thread.play(test);
    if (outcome.code !== 0 && wasUsed) {
      await thread.end();
      thread = new TestThread(options);
      outcome = await thread.play(test);
    }
    if (outcome.code !== 0) {
      await thread.end();
      delete threads[job];
    } else threads[job] = thread;
    on.told(test, { reason: reasonOf(outcome), output: outcome.output });
  });
  await Promise.all(threads.map((thread) => thread?.end()));
}

class TestThread {
  isUsed = false;
  readonly #options: PoolOptions;
  readonly #worker: Worker;

  constructor(options: PoolOptions) {
    this.#options = options;
    const workerData: TestThreadData = {
      tests: options.tests,
      library: resolve('.generated/node-library.json'),
      virtualSeconds: options.virtualSeconds,
    };
    this.#worker = new Worker(new URL('../../runtime/test-thread.ts', import.meta.url), {
      workerData,
      execArgv: ['--no-warnings'],
      stdout: true,
      stderr: true,
    });
  }

  play(test: TestFile): Promise<TestOutcome> {
    this.isUsed = true;
    const { wallSeconds } = this.#options;
    const order: TestOrder = { file: test.file, flags: test.flags, environment: test.environment };
    return new Promise((done) => {
      const end = (outcome: TestOutcome): void => {
        clearTimeout(timer);
        // One by one: Node's own listeners must stay, or the thread's next answer is not heard.
        for (const [event, listener] of Object.entries(listeners)) this.#worker.off(event, listener);
        done(outcome);
      };
      const fail = (problem: string): void => end({ code: null, output: '', problem });
      const listeners = {
        message: end,
        error: (error: Error) =>
          fail(`the engine failed: ${String(error.stack).split('\n').slice(0, 2).join(' ')}`),
        exit: () => fail('the thread ended'),
      };
      const timer = setTimeout(() => {
        fail(`it had not ended after ${wallSeconds} s`);
        void this.end();
      }, wallSeconds * 1000);
      for (const [event, listener] of Object.entries(listeners)) this.#worker.on(event, listener);
      this.#worker.postMessage(order);
    });
  }

  async end(): Promise<void> {
    this.#worker.on('error', () => undefined);
    await this.#worker.terminate();
  }
}

/** Why a test did not pass, in a line; null where it did. */
export function reasonOf(outcome: TestOutcome): string | null {
  const skipped = skipReason(outcome.output);
  if (skipped !== undefined) return `it skips itself: ${skipped}`;
  if (outcome.code === 0) return null;
  const lines = outcome.output.split('\n');
  const line =
    lines.find((each) => /^(?:Uncaught )?\w*Error\b.*: |^Mismatched|^\S*Error \[/.test(each)) ??
    lines.find((each) => each.trim() !== '') ??
    '';
  return (
    [outcome.problem, line.trim()].filter(Boolean).join('; ').slice(0, 300) || `exit code ${outcome.code}`
  );
}
