// Passes what Node's library awaits through keep() (async-context.ts), as compile.ts does with programs: so
// AsyncLocalStorage's frame follows the library's own async functions. Called by the build when it takes the library.
import { parse } from 'acorn';
import { keepAwaited } from './awaits.ts';
import { Edits } from './edits.ts';
import { walk } from './scopes.ts';

/** `source` is the body of a function that is given `primordials`. */
export function withKeptAwaits(source: string): string {
  if (!/\bawait\b/.test(source)) return source;
  const program = parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'script',
    allowReturnOutsideFunction: true,
    allowHashBang: true,
  });
  const edits = new Edits(source);
  walk(program, {
    enter: (node) => keepAwaited(node, 'primordials', edits),
    reference: () => undefined,
  });
  return edits.apply();
}
