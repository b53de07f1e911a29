// Runs scripts of node:vm on the globals of one process. One instance a process; called by bindings/contextify.ts.
// Refuses other contexts, by name, there.
import type { Realm } from '../realm.ts';
import type { CodeCache } from './code-cache.ts';
import type { CompiledModule } from './compiled.ts';
import { isComplaint } from './compiled.ts';
import { syntaxErrorOf } from './module-errors.ts';
import { type Modules, PROMISES } from './modules.ts';
import { FILE, GUARD, MODULE } from './names.ts';

export interface Script {
  readonly compiled: CompiledModule;
  readonly file: string;
}

const LINES_BEFORE_MAX = 10_000;

export class Scripts {
  readonly #realm: Realm;
  readonly #cache: CodeCache;
  readonly #modules: Modules;

  constructor(realm: Realm, cache: CodeCache, modules: Modules) {
    this.#realm = realm;
    this.#cache = cache;
    this.#modules = modules;
  }

  /** Throws a SyntaxError. `linesBefore` and `columnsBefore` are where the code stands in its file. */
  compile(source: string, file: string, linesBefore: number, columnsBefore: number): Script {
    const lines = Math.min(Math.max(linesBefore, 0), LINES_BEFORE_MAX);
    const columns = Math.min(Math.max(columnsBefore, 0), LINES_BEFORE_MAX);
    const placed = '\n'.repeat(lines) + ' '.repeat(columns) + source;
    const compiled = this.#cache.compile(placed, `script:${file}`);
    if (isComplaint(compiled)) throw syntaxErrorOf({ ...compiled, file }, placed, file);
    if (PROMISES.test(source)) this.#realm.usesPromises = true;
    return { compiled, file };
  }

  /** The value of the script's last statement. */
  run({ compiled, file }: Script): unknown {
    const { globalObject, guard } = this.#realm;
    const variables = new Set(compiled.variables);
    for (const name of variables) if (!(name in globalObject)) globalObject[name] = undefined;
    const link = {
      ...this.#modules.linkOf(file),
      writable: () => globalObject,
      // Only a direct eval gives the value of the last statement; `with` makes the script's variables globals.
      code: `${compiled.code}\n//# sourceURL=${file}`,
      variables: new Proxy(globalObject, {
        has: (_target, name) => typeof name === 'string' && variables.has(name),
      }),
    };
    const parameters = [MODULE, GUARD, FILE, ...compiled.globals].join(', ');
    // biome-ignore lint/security/noGlobalEval: running programs is what the data center is for.
    const evaluate = globalThis.eval;
    const runner = evaluate(
      `(function (${parameters}) { with (${MODULE}.variables) { return eval(${MODULE}.code); } })`,
    ) as (...given: unknown[]) => unknown;
    return runner.call(
      globalObject,
      link,
      guard,
      file,
      ...compiled.globals.map((name) => globalObject[name]),
    );
  }
}
