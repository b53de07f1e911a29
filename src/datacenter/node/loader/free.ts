// Names that nothing in a file declares. Node's globals and what a browser has come as parameters; any other is
// looked for on the process's global object, so that the host's own globals are out of sight. Called by the compilers.
import type { Edits } from './edits.ts';
import { BROWSER_GLOBALS, INTRINSICS, MODULE, NODE_GLOBALS } from './names.ts';
import type { Reference } from './scopes.ts';

export function free(reference: Reference, globals: Set<string>, edits: Edits): void {
  const { name, start, end } = reference;
  if (NODE_GLOBALS.has(name) || BROWSER_GLOBALS.has(name)) {
    globals.add(name);
    return;
  }
  if (INTRINSICS.has(name)) return;
  const quoted = JSON.stringify(name);
  const found = reference.isTypeof
    ? `${MODULE}.globals.${name}`
    : reference.isTarget
      ? `${MODULE}.writable(${quoted}).${name}`
      : `${MODULE}.read(${quoted})`;
  edits.replace(start, end, reference.isShorthand ? `${name}: ${found}` : found);
}
