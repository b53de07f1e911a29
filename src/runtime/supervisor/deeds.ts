// What each deed means where machines are real processes on one computer, and what to say of those that mean nothing
// here: no program can be made to lose what it wrote, or its disk made slow. Called by supervisor.ts and main.ts.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Complaint, Deed } from '../../datacenter/contract.ts';
import type { Machine } from './machine.ts';
import type { Supervisor } from './supervisor.ts';

/** How long it takes to put a fresh machine in the place of another: as in the data center. */
const REPLACE_MS = 5000;

/** Null where it was done, else why it cannot be. */
export function doDeed(cluster: Supervisor, deed: Deed): Complaint | null {
  const refused = refusal(deed);
  if (refused !== null) return refused;
  cluster.tell({ kind: 'action', action: { atNs: cluster.nowNs, ...deed } });
  if ('from' in deed) cluster.links.do(deed);
  else if (deed.do === 'edit') edit(cluster, deed.path, deed.text);
  else {
    const machine = cluster.machines.get(deed.machine);
    if (machine !== undefined) doToMachine(cluster, machine, deed);
  }
  return null;
}

function refusal(deed: Deed): Complaint | null {
  switch (deed.do) {
    case 'slowDisk':
    case 'fullDisk':
    case 'failDisk':
    case 'mendDisk':
      return {
        expected: 'a deed that real processes know',
        found: `'${deed.do}': they share the disk of this computer`,
        fix: 'break a disk in the data center',
      };
    default:
      return null;
  }
}

type MachineDeed = Extract<Deed, { readonly machine: string }>;

function doToMachine(cluster: Supervisor, machine: Machine, deed: MachineDeed): void {
  const { name } = machine.spec;
  switch (deed.do) {
    case 'kill':
      if (machine.isRunning) machine.end('killed', 'killed with SIGKILL');
      break;
    case 'freeze':
      freeze(cluster, machine);
      break;
    case 'thaw':
      if (machine.state !== 'frozen') break;
      machine.thaw();
      cluster.links.hold(name, 'frozen', false);
      machine.note('up', 'goes on');
      break;
    case 'powerOff':
      powerOff(cluster, machine);
      break;
    case 'restart':
      restart(cluster, machine);
      break;
    case 'replace':
      powerOff(cluster, machine);
      cluster.after(REPLACE_MS, () => {
        machine.replaceDisk();
        restart(cluster, machine);
      });
      break;
    case 'input':
      // A console sleeps until somebody types to it.
      if (!machine.isRunning && machine.spec.role === 'console') machine.start('');
      machine.type(deed.text);
      break;
    default:
  }
}

function freeze(cluster: Supervisor, machine: Machine): void {
  if (machine.state !== 'up') return;
  if (cluster.order.freezes === 'processes' && machine.freeze()) {
    machine.note('frozen', 'stopped with SIGSTOP');
    return;
  }
  cluster.links.hold(machine.spec.name, 'frozen', true);
  machine.note(
    'frozen',
    'its links hold everything: this system cannot stop a process, so it goes on inside',
  );
}

function powerOff(cluster: Supervisor, machine: Machine): void {
  const { name } = machine.spec;
  cluster.links.hold(name, 'off', true);
  machine.end('off', 'the power went; what it had written is still there, for this disk is real');
}

function restart(cluster: Supervisor, machine: Machine): void {
  const { name } = machine.spec;
  if (machine.isRunning) machine.end('killed', 'killed to be started again');
  cluster.links.hold(name, 'frozen', false);
  cluster.links.hold(name, 'off', false);
  machine.start('started again');
}

/** On every machine, and where a fresh one's files come from. */
function edit(cluster: Supervisor, path: string, text: string): void {
  const file = join(cluster.order.folder, 'files', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  for (const machine of cluster.machines.values()) machine.writeFile(path, text);
}
