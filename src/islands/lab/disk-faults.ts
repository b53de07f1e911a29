// What lies on each machine's disk, known from what was done to it: the engine's view of a machine does not say.
// Pure and incremental; a fresh machine has a fresh disk. Fed by model.ts, read by the tables and the drawing.
import type { Action } from '../../datacenter/contract.ts';

export interface DiskFaults {
  readonly slowMs: number;
  readonly isFull: boolean;
  readonly isFailing: boolean;
}

const none: DiskFaults = { slowMs: 0, isFull: false, isFailing: false };

/** Changes `disks` by what the action does to a disk. */
export function noteDisk(disks: Map<string, DiskFaults>, action: Action): void {
  if (!('machine' in action)) return;
  const { machine } = action;
  const now = disks.get(machine) ?? none;
  if (action.do === 'slowDisk') disks.set(machine, { ...now, slowMs: action.ms });
  else if (action.do === 'fullDisk') disks.set(machine, { ...now, isFull: true });
  else if (action.do === 'failDisk') disks.set(machine, { ...now, isFailing: true });
  else if (action.do === 'mendDisk' || action.do === 'replace') disks.delete(machine);
}
