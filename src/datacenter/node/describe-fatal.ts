// What Node prints of an error that nobody caught: place, source line, then the error as inspect() shows it.
// Prints nothing itself. Called by realm.ts and process-fatal.ts.
import { completeStack } from './error-stacks.ts';
import type { Realm } from './realm.ts';
import { sourcePlace } from './stack.ts';

export function describeFatal(realm: Realm, error: unknown): string {
  const { inspect } = realm.requireBuiltin('internal/util/inspect') as {
    inspect: (value: unknown) => string;
  };
  const { fatalExceptionStackEnhancers: enhance } = realm.requireBuiltin('internal/errors') as {
    fatalExceptionStackEnhancers: Record<'beforeInspector' | 'afterInspector', (error: Error) => string>;
  };
  const ending = `\n\nNode.js ${realm.library.source.version}\n`;
  const isError = error instanceof Error;
  if (isError) completeStack(error);
  // The loader's own errors carry their place, and no frames.
  if (error instanceof SyntaxError && String(error.stack).startsWith('file://'))
    return `${error.stack}${ending}`;
  if (isError) enhance.beforeInspector(error);
  const shown = isError
    ? enhance.afterInspector(error)
    : `Uncaught:\n${inspect(error)}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)`;
  return `${isError ? sourcePlace(error, realm) : ''}${shown}${ending}`;
}
