// What node:vm asks of the engine below: contexts, and scripts and functions from text. A context's own queue of promise
// jobs and its own rules for eval are refused by name. Called by registry.ts.
import type { Import, Script, ScriptOptions } from '../loader/scripts.ts';
import type { Binding, Callable, Realm } from '../realm.ts';
import { refuseCall, refusedError } from '../refused.ts';
import { perThreadSymbol } from './plain.ts';
import { cachedDataOf, isRejected, type ScriptText, showingErrors } from './script-errors.ts';

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

const MAIN = new Set(
  ['vm_dynamic_import_main_context_default', 'vm_dynamic_import_default_internal'].map(perThreadSymbol),
);
const MISSING: ReadonlyMap<symbol, string> = new Map([
  [perThreadSymbol('vm_dynamic_import_no_callback'), 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING'],
  [perThreadSymbol('vm_dynamic_import_missing_flag'), 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG'],
]);

/** What `import()` does in code of a script, by what its maker said: undefined where it imports as a file does. */
function importFrom(realm: Realm, id: symbol | undefined, referrer: () => object): Import | undefined {
  if (id === undefined || MAIN.has(id)) return undefined;
  return async (specifier, options) => {
    const missing = MISSING.get(id);
    const { codes } = realm.requireBuiltin('internal/errors') as {
      codes: Record<string, new () => Error>;
    };
    const Missing = codes[missing ?? 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING'];
    const registry = realm.scripts.registries.get(referrer());
    const load = missing === undefined ? registry?.importModuleDynamically : undefined;
    if (load === undefined) throw Missing === undefined ? new TypeError(missing) : new Missing();
    const attributes = Object.assign(
      Object.create(null) as object,
      (options as { with?: object } | undefined)?.with,
    );
    return (load as Callable)(String(specifier), registry?.callbackReferrer ?? referrer(), attributes);
  };
}
