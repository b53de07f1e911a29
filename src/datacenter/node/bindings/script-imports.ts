// What `import()` does in code that node:vm compiled: what its maker registered for it, Node's error where that is nothing,
// or the import of a file. Called by contextify.ts and module-wrap.ts.
import type { Import } from '../loader/scripts.ts';
import type { Callable, Realm } from '../realm.ts';
import { perThreadSymbol } from './plain.ts';

const MAIN = new Set(
  ['vm_dynamic_import_main_context_default', 'vm_dynamic_import_default_internal'].map(perThreadSymbol),
);
const MISSING: ReadonlyMap<symbol, string> = new Map([
  [perThreadSymbol('vm_dynamic_import_no_callback'), 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING'],
  [perThreadSymbol('vm_dynamic_import_missing_flag'), 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG'],
]);

/** What `import()` does in code of a script, by what its maker said: undefined where it imports as a file does. */
export function importFrom(realm: Realm, id: symbol | undefined, referrer: () => object): Import | undefined {
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
    const phase = realm.library.data('module_wrap')['kEvaluationPhase'];
    const attributes = Object.assign(
      Object.create(null) as object,
      (options as { with?: object } | undefined)?.with,
    );
    return (load as Callable)(String(specifier), registry?.callbackReferrer ?? referrer(), attributes, phase);
  };
}
