// Runs a cluster as real Node processes on this computer: each machine's program forked, on ports that are free.
// The reference for every figure of the bench. Knows no faults. Called by boot.ts and throughput.ts.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { ClusterSpec, MachineSpec } from '../../datacenter/contract.ts';

const TELL = new URL('./programs/tell.mjs', import.meta.url);

export interface RealHooks {
  /** How many were answered so far, as the client's program publishes it. */
  readonly answered: (count: number) => void;
  /** A line that a machine printed; without it, output is thrown away. */
  readonly printed?: (machine: string, text: string) => void;
}

/** The file of each machine's program, by its name in the cluster. */
export type FileOf = (program: string) => string;

/** Port on this computer for each `machine:port` of the cluster. */
export type Ports = ReadonlyMap<string, number>;

/** Finds free ports before anything is timed. */
export async function freePorts(cluster: ClusterSpec): Promise<Ports> {
  const wanted = cluster.machines.flatMap((machine) =>
    Object.values(machine.listens ?? {}).map((port) => `${machine.name}:${port}`),
  );
  const servers: [string, Server][] = wanted.map((name) => [name, createServer().listen(0, '127.0.0.1')]);
  const ports = new Map<string, number>();
  for (const [name, server] of servers) {
    if (!server.listening) await once(server, 'listening');
    ports.set(name, (server.address() as AddressInfo).port);
  }
  for (const [, server] of servers) {
    server.close();
    await once(server, 'close');
  }
  return ports;
}

/** Forks every machine's program at once, and returns what ends them. */
export function startReal(
  cluster: ClusterSpec,
  folder: string,
  fileOf: FileOf,
  ports: Ports,
  hooks: RealHooks,
): () => Promise<void> {
  const children = cluster.machines.map((machine) => {
    const isClient = machine.role === 'client';
    const child = fork(fileOf(machine.program), machine.arguments ?? [], {
      cwd: folder,
      env: environmentOf(machine, ports),
      execArgv: isClient ? ['--import', fileURLToPath(TELL)] : [],
      stdio: ['ignore', hooks.printed === undefined ? 'ignore' : 'pipe', 'inherit', 'ipc'],
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => hooks.printed?.(machine.name, text));
    child.on('message', (message) => hooks.answered((message as { answered: number }).answered));
    return child;
  });
  return async () => {
    await Promise.all(children.map(end));
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function environmentOf(machine: MachineSpec, ports: Ports): Record<string, string> {
  const port = (name: string): string => String(ports.get(name));
  const environment: Record<string, string> = { MACHINE: machine.name, SEED: '1' };
  for (const [variable, inside] of Object.entries(machine.listens ?? {}))
    environment[variable] = port(`${machine.name}:${inside}`);
  for (const [variable, value] of Object.entries(machine.env ?? {}))
    environment[variable] = value.replaceAll(
      /\$\{([a-z0-9-]+:\d+)\}/g,
      (_, place: string) => `127.0.0.1:${port(place)}`,
    );
  return environment;
}
