// What is done to one machine: its power, its process, its disk. Refuses deeds on links, which network/faults.ts
// knows, and edits, which go to all machines. Called by run.ts.
import type { Deed } from '../contract.ts';
import type { Computer } from './computer.ts';

export type DeedOnMachine = Extract<Deed, { readonly machine: string }>;

export function applyToMachine(computer: Computer, deed: DeedOnMachine): void {
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
    default:
      computer[deed.do]();
  }
}
