// cluster.json: what is accepted, and every complaint with its line, in the words that an author will read.
// Messages are frozen here: a change of words is a change of this file.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { schemaIsCurrent } from '../../scripts/schema.ts';
import { readCluster } from '../../src/runtime/cluster.ts';

const programs = ['app.ts', 'balancer.ts', 'clients.ts'];

function complaintsOf(source: string): string[] {
  const reading = readCluster(source, 'sandboxes/x/cluster.json', programs);
  if (reading.ok) return [];
  return reading.complaints.map(
    ({ line, column, expected, found, fix }) =>
      `${line}:${column}: expected ${expected}, found ${found}: ${fix}`,
  );
}

/** A good cluster of two machines, each on lines of its own, with parts replaced. */
function cluster(parts: { app?: string; client?: string; links?: string; top?: string } = {}): string {
  return `{
  "name": "x", "title": "X", ${parts.top ?? ''}
  "machines": [
    ${parts.app ?? '{ "name": "app", "program": "app.ts", "listens": { "PORT": 80 } }'},
    ${parts.client ?? `{ "name": "clients", "program": "clients.ts", "env": { "TARGET": "\${app:80}" } }`}
  ]${parts.links ?? ''}
}`;
}

describe('readCluster', () => {
  test('accepts the load balancer and leaves $schema out', () => {
    const source = readFileSync('sandboxes/load-balancer/cluster.json', 'utf8');
    const reading = readCluster(source, 'cluster.json', programs);
    expect(reading).toMatchObject({ ok: true, cluster: { name: 'load-balancer' } });
    expect(reading).not.toHaveProperty('cluster.$schema');
  });

  test('accepts a small cluster', () => expect(complaintsOf(cluster())).toEqual([]));

  const cases: Record<string, [source: string, complaints: string[]]> = {
    'no JSON': ['{ "name": x }', ["1:11: expected a value, found 'x': correct the JSON there"]],
    'an unfinished file': [
      '{\n "name": "a"',
      ['2:13: expected , or }, found the end of the file: correct the JSON there'],
    ],
    'a comma too many': [
      '{ "a": [1,] }',
      ["1:11: expected another value after the comma, found ']': correct the JSON there"],
    ],
    'a key twice': [
      '{ "a": 1,\n  "a": 2 }',
      ["2:3: expected each key once, found 'a' a second time: correct the JSON there"],
    ],
    'a list': ['[]', ['1:1: expected the file to be of type object, found []: correct it there']],
    'a missing key': [
      cluster({ app: '{ "name": "app", "listens": { "PORT": 80 } }' }),
      ['4:5: expected \'program\' in machines 1, found none: add "program"'],
    ],
    'a program that is not there': [
      cluster({ app: '{ "name": "app", "program": "apps.ts", "listens": { "PORT": 80 } }' }),
      [
        "4:33: expected a program for app, found 'apps.ts', which is not there (there are app.ts, balancer.ts, clients.ts): correct the name, or write the program",
      ],
    ],
    'a program outside': [
      cluster({ app: '{ "name": "app", "program": "../app.ts", "listens": { "PORT": 80 } }' }),
      [
        '4:33: expected machines 1, program to be a program of the sandbox, such as app.ts, found "../app.ts": correct it there',
      ],
    ],
    'a number where a text belongs': [
      cluster({ client: '{ "name": "clients", "program": "clients.ts", "env": { "RATE": 90 } }' }),
      [
        '5:68: expected machines 2, env, RATE to be a text in quotes, also for numbers, found 90: correct it there',
      ],
    ],
    'a variable in small letters': [
      cluster({ client: '{ "name": "clients", "program": "clients.ts", "env": { "rate": "90" } }' }),
      [
        "5:68: expected machines 2, env, rate to be a variable such as PORT: capitals, digits and underscores, found 'rate': correct it there",
      ],
    ],
    'a machine that nobody knows': [
      cluster({ client: `{ "name": "clients", "program": "clients.ts", "env": { "TARGET": "\${ap:80}" } }` }),
      [
        `5:70: expected \${machine:port} with a machine of the cluster (app, clients), found \${ap:80}: correct TARGET of clients`,
      ],
    ],
    'a port on which nobody listens': [
      cluster({
        client: `{ "name": "clients", "program": "clients.ts", "env": { "TARGET": "\${app:81}" } }`,
      }),
      [`5:70: expected a port on which app listens (80), found \${app:81}: correct TARGET of clients`],
    ],
    'a name twice': [
      cluster({ client: '{ "name": "app", "program": "clients.ts" }' }),
      ["5:15: expected each machine name once, found 'app' twice: rename one of them"],
    ],
    'an unknown key': [
      cluster({ client: '{ "name": "clients", "program": "clients.ts", "enviroment": {} }' }),
      [
        "5:65: expected only known keys in machines 2, found 'enviroment': remove it, or use one of name, program, arguments, env, listens, cores, memoryMiB, nameServers, role, stdin",
      ],
    ],
    'a port too high': [
      cluster({
        app: '{ "name": "app", "program": "app.ts", "listens": { "PORT": 65536 } }',
        client: '{ "name": "clients", "program": "clients.ts" }',
      }),
      [
        '4:64: expected machines 1, listens, PORT to be a port from 1 to 65535, found 65536: correct it there',
      ],
    ],
    'a chance above 1': [
      cluster({ links: ', "links": { "default": { "loss": 2 } }' }),
      ['6:38: expected links, default, loss to be a chance from 0 to 1, found 2: correct it there'],
    ],
    'a link to nowhere': [
      cluster({ links: ',\n "links": { "between": [{ "a": "app", "b": "db" }] }' }),
      ["7:44: expected a machine of the cluster (app, clients), found 'db': correct it"],
    ],
    'what cannot be watched': [
      cluster({
        top: `"watch": [
    { "label": "Lag", "machines": ["app", "ap", "app"], "path": "a.*.*", "kind": "share", "unit": "ms" },
    { "label": "Lag", "machines": ["app"], "path": "a", "kind": "text", "each": "mean" }],`,
      }),
      [
        "3:43: expected a machine of the cluster (app, clients), found 'ap': correct it",
        "3:49: expected each machine once, found 'app' twice: remove one",
        "3:65: expected at most one * in a path, found 'a.*.*': name the other keys",
        '3:99: expected a unit with the kind number only, found one with share: remove it',
        "4:16: expected each label once, found 'Lag' twice: rename one",
        '4:81: expected `each` with a number or a share only, found it with a text: remove it',
      ],
    ],
    'a form that cannot be watched': [
      cluster({
        top: `"watch": [
    { "label": "A", "machines": [], "path": "a..b", "kind": "gauge", "colour": "red" }],`,
      }),
      [
        '3:33: expected watch 1, machines to be a list of at least one machine, found []: correct it there',
        '3:45: expected watch 1, path to be a path such as lag or queues.*: one to five keys joined by dots, found "a..b": correct it there',
        '3:61: expected watch 1, kind to be number, share or text, found "gauge": correct it there',
        "3:80: expected only known keys in watch 1, found 'colour': remove it, or use one of label, machines, path, kind, unit, each, about",
      ],
    ],
  };
  for (const [name, [source, complaints]] of Object.entries(cases)) {
    test(`complains about ${name}`, () => expect(complaintsOf(source)).toEqual(complaints));
  }
});

test('sandboxes/cluster.schema.json is what `node scripts/schema.ts` writes', async () => {
  expect(await schemaIsCurrent()).toBe(true);
});
