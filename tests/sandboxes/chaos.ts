// The chaotic cluster, tests/sandboxes/chaos: seven machines that use what Node's library has, under a script of every
// fault and deed that the engine has. Reads its files; holds no test.
// Used by chaos.test.ts, tests/site/determinism.spec.ts and scripts/browsers-runs.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunSpec } from '../../src/runtime/runtime.ts';
import { loadSandbox, runSpec } from '../../src/runtime/sandbox.ts';
import { chaosOf } from './chaos-actions.ts';

export const CHAOS_UNTIL_NS = 4e9;
const folder = join(import.meta.dirname, 'chaos');

const sandbox = loadSandbox(
  'chaos',
  Object.fromEntries(
    readdirSync(folder).map((name) => [`chaos/${name}`, readFileSync(join(folder, name), 'utf8')]),
  ),
);

/** The chaotic run of a seed. */
export function chaosSpec(seed: number): RunSpec {
  return runSpec(sandbox, { seed, actions: chaosOf(seed, CHAOS_UNTIL_NS / 1e6) });
}
