// The lab's door for pages: fetches the sandbox's files, mounts the cockpit in place of the recorded run, and does
// what the reader asked for. Loaded by islands/intent.ts at the first such click, never before; calling it again
// for the same section only passes the new wish on. The engine comes with the first boot, the editor with Code.
import type { ClusterSpec } from '../../datacenter/contract.ts';
import type { PageDatacenter } from '../../runtime/datacenter.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { Intent, LabPageData } from '../page-data.ts';
import { openProgress } from '../progress/open.ts';
import type { Checker } from './checker.ts';
import type { ExerciseData, LabData, LabHandle } from './data.ts';
import { readExerciseSpec } from './exercise-spec.ts';
import { mountLab } from './mount-lab.tsx';
import { fetchSheet } from './sheet-place.ts';

type Texts = Readonly<Record<string, string>>;

type Compiled = Parameters<PageDatacenter['ship']>[1];

type Files = Readonly<Record<string, { readonly source: string; readonly compiled?: Compiled[string] }>>;

/** What /labs/<sandbox>.json holds; written by src/build/sandbox-files.ts of the same build. */
interface Bundle {
  readonly cluster: ClusterSpec;
  readonly deeds: LabData['deeds'];
  readonly files: Files;
  readonly exercises: Readonly<
    Record<string, { readonly spec: unknown; readonly start: Texts; readonly solution: Texts }>
  >;
}

const mounted = new Map<HTMLElement, Promise<LabHandle>>();

/** One for the page and a sandbox, so that a run with the same files finds its thread again. */
const datacenters = new Map<string, Promise<PageDatacenter>>();

function engine(sandbox: string): Promise<PageDatacenter> {
  const known = datacenters.get(sandbox);
  if (known !== undefined) return known;
  const begun = import('../../runtime/datacenter.ts').then((module) =>
    module.createDatacenterRuntime(sandbox),
  );
  datacenters.set(sandbox, begun);
  begun.catch(() => datacenters.delete(sandbox));
  return begun;
}

const runtimeOf = (sandbox: string): Runtime => ({
  boot: async (spec) => (await engine(sandbox)).boot(spec),
});

export async function mount(section: HTMLElement, intent: Intent): Promise<void> {
  const begun = mounted.get(section) ?? open(section, intent);
  mounted.set(section, begun);
  try {
    obey(await begun, intent);
  } catch (error) {
    mounted.delete(section);
    throw error;
  }
}

async function open(section: HTMLElement, intent: Intent): Promise<LabHandle> {
  const page = JSON.parse(section.querySelector('[data-lab]')?.textContent ?? 'null') as LabPageData;
  // Side by side with the files; a failure shows itself again, with words, at the boot.
  if (intent.kind === 'run')
    void engine(page.sandbox)
      .then((ready) => ready.warm())
      .catch(() => undefined);
  // My versions are read side by side with the files.
  const [answer] = await Promise.all([fetch(page.filesUrl), openProgress(), fetchSheet()]);
  if (!answer.ok)
    throw new Error(
      `expected the sandbox's files at ${page.filesUrl}, found status ${answer.status}: try again.`,
    );
  const bundle = (await answer.json()) as Bundle;
  const data = labData(page, bundle);
  void engine(page.sandbox).then((ready) => ready.ship(data.files, compiledOf(bundle.files)));
  const live = section.querySelector<HTMLElement>('.lab-live');
  if (live === null) throw new Error('expected a .lab-live inside the lab, found none: see mdx/Lab.astro.');
  const focused = section.contains(document.activeElement);
  const handle = mountLab(live, data, runtimeOf(page.sandbox), check(data));
  live.hidden = false;
  const recorded = section.querySelector<HTMLElement>('.lab-recorded');
  if (recorded !== null) recorded.hidden = true;
  if (focused) live.querySelector<HTMLElement>('button.ck-go')?.focus();
  return handle;
}

function obey(handle: LabHandle, intent: Intent): void {
  if (intent.kind === 'run') handle.run();
  else if (intent.kind === 'edit') handle.openCode(intent.file, intent.line);
  else if (intent.kind === 'exercise') handle.openExercise(intent.name);
  else if (intent.kind === 'link') handle.openLink(intent.fragment);
}

function labData(page: LabPageData, bundle: Bundle): LabData {
  const path = (name: string): string => (name.startsWith('../') ? name.slice(3) : `${page.sandbox}/${name}`);
  const exercises = page.exercises.flatMap((name): ExerciseData[] => {
    const found = bundle.exercises[name];
    if (found === undefined) return [];
    const { start, solution } = found;
    return [{ name, ...readExerciseSpec(found.spec, path), start, solution }];
  });
  const { sandbox, title, seed, dials } = page;
  return {
    sandbox,
    title,
    cluster: bundle.cluster,
    deeds: bundle.deeds,
    files: textsOf(bundle.files),
    open: page.open.map(path),
    seed,
    exercises,
    dials,
    consolePrograms: () => fetchConsole(sandbox, new URL('_you.json', new URL(page.filesUrl, location.href))),
  };
}

/** The machine `you` comes with files of its own, apart from what Run loads. */
async function fetchConsole(sandbox: string, url: URL): Promise<Texts> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the console's programs at ${url.pathname}: status ${answer.status}`);
  const { files } = (await answer.json()) as Pick<Bundle, 'files'>;
  const texts = textsOf(files);
  (await engine(sandbox)).ship(texts, compiledOf(files));
  return texts;
}

function textsOf(files: Files): Texts {
  return Object.fromEntries(Object.entries(files).map(([name, { source }]) => [name, source]));
}

function compiledOf(files: Files): Compiled {
  const compiled: Record<string, Compiled[string]> = {};
  for (const [name, file] of Object.entries(files))
    if (file.compiled !== undefined) compiled[name] = file.compiled;
  return compiled;
}

function check(data: LabData): Checker {
  return async (request) =>
    (await import('./check.ts')).checkExercise(data, runtimeOf(data.sandbox), request);
}
