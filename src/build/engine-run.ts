// Runs a scenario of a sandbox through the engine, from its files on disk. Called by recorded-child.ts for what
// pages print, by tests, by `brownout run` and by `brownout experiments`.
import { pathToFileURL } from 'node:url';
import type { Action, MachineSpec, MachineView, RequestSample, TraceEvent } from '../datacenter/contract.ts';
import type { Finding } from '../runtime/exercise.ts';
import { datacenterRuntime } from '../runtime/node-datacenter.ts';
import type { Batch, RunSpec, Runtime } from '../runtime/runtime.ts';
import { loadSandbox, runSpec, type Texts } from '../runtime/sandbox.ts';
import { inRepository } from './root.ts';
import { sandboxTexts } from './sandbox-texts.ts';

/** A finished run, as a scenario judges it. */
interface Finished {
  readonly seed: number;
  readonly untilNs: number;
  readonly events: readonly TraceEvent[];
}

/** What a scenario file exports; the same shape as `Scenario` of sandboxes/_shared/check.ts. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly seed: number;
  readonly untilMs: number;
  readonly machines?: readonly MachineSpec[];
  readonly env?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly solution?: string;
  readonly actions: readonly Action[];
  shows(run: Finished): Finding[];
  values(run: Finished): Record<string, number | string>;
}

export interface ScenarioRun {
  readonly name: string;
  readonly seed: number;
  readonly untilNs: number;
  readonly hash: string;
  /** Without machines, settings or programs of its own. */
  readonly asBuilt: boolean;
  readonly samples: readonly RequestSample[];
  readonly machines: readonly MachineView[];
  readonly events: readonly TraceEvent[];
  /** What the scenario must show, and whether it did. */
  readonly findings: readonly Finding[];
  readonly values: Readonly<Record<string, number | string>>;
}

export async function loadScenario(sandbox: string, name: string): Promise<Scenario> {
  const file = inRepository('sandboxes', sandbox, 'scenarios', `${name}.ts`);
  const module = (await import(pathToFileURL(file).href)) as { scenario?: Scenario };
  if (module.scenario === undefined) {
    throw new Error(`${file}: expected \`export const scenario\`, found none: export it`);
  }
  return module.scenario;
}

/** Runs it on a data center of its own, or on the runtime given. */
export async function runScenario(sandbox: string, name: string, given?: Runtime): Promise<ScenarioRun> {
  const scenario = await loadScenario(sandbox, name);
  if (given !== undefined) return playScenario(sandbox, scenario, given);
  const own = datacenterRuntime();
  try {
    return await playScenario(sandbox, scenario, own);
  } finally {
    await own.close();
  }
}

/** Plays it with its own seed, or with another. */
export async function playScenario(
  sandbox: string,
  scenario: Scenario,
  runtime: Runtime,
  seed = scenario.seed,
): Promise<ScenarioRun> {
  const { events, last } = await play(sandbox, scenario, runtime, seed);
  const run = { seed, untilNs: scenario.untilMs * 1e6, events };
  return {
    ...run,
    name: scenario.name,
    hash: last.hash,
    asBuilt: [scenario.machines, scenario.env, scenario.solution].every((own) => own === undefined),
    samples: events.flatMap((event) =>
      event.kind === 'publish' && event.channel === 'brownout:request'
        ? [event.value as unknown as RequestSample]
        : [],
    ),
    machines: last.machines,
    findings: scenario.shows(run),
    values: scenario.values(run),
  };
}

/** What a runtime needs to play it with this seed. */
export async function scenarioSpec(sandbox: string, scenario: Scenario, seed: number): Promise<RunSpec> {
  const { actions, machines = [], env = {}, solution } = scenario;
  const texts = withMachines(sandbox, machines, await sandboxTexts());
  const edits = solution === undefined ? {} : solutionOf(sandbox, solution, texts);
  return runSpec(loadSandbox(sandbox, texts), { seed, actions, env, edits });
}

/** The texts with machines added to cluster.json, so that they are read and judged as its own are. */
function withMachines(sandbox: string, machines: readonly MachineSpec[], texts: Texts): Texts {
  const file = `${sandbox}/cluster.json`;
  const text = texts[file];
  if (machines.length === 0 || text === undefined) return texts;
  const cluster = JSON.parse(text) as { machines: readonly unknown[] };
  return {
    ...texts,
    [file]: JSON.stringify({ ...cluster, machines: [...cluster.machines, ...machines] }, null, 2),
  };
}

async function play(
  sandbox: string,
  scenario: Scenario,
  runtime: Runtime,
  seed: number,
): Promise<{ events: TraceEvent[]; last: Batch }> {
  const { run, first } = await runtime.boot(await scenarioSpec(sandbox, scenario, seed));
  const last = await run.advanceTo(scenario.untilMs * 1e6);
  run.stop();
  return { events: [...first.events, ...last.events], last };
}

/** The files of an exercise's solution, by the paths of those whose place they take. */
function solutionOf(sandbox: string, exercise: string, texts: Texts): Texts {
  const folder = `${sandbox}/exercises/${exercise}/solution/`;
  const files = Object.entries(texts).filter(([path]) => path.startsWith(folder));
  if (files.length > 0)
    return Object.fromEntries(files.map(([path, text]) => [`${sandbox}/${path.slice(folder.length)}`, text]));
  throw new Error(`expected files in sandboxes/${folder}, found none: correct \`solution\` of the scenario`);
}
