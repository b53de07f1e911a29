// Clusters for the bench, made of the sandbox's own: with clients that ask in a closed loop, and as many times as a
// larger cluster needs (each a cell with clients, balancer and apps of its own). Pure but for reading the client's
// program. Called by throughput.ts and scale.ts.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ClusterSpec, MachineSpec } from '../../datacenter/contract.ts';
import type { RunSpec } from '../../runtime/runtime.ts';
import { runSpec, type Sandbox } from '../../runtime/sandbox.ts';

export const CLIENT_PROGRAM = 'closed.ts';
export const CLIENT_FILE = fileURLToPath(new URL(`./programs/${CLIENT_PROGRAM}`, import.meta.url));

/** The cluster with the bench's client, so many connections, and apps that answer at once. */
export function closedLoop(cluster: ClusterSpec, connections: number): ClusterSpec {
  const machines = cluster.machines.map((machine) => {
    const { env = {} } = machine;
    if (machine.role === 'client')
      return { ...machine, program: CLIENT_PROGRAM, env: { ...env, CONNECTIONS: String(connections) } };
    return 'SERVICE_MS' in env ? { ...machine, env: { ...env, SERVICE_MS: '0' } } : machine;
  });
  return { ...cluster, machines };
}

/** So many copies of the cluster side by side; a machine's name is followed by the number of its cell. */
export function cellsOf(cluster: ClusterSpec, cells: number): ClusterSpec {
  const machines = Array.from({ length: cells }, (_, cell) =>
    cluster.machines.map((machine) => inCell(machine, cell + 1)),
  ).flat();
  return { ...cluster, machines };
}

function inCell(machine: MachineSpec, cell: number): MachineSpec {
  const env = Object.fromEntries(
    Object.entries(machine.env ?? {}).map(([name, value]) => [
      name,
      value.replaceAll(
        /\$\{([a-z0-9-]+):(\d+)\}/g,
        (_, to: string, port: string) => `\${${to}-${cell}:${port}}`,
      ),
    ]),
  );
  return { ...machine, name: `${machine.name}-${cell}`, env };
}

/** What boots such a cluster: the sandbox's files and the bench's client. */
export function closedLoopSpec(sandbox: Sandbox, cluster: ClusterSpec): RunSpec {
  const base = runSpec(sandbox, { seed: 1 });
  const files = { ...base.files, [`${sandbox.name}/${CLIENT_PROGRAM}`]: readFileSync(CLIENT_FILE, 'utf8') };
  return { ...base, cluster, files };
}
