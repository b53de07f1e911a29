// Errors that nobody caught: the process's capture callback and listeners have their say, else the error is printed
// as Node prints it and the process ends. Called by process-object.ts and, through `process._fatalException`, by
// realm.ts.
import { describeFatal } from './describe-fatal.ts';
import type { Callable, Realm } from './realm.ts';

type ProcessObject = Record<string | symbol, unknown>;
type ErrorClass = new (...parameters: unknown[]) => Error;
type Refuse = (code: string, ...parameters: unknown[]) => never;

const UNCAUGHT_CODE = 1;
const deaths = new WeakMap<Realm, (error: unknown) => void>();

/** What is done in place of printing the error and ending the process: in threads. */
export function dieBy(realm: Realm, die: (error: unknown) => void): void {
  deaths.set(realm, die);
}

export function addFatal(realm: Realm, self: ProcessObject): void {
  let capture: Callable | null = null;
  const raise: Refuse = (code, ...parameters) => {
    const { codes } = realm.requireBuiltin('internal/errors') as { codes: Record<string, ErrorClass> };
    const Made = codes[code];
    throw Made === undefined ? new Error(code) : new Made(...parameters);
  };
  self['setUncaughtExceptionCaptureCallback'] = (callback: unknown): void => {
    if (callback === null) capture = null;
    else if (typeof callback !== 'function')
      raise('ERR_INVALID_ARG_TYPE', 'fn', ['Function', 'null'], callback);
    else if (capture !== null) raise('ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET');
    else capture = callback as Callable;
  };
  self['hasUncaughtExceptionCaptureCallback'] = () => capture !== null;
  self['_fatalException'] = (error: unknown, fromPromise: boolean): boolean => {
    const emit = self['emit'] as Callable;
    const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
    const hooks = realm.requireBuiltin('internal/async_hooks') as Record<string, () => void>;
    hooks['clearDefaultTriggerAsyncId']?.();
    emit.call(self, 'uncaughtExceptionMonitor', error, origin);
    if (capture !== null) capture(error);
    else if (emit.call(self, 'uncaughtException', error, origin) !== true) {
      const own = deaths.get(realm);
      if (own === undefined) die(realm, self, error);
      else own(error);
      return false;
    }
    hooks['clearAsyncIdStack']?.();
    return true;
  };
}

function die(realm: Realm, self: ProcessObject, error: unknown): void {
  realm.machine.print('stderr', describeFatal(realm, error));
  if (self['_exiting'] !== true) {
    self['_exiting'] = true;
    self['exitCode'] = UNCAUGHT_CODE;
    try {
      (self['emit'] as Callable).call(self, 'exit', UNCAUGHT_CODE);
    } catch {
      // Node ends with the first error too.
    }
  }
  const code = self['exitCode'];
  realm.end({
    code: typeof code === 'number' ? code : UNCAUGHT_CODE,
    signal: null,
    why: `an error that nobody caught: ${firstLine(error)}`,
  });
}

function firstLine(error: unknown): string {
  try {
    return String(error instanceof Error ? `${error.name}: ${error.message}` : error).split('\n', 1)[0] ?? '';
  } catch {
    return 'an error that cannot be shown';
  }
}
