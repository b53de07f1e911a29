// The only public door of the data center: boots a cluster and hands out its run. Does no input or output and
// reads no global: library, compiler and the way back to the host's event loop are given to it.
// Called by runtime/ and worker/; everything behind it is private to the engine.

import type { BootOptions } from './boot-options.ts';
import { Refused, refusedForBuiltIns } from './complained.ts';
import {
  complainAboutAction,
  complainAboutCapture,
  complainAboutCluster,
  complainAboutSeed,
} from './limits.ts';
import { cleanIntrinsics, foundChanged } from './node/own-intrinsics.ts';
import { complainAboutPrograms } from './programs.ts';
import { Run } from './run.ts';

export type { BootOptions } from './boot-options.ts';
export { Refused } from './complained.ts';
export type * from './contract.ts';
export { LIMITS, type Limit } from './limits-list.ts';
export type { Lower, LowerFile, LowerFolder } from './machine/disk-image.ts';
export { RUN_STARTS_AT_MS, stillDate } from './node/clock.ts';
export type { NodeLibrary } from './node/library.ts';
export { CompiledLibrary, factsModule } from './node/library.ts';
export { CodeCache, type Precompiled } from './node/loader/code-cache.ts';
export { type Compile, type CompiledModule, isComplaint } from './node/loader/compiled.ts';
export { sharedNames } from './node/rare-shared.ts';
export { REFUSALS, type Refusal } from './node/refused.ts';
export type { CompileScript } from './node/script.ts';
export { Run } from './run.ts';

/** Boots the cluster at t=0. Throws Refused where cluster, actions or programs cannot be run. */
export function boot(options: BootOptions): Run {
  cleanIntrinsics();
  const complaint =
    complainAboutCluster(options.cluster) ??
    complainAboutSeed(options.seed) ??
    (options.actions ?? [])
      .map((action) => complainAboutAction(action, options.cluster))
      .find((each) => each !== null) ??
    complainAboutCapture(options.capture ?? {}, options.cluster) ??
    complainAboutPrograms(options);
  if (complaint !== null) throw new Refused(complaint);
  return new Run(options);
}

/** An error of the engine's own, said so that its reader can mend it where a program brought it about. */
export function explained(error: unknown): unknown {
  return error instanceof Refused ? error : refusedForBuiltIns(foundChanged(), error);
}
