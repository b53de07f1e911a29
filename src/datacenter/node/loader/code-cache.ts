// Compiled files of a thread: each source is compiled once, whatever number of machines runs it. Shipped files come
// compiled ahead of time; others go through the compiler that it is given. Called by modules.ts and programs.ts.
import type { Complaint } from '../../contract.ts';
import type { LibraryFunction } from '../library.ts';
import { type CompileScript, sharedScript } from '../script.ts';
import type { Frame } from '../stack.ts';
import { type Compile, type CompiledModule, isComplaint } from './compiled.ts';
import { sourceBefore } from './shown-source.ts';

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
  readonly #compileScript: CompileScript;
  readonly #functions = new Map<string, () => LibraryFunction>();

  constructor(compile: Compile, compileScript: CompileScript = sharedScript) {
    this.#compile = compile;
    this.#compileScript = compileScript;
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

  /** What stands before a frame on its line, as the file has it; null where the code is none of this cache's. */
  sourceBefore({ scriptName, lineNumber, column }: Frame): string | null {
    const known = this.#compiled.get(scriptName.replace(/^file:\/\//, ''))?.compiled;
    return known === undefined || isComplaint(known) ? null : sourceBefore(known.code, lineNumber, column);
  }

  /** The text of compiled code or of the library for a program that its parent waits for (job-code.ts). */
  withJobs(code: string, path: string): string {
    const compiled = this.compile(code, `jobs:${path}`);
    if (isComplaint(compiled)) throw new SyntaxError(`${compiled.file}: ${compiled.found}`);
    return compiled.code;
  }

  functionOf(path: string, compiled: CompiledModule): LibraryFunction {
    const key = `${path}\n${compiled.code}`;
    let made = this.#functions.get(key);
    if (made === undefined) {
      made = this.#compileScript(compiled.code, `file://${path}`) as () => LibraryFunction;
      this.#functions.set(key, made);
    }
    return made();
  }
}
