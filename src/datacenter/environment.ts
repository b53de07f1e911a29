// What a program finds in its environment when a machine of a cluster starts it. Pure. Called by run.ts.
// Local runtimes fill the same names with real ports.
import type { MachineSpec } from './contract.ts';

/** Its machine's name, its ports, the cluster's own variables, and the run's seed. */
export function environmentOf(spec: MachineSpec, seed: string): Record<string, string> {
  const environment: Record<string, string> = {
    PATH: '/usr/bin',
    HOME: '/root',
    MACHINE: spec.name,
    SEED: seed,
  };
  for (const [variable, port] of Object.entries(spec.listens ?? {})) environment[variable] = String(port);
  for (const [variable, value] of Object.entries(spec.env ?? {})) {
    environment[variable] = value.replaceAll(/\$\{([a-z0-9-]+):(\d+)\}/g, '$1:$2');
  }
  return environment;
}
