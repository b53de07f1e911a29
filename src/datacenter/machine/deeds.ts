// What is done to one machine: its power, its process, its disk. Refuses deeds on links, which network/faults.ts
// knows, edits, which go to all machines, and what is typed, which is text. Called by run.ts.
import type { Deed } from '../contract.ts';
import type { Computer } from './computer.ts';

export type DeedOnMachine = Exclude<Extract<Deed, { readonly machine: string }>, { readonly do: 'input' }>;

/** What was edited since the run began: where it lies and what it holds. Fresh machines get it too. */
export type Edits = Map<string, Uint8Array>;

export function applyEdit(
  computers: Iterable<Computer>,
  edits: Edits,
  path: string,
  bytes: Uint8Array,
): void {
  edits.set(path, bytes);
  for (const { disk } of computers) disk.put(path, bytes);
}

export function applyToMachine(computer: Computer, deed: DeedOnMachine, edits: Edits): void {
  const { disk } = computer;
  switch (deed.do) {
    case 'slowDisk':
      disk.setFaults((faults) => {
        faults.slowMs = deed.ms;
      });
      break;
    case 'fullDisk':
      disk.setFaults((faults) => {
        faults.isFull = true;
      });
      break;
    case 'failDisk':
      disk.setFaults((faults) => {
        faults.isFailing = true;
      });
      break;
    case 'mendDisk':
      disk.setFaults((faults) => faults.mend());
      break;
    case 'powerOff':
      computer.powerOff(deed.torn === true);
      break;
    case 'restart':
      computer.restart();
      break;
    case 'replace':
      computer.replace();
      for (const [path, bytes] of edits) computer.disk.put(path, bytes);
      break;
    default:
      computer[deed.do]();
  }
}
