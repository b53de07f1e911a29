// `brownout new`: the folder of a new chapter, sandbox or exercise, whose files run and say what is still to be written.
// Refuses names that are there or are no names, and writes nothing then. `brownout check` lists what is missing.
// Called by main.ts.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { course, folderOf } from '../build/course.ts';
import { inRepository } from '../build/root.ts';
import { sandboxNames, scenarioNames } from '../build/sandbox-files.ts';
import { sandboxTexts } from '../build/sandbox-texts.ts';
import { loadSandbox, type Texts } from '../runtime/sandbox.ts';
import { chapterFiles, exerciseFiles } from './author/chapter-files.ts';
import { sandboxFiles } from './author/sandbox-files.ts';
import { type Asked, type Command, readOptions, UsageError } from './command.ts';

const help = `Usage: brownout new sandbox NAME
       brownout new exercise SANDBOX/NAME --edits FILE
       brownout new chapter NAME [--sandbox SANDBOX]

Makes the folder with files that pass lint and types and say, by \`TO WRITE: …\` and by failing, what is missing:

  sandbox           sandboxes/NAME/: two machines that run, two scenarios, an experiment
  exercise          sandboxes/SANDBOX/exercises/NAME/: exercise.yml, check.ts, start/ and solution/
  chapter           content/chapters/: prose, lab and quiz of a chapter of src/build/course.ts

  --edits FILE      the file of the sandbox that the exercise lets edit
  --sandbox SANDBOX the sandbox of the chapter's lab; by default the one of its name

A chapter may also have graded.yml: questions as in quiz.yml and a \`canary\` of 24 random letters and digits or more.
Their key goes into no page; \`brownout grade\` has it.

Then \`brownout check sandbox NAME\` (or \`exercise SANDBOX/NAME\`, \`chapter NAME\`) lists what is missing.

Exit code 2: asked wrongly; nothing is written then.
`;

const makers: Readonly<Record<string, (name: string, asked: Asked) => Promise<Texts>>> = {
  sandbox: newSandbox,
  exercise: newExercise,
  chapter: newChapter,
};

export const newCommand: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('new', args, { edits: 'FILE', sandbox: 'SANDBOX' });
    const [kind = '', name, ...others] = asked.words;
    const maker = makers[kind];
    if (maker === undefined || name === undefined || others.length > 0)
      throw new UsageError(
        'sandbox, exercise or chapter, and one NAME',
        asked.words.join(' ') || 'none',
        'see `brownout new --help`',
      );
    const files = await maker(name, asked);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(inRepository(path)), { recursive: true });
      writeFileSync(inRepository(path), text, { flag: 'wx' });
      terminal.out(`${path}\n`);
    }
    terminal.out(`What is missing: npx brownout check ${kind} ${name}\n`);
    return 0;
  },
};

function mustBeName(name: string): void {
  if (/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) return;
  throw new UsageError(
    'a name of small letters, digits and single hyphens',
    `'${name}'`,
    'such as retry-storm',
  );
}

function mustBeNew(path: string): void {
  if (!existsSync(inRepository(path))) return;
  throw new UsageError(`${path} to be new`, 'it there', 'take another name');
}

async function newSandbox(name: string): Promise<Texts> {
  mustBeName(name);
  mustBeNew(`sandboxes/${name}`);
  return sandboxFiles(name);
}

async function newExercise(word: string, asked: Asked): Promise<Texts> {
  const [sandbox = '', name = '', ...others] = word.split('/');
  if (name === '' || others.length > 0)
    throw new UsageError('SANDBOX/NAME', `'${word}'`, 'such as load-balancer/retry');
  const there = sandboxNames();
  if (!there.includes(sandbox))
    throw new UsageError(`a sandbox (${there.join(', ')})`, `'${sandbox}'`, 'correct the name');
  mustBeName(name);
  mustBeNew(`sandboxes/${sandbox}/exercises/${name}`);
  const { files } = loadSandbox(sandbox, await sandboxTexts());
  const file = asked.options['edits']?.at(-1) ?? '';
  const source = files[`${sandbox}/${file}`];
  // Under start/ and solution/ its neighbours are not beside it.
  const alone = programsOf(sandbox, files).filter(
    (each) => !/ from '\.\.?\//.test(files[`${sandbox}/${each}`] ?? ''),
  );
  if (source !== undefined && alone.includes(file)) return exerciseFiles(sandbox, name, file, source);
  throw new UsageError(
    `--edits with a program of ${sandbox} that imports no other (${alone.join(', ') || 'none'})`,
    file || 'none',
    'name one of them, or move what is to be edited into a file of its own',
  );
}

async function newChapter(name: string, asked: Asked): Promise<Texts> {
  const free = course
    .flatMap((part) => part.chapters)
    .filter((chapter) => !existsSync(inRepository('content/chapters', folderOf(chapter))));
  const chapter = free.find(({ slug }) => slug === name);
  if (chapter === undefined)
    throw new UsageError(
      `a chapter of src/build/course.ts that is not written (${free.map(({ slug }) => slug).join(', ')})`,
      `'${name}'`,
      'name one of them, or add it to the course',
    );
  const sandbox = asked.options['sandbox']?.at(-1) ?? name;
  const there = sandboxNames();
  if (!there.includes(sandbox))
    throw new UsageError(
      `the sandbox of its lab (${there.join(', ')})`,
      `'${sandbox}'`,
      `run \`brownout new sandbox ${sandbox}\` first, or name another by --sandbox`,
    );
  const { files } = loadSandbox(sandbox, await sandboxTexts());
  const [file = 'server.ts'] = programsOf(sandbox, files);
  const names = scenarioNames(sandbox);
  const scenario = names.includes('calm') ? 'calm' : (names[0] ?? 'calm');
  return chapterFiles(folderOf(chapter), chapter.title, { sandbox, scenario, file });
}

function programsOf(sandbox: string, files: Texts): string[] {
  return Object.keys(files)
    .filter((path) => path.startsWith(`${sandbox}/`) && path.endsWith('.ts'))
    .map((path) => path.slice(sandbox.length + 1));
}
