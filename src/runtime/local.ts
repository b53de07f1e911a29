// Real processes on this computer as a Runtime, for Node: a supervisor in a process of its own, which starts the rest in
// a folder of the system's temporary one. When the run ends, or this process does however it may, the supervisor's input
// ends, and it ends everything. Called by `brownout lab` and tests.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RealRunning } from './real-running.ts';
import { type Batch, RunProblem, type RunSpec, type Runtime } from './runtime.ts';

const SUPERVISOR = fileURLToPath(new URL('../../.generated/supervisor.mjs', import.meta.url));
/** An end that was asked for takes milliseconds; after so long it is made. */
const END_MS = 2000;

export interface LocalOptions {
  /** First port to try for what this computer may reach. */
  readonly firstPort?: number;
  /** Whether a frozen machine is a stopped process (the default where there are signals) or one whose links hold. */
  readonly freezes?: 'processes' | 'links';
}

/** A Running whose machines are processes of this computer. */
export interface LocalRun {
  readonly run: RealRunning;
  readonly first: Batch;
  /** The supervisor, for whoever looks after it. */
  readonly pid: number;
  /** Resolves when the supervisor and its folder are gone. */
  readonly ended: Promise<void>;
}

export interface LocalRuntime extends Runtime {
  boot(spec: RunSpec): Promise<LocalRun>;
}

export function localRuntime(options: LocalOptions = {}): LocalRuntime {
  return { boot: (spec) => boot(spec, options) };
}

async function boot(spec: RunSpec, options: LocalOptions): Promise<LocalRun> {
  const folder = mkdtempSync(join(tmpdir(), `brownout-${spec.sandbox}-`));
  for (const [path, text] of Object.entries({ 'package.json': '{"type":"module"}\n', ...spec.files })) {
    const file = join(folder, 'files', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const child = spawn(process.execPath, [SUPERVISOR], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve())).then(() =>
    rmSync(folder, { recursive: true, force: true }),
  );
  const run = new RealRunning(spec, {
    send: (line) => void child.stdin.write(`${line}\n`),
    end: () => end(child),
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => run.take(text));
  child.stdin.on('error', () => {});
  child.once('error', (error) => gone(run, error.message));
  child.once('exit', (code, signal) => gone(run, `it ended with ${signal ?? `code ${code}`}`));
  const freezes = options.freezes ?? (process.platform === 'win32' ? 'links' : 'processes');
  const { firstPort } = options;
  const place = { folder, freezes, removesFolder: true } as const;
  const first = await run.boot({ ...place, ...(firstPort === undefined ? {} : { firstPort }) });
  if (child.pid === undefined)
    throw new RunProblem({ expected: 'a supervisor', found: 'none', fix: 'run again' });
  return { run, first, pid: child.pid, ended };
}

function end(child: ChildProcess): void {
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  child.once('exit', () => clearTimeout(timer));
}

function gone(run: RealRunning, found: string): void {
  run.end({
    expected: 'a supervisor that lives',
    found,
    fix: 'run again; `npm run prepare-engine` makes it',
  });
}
