// `brownout exec` runs programs as `node` does: output, arguments, environment, modules, exit codes.
// And says what is wrong when it cannot. Programs are written to a folder of their own.
import { truncateSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { brownout, folderOf } from './command-line.ts';

const folder = folderOf({
  'tells.mjs': `
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { twice } from './lib/twice.ts';
console.log(JSON.stringify({
  argv: process.argv.slice(2), x: process.env.X, home: process.env.BROWNOUT_TEST_HOST ?? 'none',
  host: hostname(), data: readFileSync('data.txt', 'utf8'), twice: twice(21),
}));
console.error('to standard error');
`,
  'lib/twice.ts': 'export function twice(n: number): number {\n  return n * 2;\n}\n',
  'data.txt': 'grüß Gott',
  'picture.bin': new Uint8Array([0xff, 0xd8, 0x00]),
  'waits.cjs':
    'const from = Date.now(); setTimeout(() => { console.log(Date.now() - from); process.exit(3); }, 600_000);',
  'throws.mjs': "\nthrow new TypeError('no such luck');\n",
  'serves.mjs': `
import { createServer, get } from 'node:http';
const server = createServer((request, response) => response.end('hello ' + request.url));
server.listen(8080, () => get('http://localhost:8080/there', async (answer) => {
  for await (const chunk of answer) process.stdout.write(chunk + '\\n');
  server.close();
}));
`,
  'ticks.mjs': 'setInterval(() => {}, 1000);\n',
  'package.mjs': "\nimport 'leftpad';\n",
  'neighbour.mjs': "import './nobody.mjs';\n",
  'broken.mjs': 'const a = 1;\nconst b = ;\n',
});
afterAll(folder.remove);
const execAsItIs = (...args: string[]) => brownout(['exec', ...args], folder.path);
/** Without the line that says that the picture is no text. */
async function exec(...args: string[]) {
  const { code, out, err } = await execAsItIs(...args);
  return { code, out, err: err.replace(/^brownout: left out.*\n/, '') };
}
const name = basename(folder.path);

describe('exec', () => {
  test('passes arguments and variables, reads files and modules of the folder, and says what it left out', async () => {
    process.env['BROWNOUT_TEST_HOST'] = 'must not be passed on';
    const { code, out, err } = await execAsItIs('--env', 'X=7', 'tells.mjs', 'a', '--for', 'b c');
    expect(JSON.parse(out)).toEqual({
      argv: ['a', '--for', 'b c'],
      x: '7',
      home: 'none',
      host: 'machine',
      data: 'grüß Gott',
      twice: 42,
    });
    expect(err).toBe('brownout: left out, because they are no text: picture.bin\nto standard error\n');
    expect(code).toBe(0);
  });

  test("ends with the program's exit code, without waiting for its time", async () => {
    const { code, out } = await exec('waits.cjs');
    expect([code, out]).toEqual([3, '600000\n']);
  });

  test('prints an error that nobody caught, and ends with 1', async () => {
    const { code, err } = await exec('throws.mjs');
    expect(err).toContain(`/srv/${name}/throws.mjs:2\nthrow new TypeError('no such luck');\n`);
    expect(err).toContain('TypeError: no such luck\n');
    expect(code).toBe(1);
  });

  test('runs a server and its client on the one machine', async () => {
    const { code, out } = await exec('serves.mjs');
    expect([code, out]).toEqual([0, 'hello /there\n']);
  });

  test('stops after --for', async () => {
    expect(await exec('--for', '30', 'ticks.mjs')).toEqual({
      code: 124,
      out: '',
      err: 'brownout: not ended after 30 s of virtual time; --for allows more\n',
    });
  });
});

describe('exec refuses', () => {
  const refusals: readonly (readonly [string, string[], number, string])[] = [
    [
      'a missing file',
      ['nobody.mjs'],
      2,
      `expected a program, found nothing at ${folder.path}/nobody.mjs: correct the path`,
    ],
    [
      'a folder',
      ['lib'],
      2,
      `expected a program, found the folder ${folder.path}/lib: name a file in it, and the folder with --root`,
    ],
    ['no file', [], 2, 'expected a FILE to run, found none: see `brownout exec --help`'],
    [
      'a file outside --root',
      ['--root', 'lib', 'waits.cjs'],
      2,
      `expected a FILE below ${folder.path}/lib, found ${folder.path}/waits.cjs: correct FILE, or --root`,
    ],
    [
      'an unknown option',
      ['--fro', '3', 'waits.cjs'],
      2,
      "expected an option of exec (--root, --for, --seed, --env), found '--fro': see `brownout exec --help`",
    ],
    [
      'a number that is none',
      ['--for', 'ever', 'waits.cjs'],
      2,
      "expected --for from 0 to 1000000, found 'ever': correct it",
    ],
    [
      'a package that is not there',
      ['package.mjs'],
      1,
      `${name}/package.mjs:2: expected a module that the data center carries (node:http, node:net, node:fs, …) or a file of the sandbox, found an import of 'leftpad': correct the name, or do without: the engine page lists what is carried`,
    ],
    [
      'a file that is not there',
      ['neighbour.mjs'],
      1,
      `${name}/neighbour.mjs:1: expected a file of the sandbox, found an import of './nobody.mjs': add ${name}/nobody.mjs, or correct the path (with its ending)`,
    ],
  ];
  for (const [what, args, code, message] of refusals) {
    test(what, async () => {
      expect(await exec(...args)).toEqual({ code, out: '', err: `brownout: ${message}\n` });
    });
  }

  test('a folder that is too big', async () => {
    const big = folderOf({ 'a.mjs': '', 'big.txt': '' });
    truncateSync(`${big.path}/big.txt`, 33e6);
    const { code, err } = await brownout(['exec', 'a.mjs'], big.path);
    big.remove();
    expect(err).toBe(
      `brownout: expected a folder of at most 5,000 files and 32 MB, found more in ${big.path}: give a smaller one with --root DIR, or put the program in a folder of its own\n`,
    );
    expect(code).toBe(2);
  });

  test('a syntax error, with file and line', async () => {
    const { code, err } = await exec('broken.mjs');
    expect(err).toContain(`brownout: ${name}/broken.mjs:2: expected JavaScript`);
    expect(code).toBe(1);
  });
});

describe('the exit code is that of the program when it', () => {
  const ends: readonly (readonly [string, string, number])[] = [
    ['ends by itself', '', 0],
    ['sets process.exitCode', 'process.exitCode = 3;', 3],
    ['exits with a code', 'process.exit(42);', 42],
    ['throws', "throw new Error('with code 5');", 1],
    ['aborts', 'process.abort();', 134],
    ['kills itself', "process.kill(process.pid, 'SIGTERM');", 143],
  ];
  for (const [name, text, expected] of ends) {
    test(name, async () => {
      const own = folderOf({ 'end.mjs': text });
      const { code } = await brownout(['exec', 'end.mjs'], own.path);
      own.remove();
      expect(code).toBe(expected);
    });
  }
});
