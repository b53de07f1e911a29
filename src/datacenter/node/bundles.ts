// Libraries that only some programs need, and that a page therefore fetches late, with the rest of Node's library: each
// is a module of it under an id of its own, made by build/node-library-bundles.ts. Refuses other ids by type.
// Called by the crypto, zlib and http2 bindings, and for contexts of node:vm.
import type { CompiledLibrary } from './library.ts';

export interface Bundles {
  readonly 'internal/brownout/contexts': typeof import('./algorithms/contexts.ts');
  readonly 'internal/brownout/digests': typeof import('./algorithms/digests.ts');
  readonly 'internal/brownout/deflate': typeof import('./algorithms/deflate.ts');
  readonly 'internal/brownout/http2': typeof import('./http2/library.ts');
}

const made = new WeakMap<CompiledLibrary, Map<string, unknown>>();

/** Made once a thread: they hold no state of any realm. In a page that has not fetched it, begins the run again. */
export function bundle<Id extends keyof Bundles>(library: CompiledLibrary, id: Id): Bundles[Id] {
  const known = made.get(library) ?? new Map<string, unknown>();
  made.set(library, known);
  if (!known.has(id)) known.set(id, library.function(id)());
  return known.get(id) as Bundles[Id];
}
