// A module of a program while it is loaded: what it imports, how far it is, what it gives. Called by modules.ts.
// Nothing here runs a program's code.
import type { CompiledModule } from './compiled.ts';
import { makeNamespace, type Namespace, viewOf } from './namespace.ts';

export interface Loaded {
  readonly path: string;
  readonly namespace: Namespace;
  compiled: CompiledModule | null;
  imports: Loaded[];
  state: 'linking' | 'linked' | 'evaluating' | 'done' | 'failed';
  error: unknown;
  steps: Iterator<unknown> | AsyncIterator<unknown> | null;
  /** CommonJS and built-in modules: what require() gives. */
  exports: unknown;
  evaluation: Promise<void> | null;
}

export function newLoaded(path: string, compiled: CompiledModule | null): Loaded {
  return {
    path,
    namespace: makeNamespace(),
    compiled,
    imports: [],
    state: 'linking',
    error: null,
    steps: null,
    exports: undefined,
    evaluation: null,
  };
}

/** A module's namespace as programs see it. */
export const seen = (loaded: Loaded): Namespace =>
  loaded.compiled?.kind === 'module' ? viewOf(loaded.namespace) : loaded.namespace;
