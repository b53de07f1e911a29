// Nothing is left behind, however a run ends: no process, no port, no folder. Also when the supervisor is killed with
// SIGKILL while a machine of it is stopped and cannot notice.

import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bootTwo } from './cluster.ts';

const canSee = existsSync('/proc/self/environ');

/** Processes of this computer that stand in the run's folder, by number. */
function standingIn(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

/** Where the run's machines stand: the folder of the first. */
function folderOf(supervisor: number): string {
  const children = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, 'utf8').trim().split(' ');
  const place = children
    .map((pid) => readlinkSync(`/proc/${pid}/cwd`))
    .find((path) => path.includes('/machines/'));
  return (place ?? '').replace(/\/machines\/.*/, '');
}

async function isListening(place: string): Promise<boolean> {
  const [host, port] = place.split(':');
  const socket = connect(Number(port), host);
  const listens = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.on('error', () => {}).destroy();
  return listens;
}

test.skipIf(!canSee).each(['stop', 'kill the supervisor'] as const)(
  `%s with a frozen machine: no process, port or folder is left${canSee ? '' : ' (skipped: no /proc to look into)'}`,
  async (how) => {
    const { run, local, act } = await bootTwo().then((made) => ({
      run: made.run,
      local: made.local,
      act: made.act.bind(made),
    }));
    const places = Object.values(local.run.places);
    const folder = folderOf(local.pid);
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
