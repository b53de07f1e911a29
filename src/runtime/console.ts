// The reader's own machine, `you`, added to a cluster: last, so that no other machine's address or chance changes, and
// asleep until somebody types to it, so that a run in which nobody does is the same run with and without it.
// Leaves a cluster alone that has a machine of that name. Called by the lab, tests and whoever types to a run.
import type { Action, MachineSpec } from '../datacenter/contract.ts';
import type { RunSpec } from './runtime.ts';

export const CONSOLE = 'you';
/** Where the console's programs lie, below `sandboxes/`. They come with the console, not with a sandbox. */
export const CONSOLE_FOLDER = '_shared/you/';

/** The same run with the machine `you` and its programs, given by path below `sandboxes/`. */
export function withConsole(spec: RunSpec, programs: RunSpec['files']): RunSpec {
  const { cluster } = spec;
  const { machines } = cluster;
  if (machines.some(({ name }) => name === CONSOLE)) return spec;
  const nameServers = machines.find((machine) => machine.nameServers !== undefined)?.nameServers;
  const you: MachineSpec = {
    name: CONSOLE,
    program: `../${CONSOLE_FOLDER}shell.ts`,
    role: 'console',
    env: { HOSTS: machines.map(nameAndPort).join(' ') },
    ...(nameServers === undefined ? {} : { nameServers }),
  };
  return {
    ...spec,
    cluster: { ...cluster, machines: [...machines, you] },
    files: { ...spec.files, ...programs },
  };
}

/** True where something was done to it: a replay of these actions needs it, with its programs. */
export function namesConsole(actions: readonly Action[]): boolean {
  return actions.some((action) =>
    'machine' in action
      ? action.machine === CONSOLE
      : 'from' in action && (action.from === CONSOLE || action.to === CONSOLE),
  );
}

function nameAndPort({ name, listens = {} }: MachineSpec): string {
  const [port] = Object.values(listens);
  return port === undefined ? name : `${name}:${port}`;
}
