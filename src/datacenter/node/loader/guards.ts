// Puts the guard into a program: a step counted at the start of every function, of every round of a loop, of every
// catch and of every finally, so that code that never yields can be stopped with its line, and none runs on after
// process.exit(). Statements stay apart where they had no semicolon. Called by compile.ts; the count itself is in
// guard.ts.
import type { AnyNode } from 'acorn';
import type { Edits } from './edits.ts';
import { FILE, GUARD, MARK } from './names.ts';

/** Counts a step at the start of every function body and of every round of a loop. */
export function guard(node: AnyNode, parent: AnyNode | undefined, edits: Edits): void {
  const line = node.loc?.start.line ?? 0;
  const check = `> ${GUARD}.stepsMax && ${GUARD}.stop(${FILE}, ${line})`;
  const step = `${GUARD}.steps++ ${check}`;
  const call = `(${GUARD}.steps += ${GUARD}.callSteps) ${check}`;
  switch (node.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      guardBody(node.body, `${step};`, edits);
      break;
    // What ends a process is thrown, and must not be caught, nor be followed by code.
    case 'CatchClause':
      edits.insert(node.body.start + 1, `${step};`);
      break;
    case 'TryStatement':
      if (node.finalizer) edits.insert(node.finalizer.start + 1, `${step};`);
      break;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      edits.insert(afterDirectives(node.body), `${call};`);
      break;
    case 'ArrowFunctionExpression':
      if (node.body.type === 'BlockStatement') edits.insert(afterDirectives(node.body), `${call};`);
      else {
        edits.insert(node.body.start, `(${call}, `);
        edits.insert(node.body.end, `${MARK})`);
      }
      break;
    case 'ExpressionStatement':
      // What we put at the start of a statement must not join the line before, where it has no semicolon.
      if (node.directive === undefined && parent !== undefined && isList(parent))
        edits.insert(node.start, `${MARK};`);
      break;
    default:
      break;
  }
}

/** Holds statements one after another: a block, a body, a case of a switch. */
const isList = (node: AnyNode): boolean =>
  node.type === 'SwitchCase' || ('body' in node && Array.isArray(node.body));

function guardBody(body: AnyNode, step: string, edits: Edits): void {
  if (body.type === 'BlockStatement') edits.insert(body.start + 1, step);
  else {
    edits.insert(body.start, `{${MARK}${step}`);
    edits.insertLast(body.end, `${MARK}}`);
  }
}

function afterDirectives(block: AnyNode & { readonly body: readonly AnyNode[] }): number {
  let at = block.start + 1;
  for (const statement of block.body) {
    if (statement.type !== 'ExpressionStatement' || statement.directive === undefined) break;
    at = statement.end;
  }
  return at;
}
