// Plays tests in a process apart: V8's natives print to the standard output of theirs, which would stand in the
// middle of the JSON, and a test that brings the process down takes none but the tests beside it with it.
// Called by conformance.ts.
import { fork } from 'node:child_process';
import type { PlayerNote, PlayerOrder } from './player.ts';
import type { Played, PoolOptions } from './pool.ts';
import type { TestFile } from './tests.ts';

const PLAYER = new URL('./player.ts', import.meta.url);

export async function playApart(
  files: readonly TestFile[],
  options: PoolOptions,
  told: (test: TestFile, played: Played) => void,
): Promise<void> {
  const left = new Map(files.map((test) => [test.file, test]));
  const hear = (file: string, played: Played): void => {
    const test = left.get(file);
    left.delete(file);
    if (test !== undefined) told(test, played);
  };
  while (left.size > 0) {
    const { begun, end } = await playUntilItEnds({ files: [...left.values()], options }, hear);
    if (left.size === 0) return;
    // One that never began is no test's fault: nothing would change with another try.
    if (begun.size === 0) throw new Error(`expected the process that plays tests to begin one, found ${end}`);
    for (const file of begun) hear(file, { reason: `its process ended with ${end}`, output: '' });
  }
}

/** Which tests it had begun and not ended, and how it ended. */
function playUntilItEnds(
  order: PlayerOrder,
  hear: (file: string, played: Played) => void,
): Promise<{ begun: Set<string>; end: string }> {
  return new Promise((resolve) => {
    const begun = new Set<string>();
    const child = fork(PLAYER, {
      execArgv: ['--no-warnings'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', (message) => {
      const { file, played } = message as PlayerNote;
      if (played === undefined) begun.add(file);
      else {
        begun.delete(file);
        hear(file, played);
      }
    });
    child.once('close', (code, signal) => resolve({ begun, end: signal ?? `exit code ${code}` }));
    child.send(order);
  });
}
