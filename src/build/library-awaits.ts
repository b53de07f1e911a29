// Passes what Node's library awaits through keep() of the engine (datacenter/node/async-context.ts), as the loader does
// with programs: so AsyncLocalStorage's frame follows the library's own async functions. Called by node-library.ts.
import { parse } from 'acorn';
import { keepAwaited } from '../datacenter/node/loader/awaits.ts';
import { Edits } from '../datacenter/node/loader/edits.ts';
import { walk } from '../datacenter/node/loader/scopes.ts';

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
