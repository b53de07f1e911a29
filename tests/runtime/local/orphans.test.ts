// Nothing is left behind, however a run ends: no process, no port, no folder. Also when the supervisor is killed with
// SIGKILL while a machine of it is stopped and cannot notice.
import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bootTwo } from './cluster.ts';
import { canSee, folderOfRun, isListening, standingIn, unseen } from './processes.ts';

test.skipIf(!canSee).each(['stop', 'kill the supervisor'] as const)(
  `%s with a frozen machine: no process, port or folder is left${unseen}`,
  async (how) => {
    const { run, local, act } = await bootTwo().then((made) => ({
      run: made.run,
      local: made.local,
      act: made.act.bind(made),
    }));
    const places = Object.values(local.run.places);
    const folder = folderOfRun(local.pid);
    expect(standingIn(folder)).toHaveLength(2);
    expect(await Promise.all(places.map(isListening))).toEqual([true]);
    await act({ do: 'freeze', machine: 'server' });
    if (how === 'stop') run.stop();
    else process.kill(local.pid, 'SIGKILL');
    await local.ended;
    while (standingIn(folder).length > 0) await setImmediate();
    expect(await Promise.all(places.map(isListening))).toEqual([false]);
    expect(existsSync(folder)).toBe(false);
    await expect(run.advanceTo(1)).rejects.toThrow(
      how === 'stop' ? /one that was stopped/ : /it ended with SIGKILL/,
    );
  },
);
