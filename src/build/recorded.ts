// Recorded runs: what pages print of a scenario, computed by running it when the site is built. The run happens in
// a Node process of its own (recording.ts), so that the engine and Astro do not meet; its answer is kept in
// .generated/recorded by a hash of everything it depends on. Never invents a value. Used by mdx and the YAML readers.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { MachineView, RequestSample, TraceEvent } from '../datacenter/contract.ts';
import { standardValues, type Value } from '../grading/run-values.ts';
import type { Finding } from '../runtime/exercise.ts';
import { complain, listed } from './complain.ts';
import { fingerprint } from './fingerprint.ts';
import type { PacketLine } from './packet-lines.ts';
import { record } from './recording.ts';
import { inRepository } from './root.ts';
import { scenarioNames } from './sandbox-files.ts';

/** What a run of a scenario leaves behind. `events` has actions, machine states and what programs published. */
export interface Recorded {
  readonly name: string;
  readonly seed: number;
  readonly untilNs: number;
  readonly hash: string;
  /** The cluster had the settings of its file; the scenario changed none of them. */
  readonly asBuilt: boolean;
  readonly samples: readonly RequestSample[];
  readonly machines: readonly MachineView[];
  readonly events: readonly TraceEvent[];
  /** In short; the whole trace would be too much to keep. */
  readonly packets: readonly PacketLine[];
  /** What the scenario must show, and whether it did: the tests look. */
  readonly findings: readonly Finding[];
  /** The scenario's own values; recordedRun adds the standard ones. */
  readonly values: Readonly<Record<string, Value>>;
}

const running = new Map<string, Promise<Recorded>>();

/** Runs `sandboxes/<sandbox>/scenarios/<scenario>…` once per build and remembers it. */
export function recordedRun(sandbox: string, scenario: string): Promise<Recorded> {
  const key = `${sandbox}/${scenario}`;
  const known = running.get(key) ?? load(sandbox, scenario);
  running.set(key, known);
  return known;
}

/** Runs every scenario of a sandbox, as many at once as there are cores, so that a page need not wait for each. */
export async function recordAll(sandbox: string): Promise<void> {
  const left = scenarioNames(sandbox);
  const work = async (): Promise<void> => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) await recordedRun(sandbox, name);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

/** A value of a run. Throws ContentProblem naming `file` and what values there are. */
export async function recordedValue(
  file: string,
  sandbox: string,
  scenario: string,
  name: string,
): Promise<Value> {
  const run = await recordedRun(sandbox, scenario);
  const value = run.values[name];
  if (value !== undefined) return value;
  return complain({
    file,
    expected: `a value \`${name}\` of the run ${sandbox}/${scenario}`,
    found: `values ${listed(Object.keys(run.values))}`,
    fix: 'use one of those, or let the scenario compute it.',
  });
}

async function load(sandbox: string, scenario: string): Promise<Recorded> {
  const folder = inRepository('.generated', 'recorded');
  const path = `${folder}/${sandbox}.${scenario}.${await fingerprint(sandbox)}.json`;
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  const text = kept ?? (await runInChild(sandbox, scenario));
  const raw = JSON.parse(text) as Recorded;
  if (kept === undefined) {
    await mkdir(folder, { recursive: true });
    await writeFile(path, text);
  }
  return { ...raw, values: { ...standardValues(raw), ...raw.values } };
}

/** What the requests of a run say by the standard names, even where its scenario calls something else so. */
export function requestValues(run: Recorded): Readonly<Record<string, Value>> {
  return standardValues(run);
}

async function runInChild(sandbox: string, scenario: string): Promise<string> {
  try {
    return await record(sandbox, scenario);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return complain({
      file: `sandboxes/${sandbox}/scenarios/${scenario}`,
      expected: 'the scenario to run',
      found: said.split('\n').slice(0, 12).join('\n'),
      fix: 'mend the scenario or the name that asks for it.',
    });
  }
}
