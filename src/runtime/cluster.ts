// Reads cluster.json: which machines there are, what each runs, how they are linked. Complaints name line and fix.
// Knows the file's form and its sense (names that exist, programs that are there); the engine checks its own limits.
// Pure: from text. Called by sandbox.ts, by tests, and by `node scripts/schema.ts` for the editor's JSON schema.
import * as z from 'zod/mini';
import type { ClusterSpec, Complaint, MachineSpec } from '../datacenter/contract.ts';
import { machineName, type Sense, text, watchEntry, watchSense, watchSpec } from './cluster-watch.ts';
import { type JsonText, NotJson, parseJson } from './json-text.ts';

/** What the engine takes, too. */
export const MACHINES_MAX = 1000;

const port = z
  .int('a port from 1 to 65535')
  .check(z.gte(1, 'a port from 1 to 65535'), z.lte(65535, 'a port from 1 to 65535'));
const variable = z
  .string()
  .check(z.regex(/^[A-Z][A-Z0-9_]*$/, 'a variable such as PORT: capitals, digits and underscores'));
const latencyMs = z
  .number('milliseconds')
  .check(
    z.gte(0, 'milliseconds, 0 or more'),
    z.lte(60_000, 'at most 60000 milliseconds'),
    z.describe('One way, milliseconds.'),
  );
const loss = z
  .number('a chance from 0 to 1')
  .check(
    z.gte(0, 'a chance from 0 to 1'),
    z.lte(1, 'a chance from 0 to 1'),
    z.describe('Chance of losing a packet.'),
  );
const jitterMs = z
  .number('milliseconds')
  .check(
    z.gte(0, 'milliseconds, 0 or more'),
    z.lte(60_000, 'at most 60000 milliseconds'),
    z.describe('Each packet takes up to so many milliseconds longer.'),
  );
const kilobitsPerSecond = z
  .number('kilobits per second')
  .check(z.gte(1, '1 kilobit per second or more'), z.describe('How much the link carries, each way.'));
const link = {
  latencyMs: z.optional(latencyMs),
  loss: z.optional(loss),
  jitterMs: z.optional(jitterMs),
  kilobitsPerSecond: z.optional(kilobitsPerSecond),
};

const machine = z.strictObject({
  name: machineName,
  program: text.check(
    z.regex(/^[\w-]+(?:\/[\w-]+)*\.(?:ts|mts|js|mjs|cjs)$/, 'a program of the sandbox, such as app.ts'),
    z.describe('File below the sandbox that the machine runs.'),
  ),
  arguments: z.optional(z.array(z.string('a text'), 'a list of texts')),
  env: z.optional(
    z
      .record(variable, z.string('a text in quotes, also for numbers'), 'variables and their texts')
      .check(z.describe('Environment. A dollar sign and {app1:80} become the place of port 80 of app1.')),
  ),
  listens: z.optional(
    z
      .record(variable, port, 'variables and their ports')
      .check(
        z.describe('Variable to port: {"PORT": 80} sets PORT to the port on which the program must listen.'),
      ),
  ),
  cores: z.optional(z.int('a whole number').check(z.gte(1, '1 core or more'), z.lte(64, 'at most 64 cores'))),
  memoryMiB: z.optional(
    z
      .int('a whole number')
      .check(
        z.gte(64, '64 MiB or more'),
        z.lte(65536, 'at most 65536 MiB'),
        z.describe('Memory of its processes, MiB. What takes more is killed. Default 1024.'),
      ),
  ),
  nameServers: z.optional(
    z
      .array(text, 'a list of machines or IPv4 addresses')
      .check(z.describe('DNS servers that it asks: machines of the cluster or IPv4 addresses.')),
  ),
  role: z.optional(z.enum(['client', 'server', 'console'], 'client, server or console')),
  stdin: z.optional(
    z.literal('open', 'open, or left out').check(z.describe('Its program can be typed to while it runs.')),
  ),
});

/** The form of cluster.json. `node scripts/schema.ts` writes it as JSON schema for editors. */
export const clusterSchema = z.strictObject({
  $schema: z.optional(z.string()),
  name: machineName,
  title: text,
  machines: z
    .array(machine, 'a list of machines')
    .check(
      z.minLength(1, 'a list of at least one machine'),
      z.maxLength(MACHINES_MAX, `a list of at most ${MACHINES_MAX} machines`),
    ),
  links: z.optional(
    z.strictObject({
      default: z.optional(z.strictObject(link)),
      between: z.optional(z.array(z.strictObject({ a: machineName, b: machineName, ...link }))),
    }),
  ),
  watch: z.optional(watchSpec),
});

export type ClusterReading =
  | { readonly ok: true; readonly cluster: ClusterSpec }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

/**
 * Reads the text of a cluster file. `file` is named in complaints; `programs` are the files below the sandbox's folder
 * that machines may run.
 */
export function readCluster(source: string, file: string, programs: readonly string[]): ClusterReading {
  let json: JsonText;
  try {
    json = parseJson(source);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    const { expected, found, place } = error;
    return { ok: false, complaints: [{ file, ...place, expected, found, fix: 'correct the JSON there' }] };
  }
  const result = clusterSchema.safeParse(json.value);
  const complaints = result.success
    ? senseOf(result.data as ClusterSpec, programs).map(({ path, ...rest }) => ({
        file,
        ...json.placeOf(path),
        ...rest,
      }))
    : result.error.issues.flatMap((issue) => explain(issue, json, file));
  if (complaints.length > 0 || !result.success) return { ok: false, complaints };
  const { $schema: _, ...cluster } = result.data;
  return { ok: true, cluster: cluster as ClusterSpec };
}

/** Complaints about form, with the value that was found. */
function explain(issue: z.core.$ZodIssue, json: JsonText, file: string): Complaint[] {
  const place = json.placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path).join(', ');
    return issue.keys.map((key) => ({
      file,
      ...json.placeOf([...issue.path, key]),
      expected: `only known keys in ${nameOf(issue.path)}`,
      found: `'${key}'`,
      fix: `remove it, or use one of ${known}`,
    }));
  }
  const found = valueAt(json.value, issue.path);
  if (found === undefined) {
    const key = String(issue.path.at(-1));
    return [
      {
        file,
        ...place,
        expected: `'${key}' in ${nameOf(issue.path.slice(0, -1))}`,
        found: 'none',
        fix: `add "${key}"`,
      },
    ];
  }
  const key = issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  return [
    {
      file,
      ...place,
      expected: `${nameOf(issue.path)} to be ${key ?? wantedBy(issue)}`,
      found: key === undefined ? shown(found) : `'${String(issue.path.at(-1))}'`,
      fix: 'correct it there',
    },
  ];
}

/** A value as its author wrote it; of a long list, how long it is. */
function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
  if (text.length <= 60) return text;
  return Array.isArray(value) ? `a list of ${value.length}` : `${text.slice(0, 60)}…`;
}

/** Our own words where the schema has them, else the type that Zod wanted. */
function wantedBy(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' && issue.message === 'Invalid input'
    ? `of type ${issue.expected}`
    : issue.message;
}

/** What may stand in the object at this path. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  const [first, second] = path;
  if (first === 'machines') return Object.keys(machine.shape);
  if (first === 'watch') return Object.keys(watchEntry.shape);
  if (first !== 'links') return Object.keys(clusterSchema.shape);
  if (second === 'default') return Object.keys(link);
  return second === 'between' ? ['a', 'b', ...Object.keys(link)] : ['default', 'between'];
}

/** What a well-formed file can still get wrong. */
function senseOf(cluster: ClusterSpec, programs: readonly string[]): Sense[] {
  const machines = new Map(cluster.machines.map((one) => [one.name, one]));
  const names = [...machines.keys()].join(', ');
  const wrong: Sense[] = [];
  const seen = new Set<string>();
  cluster.machines.forEach((one, index) => {
    const path = ['machines', index];
    if (seen.has(one.name)) {
      const found = `'${one.name}' twice`;
      wrong.push({
        path: [...path, 'name'],
        expected: 'each machine name once',
        found,
        fix: 'rename one of them',
      });
    }
    seen.add(one.name);
    if (!programs.includes(one.program)) {
      const found = `'${one.program}', which is not there (there are ${programs.join(', ') || 'none'})`;
      const fix = 'correct the name, or write the program';
      wrong.push({ path: [...path, 'program'], expected: `a program for ${one.name}`, found, fix });
    }
    wrong.push(...envSense(one, machines, path, names));
  });
  (cluster.links?.between ?? []).forEach((each, index) => {
    if (each.a === each.b)
      wrong.push({
        path: ['links', 'between', index, 'b'],
        expected: 'a link between two machines',
        found: `'${each.a}' twice`,
        fix: 'name another machine',
      });
    for (const end of ['a', 'b'] as const) {
      if (machines.has(each[end])) continue;
      const path = ['links', 'between', index, end];
      wrong.push({
        path,
        expected: `a machine of the cluster (${names})`,
        found: `'${each[end]}'`,
        fix: 'correct it',
      });
    }
  });
  return [...wrong, ...watchSense(cluster.watch ?? [], [...machines.keys()])];
}

/** `${app1:80}` must name a machine and a port on which it listens. */
function envSense(
  one: MachineSpec,
  machines: ReadonlyMap<string, MachineSpec>,
  path: readonly PropertyKey[],
  names: string,
): Sense[] {
  const wrong: Sense[] = [];
  for (const [key, value] of Object.entries(one.env ?? {})) {
    for (const [found, inside = ''] of value.matchAll(/\$\{([^}]*)\}?/g)) {
      const [, name = '', number] = /^([a-z][a-z0-9-]*):(\d+)$/.exec(inside) ?? [];
      const ports = Object.values(machines.get(name)?.listens ?? {});
      if (number !== undefined && ports.includes(Number(number)) && found.endsWith('}')) continue;
      const expected = !machines.has(name)
        ? `\${machine:port} with a machine of the cluster (${names})`
        : `a port on which ${name} listens (${ports.join(', ') || 'it listens on none'})`;
      wrong.push({ path: [...path, 'env', key], expected, found, fix: `correct ${key} of ${one.name}` });
    }
  }
  return wrong;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** `['machines', 2, 'env', 'RATE']` as `machines 3, env, RATE`. */
function nameOf(path: readonly PropertyKey[]): string {
  const words: string[] = [];
  for (const step of path) {
    if (typeof step === 'number' && words.length > 0) words[words.length - 1] += ` ${step + 1}`;
    else words.push(String(step));
  }
  return words.join(', ') || 'the file';
}
