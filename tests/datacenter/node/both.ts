// Runs one program twice: as a process of the pinned Node, and on a machine of the data center. Gives what each
// printed, in a form that can be compared. Used by the tests of this folder; see differential.test.ts.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TraceEvent } from '../../../src/datacenter/contract.ts';
import type { NodeDatacenter } from '../../../src/runtime/node-datacenter.ts';

const HERE = import.meta.dirname;
const PROGRAMS = join(HERE, 'programs');
const NODE = join(HERE, '../../../node_modules/.bin/node');
const RUN_FOR_NS = 600e9;

export interface Outcome {
  readonly stdout: string;
  /** Without Node's own stack frames, carets, columns and the process's number. */
  readonly stderr: string;
  readonly code: number | null;
}

/** Every file below programs/, by its path below tests/datacenter/node/. */
export function programFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(PROGRAMS, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(HERE.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}

/** The programs themselves: what lies in folders is imported by them. */
export const programNames = (): string[] => readdirSync(PROGRAMS).filter((name) => /\.\w+$/.test(name));

const ARGUMENTS: readonly string[] = ['one', 'two'];

export function onNode(program: string, given = ARGUMENTS): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE, [join(PROGRAMS, program), ...given], {
      cwd: PROGRAMS,
      env: { PATH: '/usr/bin', HOME: '/root', MACHINE: 'solo', SEED: '4711', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const placed = (text: string) => text.replaceAll(PROGRAMS, '/srv/programs');
      resolve({ stdout: placed(stdout), stderr: shapeOf(placed(stderr)), code });
    });
  });
}

export async function onMachine(
  runtime: NodeDatacenter,
  program: string,
  given = ARGUMENTS,
): Promise<Outcome> {
  const { run, first } = await runtime.boot({
    cluster: {
      name: 'one',
      title: 'One machine',
      machines: [{ name: 'solo', program, arguments: given }],
    },
    files: programFiles(),
    sandbox: 'programs',
    seed: 4711,
  });
  const { events } = await run.advanceTo(RUN_FOR_NS);
  run.stop();
  return outcomeOf([...first.events, ...events]);
}

/** What a machine printed, and the code its process ended with. */
export function outcomeOf(events: readonly TraceEvent[]): Outcome {
  const printed = { stdout: '', stderr: '' };
  let code: number | null = null;
  for (const event of events) {
    if (event.kind === 'log') printed[event.stream] += event.text;
    if (event.kind !== 'machine' || event.state === 'up') continue;
    code = event.code ?? null;
  }
  return { stdout: printed.stdout, stderr: shapeOf(printed.stderr), code };
}

function shapeOf(stderr: string): string {
  return stderr
    .replace(/^node:[\w/]+:\d+\n.*\n.*\n\n/, '')
    .replace(/^(Warning: Detected unsettled top-level await).*\n(?:[\s\S]*\n)?$/m, '$1')
    .replaceAll(/\(node:\d+\)/g, '(node:PID)')
    .split('\n')
    .filter((line) => !/^\s*[\^~]+$/.test(line) && !/^\s+at (?!.*\/srv\/)/.test(line))
    .map((line) => line.replace(/^(\s+at ).*?((?:file:\/\/)?\/srv\/[^:]+:\d+):\d+\)?( \{)?$/, '$1$2$3'))
    .join('\n');
}
