// Evaluates a module that awaits at top level, or that import() asked for, after all that it imports (ECMA-262,
// 16.2.1.6.1.3). Each module once: who comes later waits for the same promise. Called by modules.ts.
import type { Realm } from '../realm.ts';
import { runSteps } from '../realm-jobs.ts';
import { checkNames } from './check-names.ts';
import type { CompiledModule } from './compiled.ts';
import type { Loaded } from './loaded.ts';

type RunCommonJs = (loaded: Loaded, compiled: CompiledModule) => void;
type Steps<T> = Generator<unknown, T, never>;

export function evaluateAsync(realm: Realm, loaded: Loaded, runCommonJs: RunCommonJs): Promise<void> {
  return runSteps(realm, () => evaluation(realm, loaded, runCommonJs));
}

function* evaluation(realm: Realm, loaded: Loaded, runCommonJs: RunCommonJs): Steps<void | Promise<void>> {
  if (loaded.evaluation !== null) return loaded.evaluation;
  if (loaded.state === 'failed') throw loaded.error;
  if (loaded.state !== 'linked') return undefined;
  loaded.state = 'evaluating';
  loaded.evaluation = runSteps(realm, () => first(realm, loaded, runCommonJs)).catch((error: unknown) => {
    loaded.state = 'failed';
    loaded.error = error;
    throw error;
  });
  return loaded.evaluation;
}

function* first(realm: Realm, loaded: Loaded, runCommonJs: RunCommonJs): Steps<void> {
  for (const dependency of loaded.imports) yield evaluateAsync(realm, dependency, runCommonJs);
  if (loaded.compiled !== null) checkNames(loaded, loaded.compiled);
  if (loaded.compiled?.kind === 'commonjs') runCommonJs(loaded, loaded.compiled);
  else yield loaded.steps?.next();
  loaded.state = 'done';
}
