// Parts Node's library for pages: what the sandboxes' programs load at once, modules and constants of bindings, and the
// rest, which a page fetches only when a program asks for it. Found by running every sandbox for a moment, not by a
// list that would rot.
// Called by engine.ts.
import { compile } from '../datacenter/compiler.ts';
import { boot, CodeCache, CompiledLibrary, factsModule, type NodeLibrary } from '../datacenter/datacenter.ts';
import { loadSandbox } from '../runtime/sandbox.ts';
import { sandboxTexts } from './sandbox-texts.ts';

/** Virtual time after which a sandbox's programs have loaded what they use from the start. */
const MOMENT_NS = 1e9;

export interface PageLibrary {
  readonly first: NodeLibrary;
  /** Sources by module id. */
  readonly more: Readonly<Record<string, string>>;
}

/** `licence` is what a page says of the library's terms: their text is 160 KB. */
export async function partLibrary(library: NodeLibrary, licence: string): Promise<PageLibrary> {
  const { modules, bindings } = await inUse(library);
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
  return { first: { ...rest, licence, sources: first, members: of(members), ...facts }, more };
}

/** Modules about one thing side by side: compression looks back over 32 KB only. */
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
  return Object.entries(sources).sort(([a], [b]) => topicOf(a) - topicOf(b));
}

async function inUse(
  library: NodeLibrary,
): Promise<{ modules: ReadonlySet<string>; bindings: ReadonlySet<string> }> {
  const compiled = new CompiledLibrary(library);
  const texts = await sandboxTexts();
  for (const path of Object.keys(texts).filter((each) => each.endsWith('/cluster.json'))) {
    const sandbox = loadSandbox(path.split('/')[0] ?? '', texts);
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
  }
  return { modules: new Set(compiled.compiledIds()), bindings: new Set(compiled.askedBindings()) };
}
