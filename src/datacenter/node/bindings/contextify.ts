// What node:vm asks of the engine below: scripts and functions from text, in the one context that a process has here.
// Other contexts, cached code and modules of vm are refused by name. Called by registry.ts.
import type { Script } from '../loader/scripts.ts';
import type { Binding, Realm } from '../realm.ts';
import { refuseCall, refusedError } from '../refused.ts';

export const contextify = (realm: Realm): Binding => {
  class ContextifyScript {
    readonly #script: Script;
    cachedDataRejected: boolean | undefined = undefined;
    sourceMapURL: string | undefined = undefined;

    constructor(code: string, file: string, lines = 0, columns = 0, cachedData?: unknown) {
      // Cached code is of another engine: it is let go, as Node does with what it cannot use.
      if (cachedData !== undefined) this.cachedDataRejected = true;
      this.sourceMapURL = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/m.exec(code)?.[1];
      this.#script = realm.scripts.compile(code, file, lines, columns);
    }

    runInContext(context: object | null, timeoutMs: number): unknown {
      if (context !== null) throw refusedError('vm.createContext()');
      if (timeoutMs !== -1) throw refusedError('the timeout of a vm script');
      return realm.scripts.run(this.#script);
    }

    createCachedData = refuseCall('script.createCachedData()');
  }

  function compileFunction(
    code: string,
    file: string,
    lines = 0,
    columns = 0,
    cachedData?: unknown,
    _produceCachedData?: boolean,
    context?: object,
    extensions: readonly object[] = [],
    parameters: readonly string[] = [],
  ): object {
    if (context !== undefined) throw refusedError('vm.createContext()');
    if (extensions.length > 0) throw refusedError('vm.compileFunction() with contextExtensions');
    // On their own first: together, one could close what the other opens.
    realm.scripts.compile(`(function (${parameters.join(',')}) {\n})`, file, lines, columns);
    realm.scripts.compile(`(function () {${code}\n})`, file, lines, columns);
    const script = realm.scripts.compile(
      `(function (${parameters.join(',')}) {${code}\n})`,
      file,
      lines,
      columns,
    );
    const made = realm.scripts.run(script) as object;
    return {
      function: Object.defineProperty(made, 'name', { value: '' }),
      sourceMapURL: undefined,
      ...(cachedData !== undefined && { cachedDataRejected: true }),
    };
  }

  return {
    ...realm.library.data('contextify'),
    ContextifyScript,
    compileFunction,
    makeContext: refuseCall('vm.createContext()'),
    measureMemory: refuseCall('vm.measureMemory()'),
    startSigintWatchdog: () => undefined,
    stopSigintWatchdog: () => false,
    watchdogHasPendingSigint: () => false,
    containsModuleSyntax: (code: string) => /^\s*(?:import\b(?!\s*\()|export\b)/m.test(code),
  };
};
