// What can be seen of a machine from outside. Made when it is asked for; called by run.ts.
// Knows nothing of how a machine gets into a state.
import { formatAddress } from './base/address.ts';
import type { MachineSpec, MachineView } from './contract.ts';
import type { Computer } from './machine/computer.ts';

export function machineView(spec: MachineSpec, computer: Computer, served: number): MachineView {
  const { state, address, cpu } = computer;
  const { name, role = 'server' } = spec;
  return { name, address: formatAddress(address), role, state, served, busyNs: cpu.busyNs };
}
