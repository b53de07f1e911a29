// Whether a module gets what it imports: names that are not exported are a SyntaxError with their line, as in Node.
// Called by modules.ts.
import type { CompiledModule } from './compiled.ts';
import type { Loaded } from './loaded.ts';

/** Every imported name must be exported; modules in a cycle are checked by what they say they export. */
export function checkNames(loaded: Loaded, compiled: CompiledModule): void {
  compiled.requests.forEach((request, index) => {
    const from = loaded.imports[index];
    const isCommonJs = from?.compiled?.kind === 'commonjs';
    if (from === undefined || from.state === 'linking' || (isCommonJs && from.state !== 'done')) return;
    for (const name of request.names) {
      if (name in from.namespace) continue;
      const error = new SyntaxError(
        isCommonJs
          ? `Named export '${name}' not found. The requested module '${request.specifier}' is a CommonJS module, which may not support all module.exports as named exports.`
          : `The requested module '${request.specifier}' does not provide an export named '${name}'`,
      );
      error.stack = `file://${loaded.path}:${request.line}\n${error.name}: ${error.message}`;
      throw error;
    }
  });
}
