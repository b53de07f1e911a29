// Passes what code awaits through keep(), so that AsyncLocalStorage's frame is there again once it goes on. Called by
// compile.ts for programs, and when the build takes Node's library.
import type { AnyNode } from 'acorn';
import type { Edits } from './edits.ts';
import { MARK } from './names.ts';

/** `keeper` is an expression of what has keep() and keepEach(). */
export function keepAwaited(node: AnyNode, keeper: string, edits: Edits): void {
  if (node.type === 'AwaitExpression') wrap(node.argument, `${keeper}.keep`, edits);
  else if (node.type === 'ForOfStatement' && node.await) wrap(node.right, `${keeper}.keepEach`, edits);
}

/** Two parentheses, for the expression may have a comma inside a pair that is not part of it. */
function wrap(node: { readonly start: number; readonly end: number }, by: string, edits: Edits): void {
  edits.insert(node.start, `${by}((`);
  edits.insert(node.end, `${MARK})${MARK})`);
}
