// Parts Node's library for pages: what the sandboxes' programs load at once, and the rest, which a page fetches
// only when a program asks for it. Found by running every sandbox for a moment, not by a list that would rot.
// Called by engine.ts.
import { compile } from '../datacenter/compiler.ts';
import { boot, CodeCache, CompiledLibrary, type NodeLibrary } from '../datacenter/datacenter.ts';
import { loadSandbox } from '../runtime/sandbox.ts';
import { sandboxTexts } from './sandbox-texts.ts';

/** Virtual time after which a sandbox's programs have loaded what they use from the start. */
const MOMENT_NS = 1e9;

export interface PageLibrary {
  readonly first: NodeLibrary;
  /** Sources by module id. */
  readonly more: Readonly<Record<string, string>>;
}

export async function partLibrary(library: NodeLibrary): Promise<PageLibrary> {
  const used = await idsInUse(library);
  const first: Record<string, string> = {};
  const more: Record<string, string> = {};
  for (const [id, source] of Object.entries(library.sources)) (used.has(id) ? first : more)[id] = source;
  return { first: { ...library, sources: first, later: Object.keys(more) }, more };
}

async function idsInUse(library: NodeLibrary): Promise<ReadonlySet<string>> {
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
  return new Set(compiled.compiledIds());
}
