// What the commands print when asked for help, and when asked wrongly. Frozen: help in snapshots, refusals here.
// Programs that are wrong by themselves are in exec.test.ts.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sandboxNames } from '../sandboxes/read.ts';
import { brownout, folderOf } from './command-line.ts';

const folder = folderOf({
  'a.mjs': '',
  'binding.mjs': "try { process.binding('nope'); } catch (error) { console.log(error.message); }",
});
afterAll(folder.remove);

test.each(['run', 'exec', 'lab', 'gift'])('%s --help', async (command) => {
  const { code, out, err } = await brownout([command, '--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatchSnapshot();
});

const scenarios =
  'calm, drain, freeze-app, kill-app, least-connections, power-off, slow-least-connections, slow-peak-ewma, slow-round-robin, slow-two-choices';
const chapters = readdirSync(join(import.meta.dirname, '../../content/chapters')).sort();
const sandboxes = [...sandboxNames].sort();
const refused: readonly (readonly [words: string, code: number, message: string])[] = [
  ['run', 2, 'expected one SANDBOX, found none: see `brownout run --help`'],
  ['run load-balancer', 2, `expected --scenario with one of ${scenarios}, found none: name one of them`],
  [
    'run load-balancer --scenario ../calm',
    2,
    `expected --scenario with one of ${scenarios}, found '../calm': name one of them`,
  ],
  [
    'run load-balancer other --scenario calm',
    2,
    'expected one SANDBOX, found load-balancer other: see `brownout run --help`',
  ],
  [
    'run load-balancer --scenario calm --seed x',
    2,
    "expected --seed from 0 to 4294967295, a whole number, found 'x': correct it",
  ],
  [
    'run load-balancer --scenario calm --seed 4294967296',
    2,
    "expected --seed from 0 to 4294967295, a whole number, found '4294967296': correct it",
  ],
  [
    'run load-balancer --scenario calm --capture /nowhere/a.pcapng',
    2,
    'expected --capture with a file in a folder that is there, found /nowhere/a.pcapng: correct the path',
  ],
  [
    'run load-balancer --sead 1',
    2,
    "expected an option of run (--scenario, --seed, --capture, --json), found '--sead': see `brownout run --help`",
  ],
  [
    'exec --seed 1.5 a.mjs',
    2,
    "expected --seed from 0 to 4294967295, a whole number, found '1.5': correct it",
  ],
  ['exec --env X a.mjs', 2, "expected --env NAME=VALUE, found 'X': correct it"],
  ['exec --for -1 a.mjs', 2, "expected --for from 0 to 1000000, found '-1': correct it"],
  ['take load-balancer', 2, 'expected SANDBOX and DIR, found load-balancer: see `brownout take --help`'],
  ['take balancer x', 1, `expected a sandbox (${sandboxes.join(', ')}), found 'balancer': correct the name`],
  [
    'take load-balancer a.mjs',
    2,
    `expected DIR to be missing or empty, found a file, ${folder.path}/a.mjs: name another folder`,
  ],
  ['lab', 2, 'expected one SANDBOX, found none: see `brownout lab --help`'],
  [
    'lab balancer',
    1,
    `expected the sandbox 'balancer' (sandboxes/balancer/cluster.json), found ${sandboxes.map((name) => `${name}/cluster.json`).join(', ')}: correct the name`,
  ],
  [
    'lab load-balancer --dir .',
    1,
    `expected a folder that holds load-balancer/cluster.json, as \`brownout take load-balancer DIR\` writes it, found ${folder.path} without it: correct NAME or --dir`,
  ],
  ['gift 99', 2, `expected CHAPTER of ${chapters.join(', ')}, found '99': correct the name`],
  ['gift replication --draws 0', 2, "expected --draws from 1 to 50, a whole number, found '0': correct it"],
  ['exec --root /nowhere a.mjs', 2, 'expected a folder after --root, found /nowhere: correct the path'],
];

describe('refuses', () => {
  for (const [words, code, message] of refused) {
    test(words, async () => {
      expect(await brownout(words.split(' '), folder.path)).toEqual({
        code,
        out: '',
        err: `brownout: ${message}\n`,
      });
    });
  }
});

test('a binding that Node has not is refused as Node does', async () => {
  expect(await brownout(['exec', 'binding.mjs'], folder.path)).toEqual({
    code: 0,
    out: 'No such module: nope\n',
    err: '',
  });
});
