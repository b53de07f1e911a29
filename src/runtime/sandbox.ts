// A sandbox, read from texts: its cluster, its programs, and what a run of it needs. Pure; no file system.
// Refuses, with a RunProblem, edits of files that are not there and scenarios that set variables of unknown machines.
// Called by labs, tests, the exercise runner and the build.
import type { Action, ClusterSpec, Complaint } from '../datacenter/contract.ts';
import { readCluster } from './cluster.ts';
import { CONSOLE_FOLDER } from './console.ts';
import { RunProblem, type RunSpec } from './runtime.ts';

/** Source text by path below `sandboxes/`. */
export type Texts = Readonly<Record<string, string>>;

export interface Sandbox {
  readonly name: string;
  readonly cluster: ClusterSpec;
  /** Programs of the sandbox and of `_shared`, without the console's, by path below `sandboxes/`. */
  readonly files: Texts;
}

const program = /\.(?:ts|mts|js|mjs|cjs|json)$/;

/** Whether a path in a sandbox's folder is the course's own, which asks and judges, and nothing that its machines run. */
export function isOfCourse(name: string): boolean {
  return /^(?:exercises|experiments|readings|scenarios)\//.test(name);
}

/** Picks the sandbox `name` out of all texts below `sandboxes/`. Throws RunProblem for the first complaint. */
export function loadSandbox(name: string, texts: Texts): Sandbox {
  const file = `${name}/cluster.json`;
  const source = texts[file];
  if (source === undefined) {
    const there = Object.keys(texts)
      .filter((path) => path.endsWith('/cluster.json'))
      .sort();
    throw problem(
      `the sandbox '${name}' (sandboxes/${file})`,
      `${there.join(', ') || 'no cluster.json'}`,
      'correct the name',
    );
  }
  const isOwn = (path: string) => path.startsWith(`${name}/`) && !isOfCourse(path.slice(name.length + 1));
  const isShared = (path: string) => path.startsWith('_shared/') && !path.startsWith(CONSOLE_FOLDER);
  const kept = Object.entries(texts).filter(
    ([path]) => program.test(path) && (isOwn(path) || isShared(path)),
  );
  const programs = kept.flatMap(([path]) =>
    isOwn(path) && !path.endsWith('.json') ? [path.slice(name.length + 1)] : [],
  );
  const reading = readCluster(source, `sandboxes/${file}`, programs);
  if (!reading.ok) throw new RunProblem(reading.complaints[0] as Complaint);
  return { name, cluster: reading.cluster, files: Object.fromEntries(kept) };
}

export interface RunChoice {
  readonly seed: number;
  readonly actions?: readonly Action[];
  /** Replaces single variables of the cluster's `env`, by machine. */
  readonly env?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Replaces files, by path below `sandboxes/`. */
  readonly edits?: Texts;
}

/** What a runtime needs to run the sandbox so. */
export function runSpec(sandbox: Sandbox, choice: RunChoice): RunSpec {
  const { seed, actions = [], env = {}, edits = {} } = choice;
  const names = sandbox.cluster.machines.map((one) => one.name);
  const stranger = Object.keys(env).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw problem(
      `variables for machines of the cluster (${names.join(', ')})`,
      `'${stranger}'`,
      'correct the name',
    );
  }
  const unknown = Object.keys(edits).find((path) => sandbox.files[path] === undefined);
  if (unknown !== undefined) {
    throw problem(
      'edits of files of the sandbox',
      `sandboxes/${unknown}`,
      `use one of ${Object.keys(sandbox.files).join(', ')}`,
    );
  }
  const machines = sandbox.cluster.machines.map((one) =>
    env[one.name] === undefined ? one : { ...one, env: { ...one.env, ...env[one.name] } },
  );
  return {
    cluster: { ...sandbox.cluster, machines },
    files: { ...sandbox.files, ...edits },
    sandbox: sandbox.name,
    seed,
    actions: [...actions].sort((a, b) => a.atNs - b.atNs),
  };
}

function problem(expected: string, found: string, fix: string): RunProblem {
  return new RunProblem({ expected, found, fix });
}
