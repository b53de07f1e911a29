// Compiled files of a thread: each source is compiled and made a function once, whatever number of machines
// runs it. Shipped files come compiled ahead of time; others go through the compiler that it is given.
import type { Complaint } from '../../contract.ts';
import type { LibraryFunction } from '../library.ts';
import type { Compile, CompiledModule } from './compiled.ts';

/** A file that was compiled ahead of time. */
export interface Precompiled {
  readonly source: string;
  readonly compiled: CompiledModule;
}

export class CodeCache {
  readonly #compile: Compile;
  readonly #compiled = new Map<
    string,
    Precompiled | { readonly source: string; readonly compiled: Complaint }
  >();
  readonly #functions = new Map<string, LibraryFunction>();

  constructor(compile: Compile) {
    this.#compile = compile;
  }

  /** Takes in files compiled ahead of time, by their path on the machines' disks. */
  add(path: string, precompiled: Precompiled): void {
    this.#compiled.set(path, precompiled);
  }

  compile(source: string, path: string): CompiledModule | Complaint {
    const known = this.#compiled.get(path);
    if (known !== undefined && known.source === source) return known.compiled;
    const compiled = this.#compile(source, path);
    this.#compiled.set(path, { source, compiled } as Precompiled);
    return compiled;
  }

  functionOf(path: string, compiled: CompiledModule): LibraryFunction {
    const key = `${path}\n${compiled.code}`;
    let made = this.#functions.get(key);
    if (made === undefined) {
      // Indirect eval: the code sees no name of ours, and its first line is line 1.
      // biome-ignore lint/security/noGlobalEval: running programs is what the data center is for.
      const evaluate = globalThis.eval;
      made = evaluate(`${compiled.code}\n//# sourceURL=file://${path}`) as LibraryFunction;
      this.#functions.set(key, made);
    }
    return made;
  }
}
