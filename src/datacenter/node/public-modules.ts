// Which modules a program may import, by their names without `node:`: those that the library carries, stands in for, or
// has behind a flag. Called by realm.ts and the check of a sandbox's imports.
import type { CompiledLibrary } from './library.ts';
import { standIns } from './stand-ins.ts';

/** Modules that are there only with a flag. */
const EXPERIMENTAL: Readonly<Record<string, string>> = {
  'stream/iter': '--experimental-stream-iter',
  'zlib/iter': '--experimental-stream-iter',
};

/** Modules that are there only as `node:…`: without it, the name is a package's. */
export const SCHEME_ONLY: readonly string[] = ['sea', 'sqlite', 'quic', 'test', 'test/reporters'];

/** Public modules that a program may import, by their names without `node:`. */
export function isCarried(library: CompiledLibrary, id: string): boolean {
  return !id.startsWith('internal/') && (library.has(id) || id in standIns || id === 'module');
}

/** False for modules of a flag that is not set. */
export const isSwitchedOn = (id: string, flags: readonly string[]): boolean =>
  !(id in EXPERIMENTAL) || flags.includes(EXPERIMENTAL[id] ?? '');
