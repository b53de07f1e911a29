// `brownout new` and the lists of what is missing, in a folder of its own: what new writes passes lint and types, and
// says what is to be written. Then the course as it is: of its chapters and sandboxes nothing is missing.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { missingInChapter, missingInSandbox } from '../../src/cli/author/missing.ts';
import { check } from '../../src/cli/check.ts';
import { type Command, UsageError } from '../../src/cli/command.ts';
import { newCommand } from '../../src/cli/new.ts';
import { filesBelow } from '../house/repository.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'brownout-new-'));
const course = filesBelow('sandboxes', ['.ts', '.json', '.md', '.yml']);
const chapters = filesBelow('content/chapters', ['.mdx', '.yml']);

beforeAll(() => {
  mkdirSync(join(folder, 'content/chapters'), { recursive: true });
  cpSync(join(root, 'sandboxes/_shared'), join(folder, 'sandboxes/_shared'), { recursive: true });
  for (const file of ['astro.config.mjs', 'biome.json', 'tsconfig.json', '.gitignore'])
    cpSync(join(root, file), join(folder, file));
  for (const name of ['src', 'node_modules', '.generated']) symlinkSync(join(root, name), join(folder, name));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(root);
  rmSync(folder, { recursive: true, force: true });
});

async function asked(command: Command, words: string): Promise<{ code: number; out: string }> {
  let out = '';
  const hear = (text: string): void => {
    out += text;
  };
  try {
    return { code: await command.run(words.split(' '), { folder, out: hear, err: hear }), out };
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, out: error.message };
    throw error;
  }
}

test('help says what is made, and what is asked of it', () => {
  expect(newCommand.help).toMatchSnapshot();
  expect(check.help).toMatchSnapshot();
});

test('a sandbox runs, and everything of it that is missing is listed', async () => {
  expect(await asked(newCommand, 'sandbox echo')).toMatchSnapshot();
  // Of a scenario that says what it shows, nothing is missing.
  const text = readFileSync('sandboxes/echo/scenarios/calm.ts', 'utf8')
    .replace("name: 'calm'", "name: 'steady'")
    .replace('() => [unwritten]', '() => [{ ...unwritten, pass: true }]')
    .replace(/TO WRITE: .*/, 'Must show that requests come.');
  writeFileSync('sandboxes/echo/scenarios/steady.ts', text);
  const listed = await asked(check, 'sandbox echo');
  expect(listed.out).not.toMatch(/steady/);
  expect(listed).toMatchSnapshot();
});

test('an exercise has a start, and lacks the rest', async () => {
  expect(await asked(newCommand, 'exercise echo/louder --edits answer.ts')).toMatchSnapshot();
  expect(await asked(check, 'exercise echo/louder')).toMatchSnapshot();
});

test('a chapter has its parts, and lacks their words', async () => {
  expect(await asked(newCommand, 'chapter cloud --sandbox echo')).toMatchSnapshot();
  expect(await asked(check, 'chapter cloud')).toMatchSnapshot();
});

test('what is written passes lint and types', () => {
  const biome = join(root, 'node_modules/.bin/biome');
  const lint = spawnSync(biome, ['check', '--vcs-enabled=false', 'sandboxes/echo'], { encoding: 'utf8' });
  expect(lint.status, lint.stderr).toBe(0);
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
    ts.sys,
    folder,
  );
  const files = ts.sys.readDirectory('sandboxes/echo', ['.ts']);
  expect(files.length).toBe(10);
  const program = ts.createProgram(files, { ...options, lib: ['lib.es2024.d.ts'] });
  const own = files.map((file) => program.getSourceFile(file));
  expect(own.flatMap((file) => program.getSemanticDiagnostics(file)).map((one) => one.messageText)).toEqual(
    [],
  );
});

test('an exercise that is written proves itself, and nothing is missing', async () => {
  const at = 'sandboxes/echo/exercises/louder';
  const edit = (file: string, change: (text: string) => string): void =>
    writeFileSync(
      `${at}/${file}`,
      change(readFileSync(`${at}/${file}`, 'utf8').replace('TO WRITE: ', 'Here: ')),
    );
  // Each program says its name, and the check believes it.
  const mistakes = ['deaf', 'slow', 'shy'];
  for (const program of ['solution', ...mistakes.map((name) => `mistakes/${name}`)]) {
    cpSync(`${at}/start`, `${at}/${program}`, { recursive: true });
    edit(`${program}/answer.ts`, (text) => `${text}\nconsole.log('is ${program}');\n`);
  }
  edit('start/answer.ts', (text) => text);
  edit('exercise.yml', (text) =>
    [text.replaceAll('TO WRITE: ', 'Here: '), ...mistakes.map((name) => `  ${name}: It is ${name}.\n`)].join(
      '',
    ),
  );
  edit('check.ts', (text) =>
    text.replace(
      'judge: () => [unwritten]',
      `judge: ({ events }) => {
        const said = events.flatMap((event) => (event.kind === 'log' ? event.text : '')).join(' ');
        const [, name = 'not-yet'] = /is (?:mistakes.)?(\\w+)/.exec(said) ?? [];
        return [{ ...unwritten, pass: name === 'solution', feedback: name }];
      }`,
    ),
  );
  expect(await asked(check, 'exercise echo/louder')).toEqual({ code: 0, out: 'Nothing is missing.\n' });
});

test.each([
  ['sandbox echo', 'expected sandboxes/echo to be new, found it there: take another name'],
  [
    'sandbox ../x',
    "expected a name of small letters, digits and single hyphens, found '../x': such as retry-storm",
  ],
  [
    'sandbox',
    'expected sandbox, exercise or chapter, and one NAME, found sandbox: see `brownout new --help`',
  ],
  ['exercise echo', "expected SANDBOX/NAME, found 'echo': such as load-balancer/retry"],
  ['exercise fog/x --edits a.ts', "expected a sandbox (echo), found 'fog': correct the name"],
  [
    'exercise echo/x --edits server.ts',
    'expected --edits with a program of echo that imports no other (answer.ts), found server.ts: name one of them, or move what is to be edited into a file of its own',
  ],
  [
    'chapter dedicated',
    "expected the sandbox of its lab (echo), found 'dedicated': run `brownout new sandbox dedicated` first, or name another by --sandbox",
  ],
])('new %s is refused', async (words, message) => {
  expect(await asked(newCommand, words)).toEqual({ code: 2, out: message });
});

test('a chapter that the course does not know, or that is written, is refused', async () => {
  for (const name of ['nowhere', 'cloud'])
    expect((await asked(newCommand, `chapter ${name} --sandbox echo`)).out).toMatch(
      new RegExp(
        `^expected a chapter of src/build/course.ts that is not written \\(.*\\), found '${name}': name one`,
      ),
    );
});

test.each([
  [
    'sandbox fog',
    'expected the folder sandboxes/fog, found none: correct the name, or run `brownout new sandbox fog`',
  ],
  ['chapter fog', "expected a chapter of src/build/course.ts, found 'fog': correct the name"],
  [
    'sandbox echo --seed 1',
    'expected sandbox and one NAME, without options, found sandbox echo --seed 1: see `brownout check --help`',
  ],
])('check %s is refused', async (words, message) => {
  expect(await asked(check, words)).toEqual({ code: 2, out: message });
});

const textsOf = (files: typeof course) => Object.fromEntries(files.map(({ path, text }) => [path, text]));

test('of the sandboxes nothing is missing but exercises of layer-4', () => {
  const names = course.flatMap(({ path }) => /^sandboxes\/([^/]+)\/cluster\.json$/.exec(path)?.[1] ?? []);
  expect(names.length).toBeGreaterThan(9);
  expect(names.flatMap((name) => missingInSandbox(name, textsOf(course))).map(({ file }) => file)).toEqual([
    'sandboxes/layer-4/exercises',
  ]);
});

test('of the chapters nothing is missing', () => {
  const folders = [...new Set(chapters.map(({ path }) => path.split('/').slice(0, 3).join('/')))];
  expect(folders.length).toBeGreaterThan(6);
  expect(folders.flatMap((one) => missingInChapter(one, textsOf(chapters)))).toEqual([]);
});
