// What node:vm asks of the engine below: contexts, and scripts and functions from text. A context's own queue of promise
// jobs and its own rules for eval are refused by name. Called by registry.ts.
import type { Import, Script, ScriptOptions } from '../loader/scripts.ts';
import type { Binding, Realm } from '../realm.ts';
import { refuseCall, refusedError } from '../refused.ts';
import { cachedDataOf, isRejected, type ScriptText, showingErrors } from './script-errors.ts';
import { importFrom } from './script-imports.ts';

const NO_LIMIT = -1;

export const contextify = (realm: Realm): Binding => {
  class ContextifyScript {
    readonly #script: Script;
    readonly #import: Import | undefined;
    readonly #text: ScriptText;
    cachedDataRejected: boolean | undefined = undefined;
    sourceMapURL: string | undefined = undefined;
    declare cachedDataProduced: boolean;
    declare cachedData: Uint8Array;

    constructor(
      code: string,
      file: string,
      lines = 0,
      columns = 0,
      cachedData?: unknown,
      producesCachedData?: boolean,
      _context?: object,
      importId?: symbol,
    ) {
      if (cachedData !== undefined) this.cachedDataRejected = isRejected(realm, code, cachedData);
      this.#text = { code, file, lines };
      this.sourceMapURL = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/m.exec(code)?.[1];
      this.#script = realm.scripts.compile(code, file, lines, columns);
      this.#import = importFrom(realm, importId, () => this);
      if (producesCachedData === true)
        Object.assign(this, { cachedDataProduced: true, cachedData: this.createCachedData() });
    }

    runInContext(context: object | null, timeoutMs: number, displaysErrors: boolean): unknown {
      const options = {
        context,
        ...(timeoutMs !== NO_LIMIT && { timeoutMs }),
        ...(this.#import !== undefined && { import: this.#import }),
      };
      return showingErrors(this.#text, !displaysErrors, () => realm.scripts.run(this.#script, options));
    }

    createCachedData(): Uint8Array {
      return cachedDataOf(realm, this.#text.code);
    }
  }

  return {
    ...realm.library.data('contextify'),
    ContextifyScript,
    compileFunction: compileFunction.bind(null, realm),
    makeContext: (
      sandbox: object | symbol,
      _name: string,
      _origin: unknown,
      evaluatesText: boolean,
      compilesWasm: boolean,
      hasOwnQueue: boolean,
    ) => {
      if (!evaluatesText || !compilesWasm) throw refusedError('codeGeneration of a vm context');
      if (hasOwnQueue) throw refusedError('microtaskMode of a vm context');
      return realm.scripts.contextify(typeof sandbox === 'object' ? sandbox : null);
    },
    measureMemory: refuseCall('vm.measureMemory()'),
    startSigintWatchdog: () => undefined,
    stopSigintWatchdog: () => false,
    watchdogHasPendingSigint: () => false,
    containsModuleSyntax: (code: string) => /^\s*(?:import\b(?!\s*\()|export\b)/m.test(code),
  };
};

function compileFunction(
  realm: Realm,
  code: string,
  file: string,
  lines = 0,
  columns = 0,
  cachedData?: unknown,
  producesCachedData?: boolean,
  context?: object,
  extensions: readonly object[] = [],
  parameters: readonly string[] = [],
  importId?: symbol,
): object {
  // On their own first: together, one could close what the other opens.
  realm.scripts.compile(`(function (${parameters.join(',')}) {\n})`, file, lines, columns);
  realm.scripts.compile(`(function () {${code}\n})`, file, lines, columns);
  const text = `(function (${parameters.join(',')}) {${code}\n})`;
  const script = realm.scripts.compile(text, file, lines, columns);
  const imports = importFrom(realm, importId, () => made);
  const options: ScriptOptions = {
    context: context ?? null,
    extensions: extensions.filter((each) => each !== null),
    ...(imports !== undefined && { import: imports }),
  };
  const made = realm.scripts.run(script, options) as object;
  return {
    function: Object.defineProperty(made, 'name', { value: '' }),
    sourceMapURL: undefined,
    ...(cachedData !== undefined && { cachedDataRejected: isRejected(realm, text, cachedData) }),
    ...(producesCachedData && { cachedDataProduced: true, cachedData: cachedDataOf(realm, text) }),
  };
}
