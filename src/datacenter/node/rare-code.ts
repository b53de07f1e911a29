// The engine's rare part (rare.ts), made of the text that Node's library carries it as: once a thread, when a program
// first asks for it. In a page that has not fetched it, begins the run again. Called by realm.ts and registry.ts.
import type { CompiledLibrary } from './library.ts';
import { shared } from './rare-shared.ts';

export type Rare = typeof import('./rare.ts');

/** The module of the library that it is carried as. */
const ID = 'internal/brownout/rare';

const made = new WeakMap<CompiledLibrary, Rare>();

export function rareOf(library: CompiledLibrary): Rare {
  let rare = made.get(library);
  if (rare === undefined) {
    rare = library.function(ID)(shared) as Rare;
    made.set(library, rare);
  }
  return rare;
}
