// Makes what the engine needs (.generated/) where it is missing, as `npm run prepare-engine` does.
// In a process of its own, so that its tools are not loaded otherwise and its words go to standard error.
// Called by every command that boots something.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { RunProblem } from '../runtime/runtime.ts';

export function prepareEngine(): void {
  if (existsSync('.generated/node-library.json')) return;
  const made = spawnSync(process.execPath, ['src/build/engine.ts'], { stdio: ['ignore', 2, 2] });
  if (made.status === 0) return;
  throw new RunProblem({
    expected: 'to make .generated/',
    found: 'a failure, shown above',
    fix: 'run `npm ci`, then `npm run prepare-engine`',
  });
}
