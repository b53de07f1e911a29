// Uncaught errors and how they are shown. Called by registry.ts.
// Source maps and hooks on stack traces are refused by doing nothing: nothing here depends on them.
import type { Binding, Realm } from '../realm.ts';

export const errors = (realm: Realm): Binding => ({
  exitCodes: realm.library.data('errors')['exitCodes'],
  setPrepareStackTraceCallback: () => undefined,
  setGetSourceMapErrorSource: () => undefined,
  setSourceMapsEnabled: () => undefined,
  setMaybeCacheGeneratedSourceMap: () => undefined,
  setEnhanceStackForFatalException: () => undefined,
  getErrorSourcePositions: () => undefined,
  noSideEffectsToString: (value: unknown) => {
    try {
      return value !== null && typeof value === 'object' && !(value instanceof Error)
        ? `#<${value.constructor.name}>`
        : String(value);
    } catch {
      return '#<Object>';
    }
  },
  triggerUncaughtException: (error: unknown, fromPromise: boolean) => realm.fatal(error, fromPromise),
});
