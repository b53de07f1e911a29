// Parts Node's library for pages, modules and constants of bindings: what most sandboxes' programs load at once, what
// each of them loads besides, and the rest, which a page fetches only when a program asks for it. Found by running
// every sandbox for a moment, not by a list that would rot.
// Called by engine.ts.
import { compile } from '../datacenter/compiler.ts';
import { boot, CodeCache, CompiledLibrary, factsModule, type NodeLibrary } from '../datacenter/datacenter.ts';
import { loadSandbox, type Sandbox } from '../runtime/sandbox.ts';
import { sandboxTexts } from './sandbox-texts.ts';

/** Virtual time after which a sandbox's programs have loaded what they use from the start. */
const MOMENT_NS = 2e9;

export interface PageLibrary {
  readonly first: NodeLibrary;
  /** By sandbox: what its programs use besides, sources by module id. */
  readonly own: Readonly<Record<string, Sources>>;
  /** All that is not in `first`. */
  readonly more: Sources;
}
type Sources = Readonly<Record<string, string>>;

/** What a sandbox's programs used. */
interface Use {
  readonly modules: ReadonlySet<string>;
  readonly bindings: ReadonlySet<string>;
}

/** `licence` is what a page says of the library's terms: their text is 160 KB. */
export async function partLibrary(library: NodeLibrary, licence: string): Promise<PageLibrary> {
  const uses = await usesBySandbox(library);
  const modules = usedByMost([...uses.values()].map((use) => use.modules));
  const bindings = usedByMost([...uses.values()].map((use) => use.bindings));
  const first: Record<string, string> = {};
  const more: Record<string, string> = {};
  for (const [id, source] of byTopic(library.sources)) (modules.has(id) ? first : more)[id] = source;
  const known = { ...library.data, ...library.members };
  for (const name of Object.keys(known).filter((each) => !bindings.has(each))) {
    const { id, source } = factsModule(library, name);
    more[id] = source;
  }
  const of = <Fact>(facts: Readonly<Record<string, Fact>>): Record<string, Fact> =>
    Object.fromEntries(Object.entries(facts).filter(([name]) => bindings.has(name)));
  const { sources: _, data, members, ...rest } = library;
  const { builtins, ...others } = of(data);
  // The ids of modules stand side by side, for they repeat each other.
  const facts = { data: { ...others, ...(builtins && { builtins }) }, later: Object.keys(more) };
  const own = Object.fromEntries(
    [...uses].map(([sandbox, use]) => {
      const ids = new Set([
        ...use.modules,
        ...[...use.bindings].map((name) => factsModule(library, name).id),
      ]);
      return [sandbox, Object.fromEntries(Object.entries(more).filter(([id]) => ids.has(id)))];
    }),
  );
  return { first: { ...rest, licence, sources: first, members: of(members), ...facts }, own, more };
}

/** In at least half of the sets. */
function usedByMost(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const names = new Set(sets.flatMap((set) => [...set]));
  return new Set([...names].filter((name) => 2 * sets.filter((set) => set.has(name)).length >= sets.length));
}

/** Modules about one thing side by side, short ones first: compression looks back over 32 KB only. */
const TOPICS = [
  /^internal\/streams|^stream/,
  /^_?http|^net$|^internal\/(?:net|http)|stream_base|dns/,
  /^fs|^internal\/fs/,
  /event|abort/,
  /perf|histogram|timers/,
  /url|query|mime/,
];

function byTopic(sources: Readonly<Record<string, string>>): [string, string][] {
  const topicOf = (id: string): number => {
    const found = TOPICS.findIndex((topic) => topic.test(id));
    return found < 0 ? TOPICS.length : found;
  };
  return Object.entries(sources).sort(
    ([a, one], [b, other]) => topicOf(a) - topicOf(b) || one.length - other.length,
  );
}

async function usesBySandbox(library: NodeLibrary): Promise<ReadonlyMap<string, Use>> {
  const texts = await sandboxTexts();
  const names = Object.keys(texts).flatMap((path) => /^([^/]+)\/cluster\.json$/.exec(path)?.[1] ?? []);
  const uses = new Map<string, Use>();
  for (const name of names.sort()) uses.set(name, await useOf(loadSandbox(name, texts), library));
  return uses;
}

async function useOf(sandbox: Sandbox, library: NodeLibrary): Promise<Use> {
  const compiled = new CompiledLibrary(library);
  const run = boot({
    cluster: sandbox.cluster,
    files: sandbox.files,
    sandbox: sandbox.name,
    seed: 1,
    library: compiled,
    code: new CodeCache(compile),
    hop: (callback) => void setImmediate(callback),
  });
  await run.advanceTo(MOMENT_NS);
  run.stop();
  return { modules: new Set(compiled.compiledIds()), bindings: new Set(compiled.askedBindings()) };
}
