// Names that nothing in a file declares. Node's globals and what a browser has come as parameters; any other is
// looked for on the process's global object, so that the host's own globals are out of sight. Called by the compilers.
import type { Edits } from './edits.ts';
import { BROWSER_GLOBALS, INTRINSICS, MODULE, NODE_GLOBALS, REPLACED_GLOBALS } from './names.ts';
import type { Reference } from './scopes.ts';

export function free(reference: Reference, globals: Set<string>, edits: Edits): void {
  const { name, start, end, isShorthand, isCallee, isTarget } = reference;
  if (REPLACED_GLOBALS.has(name)) {
    const live = `${MODULE}.globals.${name}`;
    const found = isCallee && !isTarget ? `(0, ${live})` : live;
    edits.replace(start, end, isShorthand ? `${name}: ${found}` : found);
    return;
  }
  if (NODE_GLOBALS.has(name) || BROWSER_GLOBALS.has(name)) {
    globals.add(name);
    return;
  }
  if (INTRINSICS.has(name)) return;
  const quoted = JSON.stringify(name);
  const found = reference.isTypeof
    ? `${MODULE}.globals.${name}`
    : isTarget
      ? `${MODULE}.writable(${quoted}).${name}`
      : `${MODULE}.read(${quoted})`;
  if (reference.isConstructed) edits.replace(start, end, `(${found})`);
  else edits.replace(start, end, isShorthand ? `${name}: ${found}` : found);
}
