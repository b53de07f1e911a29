// Runs one test file of Node's own suite at a time, each as the program of a data center of one machine, with the
// suite's common files and fixtures mounted on its disk. The whole program of a thread that
// cli/conformance/pool.ts starts: a test that never yields is ended from there, with the thread.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { compile } from '../datacenter/compiler.ts';
import {
  boot,
  CodeCache,
  CompiledLibrary,
  type NodeLibrary,
  Refused,
  type Run,
} from '../datacenter/datacenter.ts';
import { hostFolder } from './host-folder.ts';

export interface TestThreadData {
  /** A `test/` folder of Node. */
  readonly tests: string;
  /** Path of .generated/node-library.json. */
  readonly library: string;
  readonly virtualSeconds: number;
}

export interface TestOrder {
  /** Such as `test-net-listen.js`, below `parallel/`. */
  readonly file: string;
  readonly flags: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface TestOutcome {
  /** Null where it did not end by itself. */
  readonly code: number | null;
  readonly output: string;
  /** Why it did not end, or could not begin. */
  readonly problem?: string;
}

const OUTPUT_MAX = 200_000;

const given = workerData as TestThreadData;
const library = new CompiledLibrary(JSON.parse(readFileSync(given.library, 'utf8')) as NodeLibrary);
const code = new CodeCache(compile);
const mounts = Object.fromEntries(
  ['common', 'fixtures'].map((name) => [`/srv/test/${name}`, hostFolder(join(given.tests, name))]),
);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
let run: Run | null = null;

process.on('unhandledRejection', (reason, promise) => run?.rejected(promise, reason));
process.on('rejectionHandled', (promise) => run?.rejectionHandled(promise));
parentPort?.on('message', (order: TestOrder) => {
  void play(order).then((outcome) => parentPort?.postMessage(outcome));
});

/** The test, and others of its half that it names: it may start them or load them. */
function filesOf(file: string): Record<string, string> {
  const read = (name: string): string => readFileSync(join(given.tests, 'parallel', name), 'utf8');
  const half = (name: string): number => name.replace(/\.[cm]?js$/, '').length % 2;
  const text = read(file);
  const named = (text.match(/\btest-[\w-]+\.[cm]?js\b/g) ?? []).filter(
    (name) => half(name) === half(file) && existsSync(join(given.tests, 'parallel', name)),
  );
  return Object.fromEntries([file, ...named].map((name) => [`test/parallel/${name}`, read(name)]));
}

async function play(order: TestOrder): Promise<TestOutcome> {
  // What code made by eval may say is the engine's own affair.
  if (order.flags.includes('--allow-natives-syntax')) setFlagsFromString('--allow-natives-syntax');
  const path = `parallel/${order.file}`;
  const files = filesOf(order.file);
  let output = '';
  try {
    const machine = {
      name: 'machine',
      program: path,
      env: { NODE_TEST_KNOWN_GLOBALS: '0', ...order.environment },
    };
    run = boot({
      cluster: { name: 'conformance', title: order.file, machines: [machine] },
      files,
      mounts,
      sandbox: 'test',
      seed: 1,
      library,
      code,
      hop: (callback) => void setImmediate(callback),
      nodeFlags: order.flags,
      collectGarbage,
    });
  } catch (error) {
    const problem = error instanceof Refused ? error.message : String(error);
    return { code: null, output, problem };
  }
  const untilNs = given.virtualSeconds * 1e9;
  for (let atNs = 0; ; atNs += 1e9) {
    await run.advanceTo(Math.min(atNs, untilNs));
    for (const event of run.takeEvents()) {
      if (event.kind === 'log' && output.length < OUTPUT_MAX) output += event.text;
      if (event.kind === 'machine' && event.state !== 'up') {
        run.stop();
        return event.code === undefined
          ? { code: null, output, problem: event.why }
          : { code: event.code, output };
      }
    }
    const problem = run.isIdle
      ? 'it waits, and nothing is left that could wake it'
      : atNs >= untilNs
        ? `it had not ended after ${given.virtualSeconds} s of virtual time`
        : null;
    if (problem === null) continue;
    run.stop();
    return { code: null, output, problem };
  }
}
