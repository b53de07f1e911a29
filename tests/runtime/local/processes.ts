// Which processes of this computer belong to a run, and what they take: looked up in /proc, so on Linux only.
// Holds no test. Used by tests of real processes.
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';

export const canSee = existsSync('/proc/self/environ');
export const unseen = canSee ? '' : ' (skipped: no /proc to look into)';

/** Processes of this computer that stand in the run's folder, by number. */
export function standingIn(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
    } catch {
      return false;
    }
  });
}

export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}

/** Where the run's machines stand: the folder of the first. */
export function folderOfRun(supervisor: number): string {
  const place = childrenOf(supervisor)
    .map((pid) => readlinkSync(`/proc/${pid}/cwd`))
    .find((path) => path.includes('/machines/'));
  return (place ?? '').replace(/\/machines\/.*/, '');
}

/** The most memory that it has had at once, MiB. */
export function mostMemoryOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

export async function isListening(place: string): Promise<boolean> {
  const [host, port] = place.split(':');
  const socket = connect(Number(port), host);
  const listens = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.on('error', () => {}).destroy();
  return listens;
}
