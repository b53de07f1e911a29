// The data center as a Runtime in Node: tests, build, grader and command line. Each runtime keeps one thread
// and reuses it from run to run; call close() when done. No network, no ports.
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Command } from '../datacenter/worker/protocol.ts';
import { Calls } from './calls.ts';
import { bootOn } from './datacenter-running.ts';
import { type Batch, type Running, RunProblem, type RunSpec, type Runtime } from './runtime.ts';
import { threadProgram } from './thread-program.ts';

/** A thread that has played hundreds of runs is otherwise collected so late that it grows to gigabytes. */
const HEAP_MB_MAX = 2048;
const LIBRARY = new URL('../../.generated/node-library.json', import.meta.url);

/** A Runtime that holds a thread until it is closed. One run at a time: a boot ends the run before it. */
export interface NodeDatacenter extends Runtime {
  close(): Promise<void>;
}

export function datacenterRuntime(): NodeDatacenter {
  return new ThreadedDatacenter();
}

class ThreadedDatacenter implements NodeDatacenter {
  #worker: Worker | null = null;
  #calls: Promise<Calls> | null = null;

  async boot(spec: RunSpec): Promise<{ run: Running; first: Batch }> {
    this.#calls ??= this.#start();
    const calls = await this.#calls;
    // A later boot ends this run in the thread, so stopping it needs no message.
    return bootOn(calls, spec, {
      bootOrder: (given) => ({ kind: 'boot', spec: given }),
      reopen: (needs) =>
        Promise.reject(new Error(`expected every part in Node's thread, found ${needs.join(', ')} missing`)),
      release: () => undefined,
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
    this.#calls = null;
  }

  async #start(): Promise<Calls> {
    const worker = new Worker(threadProgram(), {
      execArgv: ['--no-warnings'],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
    });
    this.#worker = worker;
    // The thread keeps the process alive only while it owes an answer.
    const post = (command: Command): void => {
      worker.ref();
      worker.postMessage(command);
    };
    const calls = new Calls({ post, destroy: () => void worker.terminate() }, null);
    worker.on('message', (message: unknown) => {
      calls.take(message);
      if (!calls.isBusy) worker.unref();
    });
    worker.on('error', (error) => {
      if (this.#worker === worker) {
        this.#worker = null;
        this.#calls = null;
      }
      calls.end(
        new RunProblem({ expected: 'a thread that lives', found: error.message, fix: 'see its message' }),
      );
    });
    const library = await readFile(LIBRARY, 'utf8').catch(() => {
      throw new RunProblem({
        expected: "Node's library in .generated/",
        found: 'none',
        fix: 'run `npm run prepare-engine`',
      });
    });
    await calls.send({ kind: 'load', library, parts: {} });
    return calls;
  }
}
