// Node's own library as the build hands it over, and the functions compiled from it.
// Compiled once a thread; a module's function holds no state of its own. Where the host can evaluate a compiled script
// again, each realm has functions of its own from the same bytecode: what the host's just-in-time compiler learns of
// one machine's objects then does not blur what it knows of another's.
import { assert } from '../base/assert.ts';
import { type CompileScript, sharedScript } from './script.ts';

/** What build/node-library.ts writes. */
export interface NodeLibrary {
  /** Such as `v24.21.0`. */
  readonly version: string;
  /** Its text, or where it is. */
  readonly licence: string;
  /** Parameter list of an ordinary library module. */
  readonly parameters: string;
  /** Names of the globals that bundled dependencies take as further parameters. */
  readonly globals: readonly string[];
  /** Module id to a JavaScript function expression. */
  readonly sources: Readonly<Record<string, string>>;
  /** Constants of Node's native side, by binding. */
  readonly data: Readonly<Record<string, BindingData>>;
  /** Names of the functions and classes of each binding in the real Node. */
  readonly members: Readonly<Record<string, readonly string[]>>;
  /** WebAssembly of llhttp, hexadecimal: compresses better than base64, which cuts bytes apart. */
  readonly llhttp: string;
  /** Ids of modules that are carried too, but come later, when a program asks for one (see add). */
  readonly later?: readonly string[];
}

export type BindingData = { readonly [key: string]: Data };
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** A library module ready to be called with its parameters. */
export type LibraryFunction = (...parameters: unknown[]) => unknown;

/** A binding's constants and the names of its members, as a module that comes later has them. */
interface BindingFacts {
  readonly data?: BindingData;
  readonly members?: readonly string[];
}

const FACTS = 'internal/brownout/bindings/';

/** The module that a binding's facts come in where they come later, for `add`. */
export function factsModule(library: NodeLibrary, binding: string): { id: string; source: string } {
  const { [binding]: data } = library.data;
  const { [binding]: members } = library.members;
  return {
    id: `${FACTS}${binding}`,
    source: `(function () {'use strict'; return ${JSON.stringify({ data, members })};})`,
  };
}

/** Compiles library modules on first use, under the names that Node gives them in stack traces. */
export class CompiledLibrary {
  readonly source: NodeLibrary;
  /** A program asked for a module that comes later: what has run since is worth nothing. */
  isIncomplete = false;
  readonly #sources: Record<string, string>;
  readonly #later: Set<string>;
  readonly #functions = new Map<string, () => LibraryFunction>();
  readonly #compileScript: CompileScript;
  readonly #facts = new Map<string, BindingFacts>();

  constructor(source: NodeLibrary, compileScript: CompileScript = sharedScript) {
    this.source = source;
    this.#compileScript = compileScript;
    this.#sources = { ...source.sources };
    this.#later = new Set(source.later);
  }

  /** Takes in modules that were to come later. */
  add(sources: Readonly<Record<string, string>>): void {
    Object.assign(this.#sources, sources);
    for (const id of Object.keys(sources)) this.#later.delete(id);
  }

  has(id: string): boolean {
    return id in this.#sources || this.#later.has(id);
  }

  /** Ids of the modules that something has loaded. */
  compiledIds(): string[] {
    return [...this.#functions.keys()];
  }

  /** Ids of all modules that are carried. */
  ids(): string[] {
    return [...Object.keys(this.#sources), ...this.#later];
  }

  function(id: string): LibraryFunction {
    let compiled = this.#functions.get(id);
    if (compiled === undefined) {
      if (this.#later.has(id)) {
        this.isIncomplete = true;
        throw new Error(`expected node:${id}, found that it has not come yet: the run begins again with it`);
      }
      const text = this.#sources[id];
      assert(text !== undefined, `library module ${id} is carried by the data center`);
      compiled = this.#compileScript(text, `node:${id}`) as () => LibraryFunction;
      this.#functions.set(id, compiled);
    }
    return compiled();
  }

  /** The same of another text of the module. */
  functionWith(id: string, change: (text: string) => string): LibraryFunction {
    const key = `jobs:${id}`;
    let compiled = this.#functions.get(key);
    if (compiled === undefined) {
      const plain = this.function(id);
      const text = this.#sources[id] ?? '';
      const changed = change(text);
      if (changed === text) return plain;
      compiled = this.#compileScript(changed, `node:${id}`) as () => LibraryFunction;
      this.#functions.set(key, compiled);
    }
    return compiled();
  }

  /** Constants of a binding; empty where Node has none. */
  data(binding: string): BindingData {
    return this.#factsOf(binding).data ?? {};
  }

  /** Names of a binding's functions and classes in the real Node; undefined where it has no such binding. */
  members(binding: string): readonly string[] | undefined {
    return this.#factsOf(binding).members;
  }

  /** Bindings that something has asked of. */
  askedBindings(): string[] {
    return [...this.#facts.keys()];
  }

  #factsOf(binding: string): BindingFacts {
    let facts = this.#facts.get(binding);
    if (facts === undefined) {
      const { [binding]: data } = this.source.data;
      const { [binding]: members } = this.source.members;
      if (this.has(FACTS + binding)) facts = this.function(FACTS + binding)() as BindingFacts;
      else facts = { ...(data && { data }), ...(members && { members }) };
      this.#facts.set(binding, facts);
    }
    return facts;
  }
}
