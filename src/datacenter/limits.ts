// What a cluster must be before the engine boots it. Complains with the field's name: expected, found, fix.
// Files are checked by their schemas before; this is the engine's own word, for whoever calls its door.
import { parseAddress } from './base/address.ts';
import type { Action, CaptureSpec, ClusterSpec, Complaint, MachineSpec } from './contract.ts';
import { complainAboutFields } from './limits-deeds.ts';
import { complainAboutLink, complainAboutLinkDeed } from './limits-links.ts';

export const MACHINES_MAX = 1000;
export const DISK_MS_MAX = 600_000;
export const CORES_MAX = 64;
export const INPUT_CHARACTERS_MAX = 65_536;
const MEMORY_MIB_MIN = 64;
export const MEMORY_MIB_MAX = 65_536;

/** Null where the cluster can be booted. */
export function complainAboutCluster(cluster: ClusterSpec): Complaint | null {
  const { machines, links } = cluster;
  if (machines.length < 1 || machines.length > MACHINES_MAX) {
    return {
      expected: `1 to ${MACHINES_MAX} machines`,
      found: String(machines.length),
      fix: 'correct `machines`',
    };
  }
  const names = new Set<string>();
  for (const machine of machines) {
    if (names.has(machine.name))
      return {
        expected: 'one machine of each name',
        found: `two named '${machine.name}'`,
        fix: 'rename one in `machines`',
      };
    if (!/^[a-z][a-z0-9-]{0,62}$/.test(machine.name)) {
      return {
        expected: 'a host name of small letters, digits and hyphens',
        found: `'${machine.name}'`,
        fix: 'correct `machines[].name`',
      };
    }
    names.add(machine.name);
    const cores = machine.cores ?? 1;
    if (!Number.isInteger(cores) || cores < 1 || cores > CORES_MAX) {
      return {
        expected: `1 to ${CORES_MAX} cores`,
        found: String(cores),
        fix: `correct \`cores\` of ${machine.name}`,
      };
    }
    const complaint = complainAboutMemory(machine);
    if (complaint !== null) return complaint;
  }
  for (const machine of machines) {
    for (const server of machine.nameServers ?? []) {
      if (names.has(server) || parseAddress(server) !== null) continue;
      return {
        expected: `a machine of the cluster (${[...names].join(', ')}) or an IPv4 address`,
        found: `'${server}'`,
        fix: `correct \`nameServers\` of ${machine.name}`,
      };
    }
  }
  const { between = [] } = links ?? {};
  for (const [field, link] of [
    ['links.default', links?.default] as const,
    ...between.map((each, index) => [`links.between[${index}]`, each] as const),
  ]) {
    const complaint = link === undefined ? null : complainAboutLink(field, link);
    if (complaint !== null) return complaint;
  }
  for (const { a, b } of between) {
    for (const name of [a, b]) {
      if (!names.has(name))
        return {
          expected: `a machine of the cluster (${[...names].join(', ')})`,
          found: `'${name}'`,
          fix: 'correct `links.between`',
        };
    }
  }
  return null;
}

function complainAboutMemory({ name, memoryMiB = MEMORY_MIB_MIN }: MachineSpec): Complaint | null {
  if (Number.isInteger(memoryMiB) && memoryMiB >= MEMORY_MIB_MIN && memoryMiB <= MEMORY_MIB_MAX) return null;
  return {
    expected: `a memory of ${MEMORY_MIB_MIN} to ${MEMORY_MIB_MAX} MiB, whole`,
    found: String(memoryMiB),
    fix: `correct \`memoryMiB\` of ${name}`,
  };
}

/** Null where chance can be drawn from it. */
export function complainAboutSeed(seed: number): Complaint | null {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return null;
  return { expected: 'a whole number from 0 to 4294967295', found: String(seed), fix: 'correct `seed`' };
}

/** Null where the action can be applied to the cluster. */
export function complainAboutAction(action: Action, cluster: ClusterSpec): Complaint | null {
  if (!Number.isInteger(action.atNs) || action.atNs < 0) {
    return { expected: 'a time in whole nanoseconds', found: String(action.atNs), fix: 'correct `atNs`' };
  }
  const fields = complainAboutFields(action);
  if (fields !== null) return fields;
  const named = 'machine' in action ? [action.machine] : 'from' in action ? [action.from, action.to] : [];
  for (const name of named) {
    if (!cluster.machines.some((machine) => machine.name === name)) {
      return {
        expected: `a machine of the cluster (${cluster.machines.map((machine) => machine.name).join(', ')})`,
        found: `'${name}'`,
        fix: `correct the action '${action.do}'`,
      };
    }
  }
  if (action.do === 'input') {
    const complaint = complainAboutInput(action, cluster);
    if (complaint !== null) return complaint;
  }
  if (action.do === 'slowDisk' && !(action.ms >= 0 && action.ms <= DISK_MS_MAX)) {
    return {
      expected: `a slowness of 0 to ${DISK_MS_MAX} ms`,
      found: String(action.ms),
      fix: 'correct `ms`',
    };
  }
  return complainAboutLinkDeed(action);
}

function complainAboutInput(
  { machine, text }: Extract<Action, { do: 'input' }>,
  cluster: ClusterSpec,
): Complaint | null {
  const spec = cluster.machines.find(({ name }) => name === machine);
  if (spec?.stdin !== 'open' && spec?.role !== 'console')
    return {
      expected: 'a machine whose program can be typed to',
      found: `'${machine}', whose standard input is closed`,
      fix: `add "stdin": "open" to ${machine} in the cluster`,
    };
  if (text.length <= INPUT_CHARACTERS_MAX) return null;
  return {
    expected: `at most ${INPUT_CHARACTERS_MAX} characters of \`text\``,
    found: String(text.length),
    fix: 'type it in pieces',
  };
}

/** Null where what is to be captured is in the cluster. */
export function complainAboutCapture(spec: CaptureSpec, cluster: ClusterSpec): Complaint | null {
  const names = cluster.machines.map((machine) => machine.name);
  const asked = [...(spec.machines ?? []), ...(spec.links ?? []).flatMap(({ a, b }) => [a, b])];
  const stranger = asked.find((name) => !names.includes(name));
  if (stranger === undefined) return null;
  return {
    expected: `a machine of the cluster (${names.join(', ')})`,
    found: `'${stranger}'`,
    fix: 'correct `capture`',
  };
}
