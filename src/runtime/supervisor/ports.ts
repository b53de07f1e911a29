// Which ports a cluster of real processes gets: one for each port on which a machine listens, and one for each machine
// that reaches it, the outside among them. Asks the system which are free. Pure but for that. Called by supervisor.ts.
import { createServer } from 'node:net';
import type { MachineSpec } from '../../datacenter/contract.ts';
import { HOST } from './host.ts';
import type { Places } from './lines.ts';
import { type DoorSpec, OUTSIDE } from './links.ts';

/** Below the ports that systems hand out by themselves, so that none of those comes to lie on a shut door. */
const PORT_FIRST = 20_000;
const PORT_LAST = 32_000;

export interface Ports {
  readonly doors: readonly DoorSpec[];
  /** Port on which a program listens, by `machine:port`. */
  readonly targets: ReadonlyMap<string, number>;
  readonly outside: Places;
}

/** `chance` spreads clusters that start at once; `firstPort` is where the outside's own begin, where it is given. */
export async function takePorts(
  machines: readonly MachineSpec[],
  chance: () => number,
  firstPort?: number,
): Promise<Ports> {
  const inner = freePorts(PORT_FIRST + Math.floor(chance() * (PORT_LAST - PORT_FIRST - 1000)));
  const outer = firstPort === undefined ? inner : freePorts(firstPort);
  const doors: DoorSpec[] = [];
  const targets = new Map<string, number>();
  const outside: Record<string, string> = {};
  for (const { name: to, listens = {} } of machines) {
    for (const named of Object.values(listens)) {
      const target = await inner();
      targets.set(`${to}:${named}`, target);
      for (const { name: from } of machines)
        if (from !== to) doors.push({ from, to, named, target, port: await inner() });
      const port = await outer();
      doors.push({ from: OUTSIDE, to, named, target, port });
      outside[`${to}:${named}`] = `${HOST}:${port}`;
    }
  }
  return { doors, targets, outside };
}

/** Environment of a machine: its own ports, and `${app1:80}` as the place where it reaches that. */
export function environmentOf(spec: MachineSpec, ports: Ports, seed: number): Record<string, string> {
  const { name, listens = {}, env = {} } = spec;
  const found: Record<string, string> = { MACHINE: name, SEED: String(seed) };
  for (const [key, named] of Object.entries(listens))
    found[key] = String(ports.targets.get(`${name}:${named}`));
  const placed = (text: string): string =>
    text.replaceAll(/\$\{([a-z0-9-]+):(\d+)\}/g, (_, to: string, named: string) => {
      // To itself a machine needs no link.
      const own = to === name ? ports.targets.get(`${to}:${named}`) : undefined;
      const door = ports.doors.find(
        (each) => each.from === name && each.to === to && each.named === Number(named),
      );
      return `${HOST}:${own ?? door?.port ?? 0}`;
    });
  for (const [key, text] of Object.entries(env)) found[key] = placed(text);
  return found;
}

/** Gives free ports, one after another, from `first` on. */
function freePorts(first: number): () => Promise<number> {
  let next = first;
  return async () => {
    for (;;) {
      const port = next++;
      if (port > 65_535)
        throw new Error(`expected a free port from ${first} on, found none: end another program`);
      if (await isFree(port)) return port;
    }
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
