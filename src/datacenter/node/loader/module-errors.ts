// Errors that a module's code or its loading ends in, as JavaScript and Node word them; and the name of what is
// exported without one. Called by modules.ts.
import type { Complaint } from '../../contract.ts';
import type { Realm } from '../realm.ts';
import { DEFAULT } from './names.ts';
import { STAR } from './namespace.ts';

export function notDefined(name: string, above: unknown): ReferenceError {
  const error = new ReferenceError(`${name} is not defined`);
  Error.captureStackTrace?.(error, above as () => void);
  return error;
}

/** An anonymous function or class that is exported as default is named so. */
function nameDefault(made: { readonly name: string }): void {
  if (made.name === DEFAULT) Object.defineProperty(made, 'name', { value: 'default', configurable: true });
}

/** What the code of every ES module calls. */
export const MODULE_LINK = {
  star: STAR,
  nameDefault,
  constant: (): never => {
    throw new TypeError('Assignment to constant variable.');
  },
};

/** A syntax error as Node prints it: place, line, caret, then the message. */
export function syntaxErrorOf(
  complaint: Complaint,
  source: string,
  place = `file://${complaint.file}`,
): SyntaxError {
  const error = new SyntaxError(complaint.found.replace(/^a syntax error: /, ''));
  const text = source.split('\n')[(complaint.line ?? 1) - 1] ?? '';
  const caret = ' '.repeat(Math.max(0, (complaint.column ?? 1) - 1));
  error.stack = `${place}:${complaint.line}\n${text}\n${caret}^\n\nSyntaxError: ${error.message}`;
  return error;
}

/** What require() refuses of an ES module: all of it where a flag says so, and a graph that awaits. */
export function refuseRequired(realm: Realm, path: string, from: string, awaits: boolean): void {
  const isRefused = /^--no-(?:experimental-)?require-module$/m.test(realm.options.flags.join('\n'));
  if (!isRefused && !awaits) return;
  const { codes } = realm.requireBuiltin('internal/errors') as {
    codes: Record<string, new (...parameters: unknown[]) => Error>;
  };
  const Refused = codes[isRefused ? 'ERR_REQUIRE_ESM' : 'ERR_REQUIRE_ASYNC_MODULE'];
  if (Refused !== undefined)
    throw isRefused ? new Refused(path, true, from) : new Refused(path, undefined, []);
}
