// `brownout check`: runs an exercise's check on a person's files and says what it found, with the seed, the time
// and the command that shows it again; or lists what an author has still to write (author/written.ts). Judges nothing
// itself. Exit code 1 where a promise was broken or something is missing. Called by main.ts.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import * as z from 'zod';
import { inRepository } from '../build/root.ts';
import { sandboxTexts } from '../build/sandbox-texts.ts';
import { type Check, type ExerciseResult, type Failure, runExercise } from '../runtime/exercise.ts';
import { datacenterRuntime } from '../runtime/node-datacenter.ts';
import { loadSandbox, type Texts } from '../runtime/sandbox.ts';
import { checkWritten, isWritable } from './author/written.ts';
import { type Command, numberOption, readOptions, seedRange, type Terminal, UsageError } from './command.ts';
import { prepareEngine } from './prepare.ts';

const exerciseFile = z.looseObject({
  edits: z.array(z.string()),
  limits: z.looseObject({ events: z.number() }).optional(),
  feedback: z.record(z.string(), z.string()).optional(),
});

const help = `Usage: brownout check SANDBOX/EXERCISE [OPTIONS]
       brownout check sandbox NAME
       brownout check exercise SANDBOX/NAME
       brownout check chapter NAME

Runs the check of an exercise (sandboxes/SANDBOX/exercises/EXERCISE/) in the data center, through all its seeds or
up to the first broken promise.

  --files DIR       folder with your versions of the files that the exercise lets you edit; by default the
                    sandbox's own files
  --seed N          this seed only

The others are for who writes the course: they list what is still missing from a sandbox, an exercise or a chapter
(\`brownout new\` makes them), each line with file, expected, found and what to do. They play its scenarios and
experiments, and prove its exercises: start fails, the solution passes, each mistake earns its feedback.

Exit code 1: a promise was broken, or something is missing. 2: asked wrongly.
`;

export const check: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('check', args, { files: 'DIR', seed: 'N' });
    const [kind, name, ...others] = asked.words;
    if (isWritable(kind)) {
      if (name !== undefined && others.length === 0 && Object.keys(asked.options).length === 0)
        return checkWritten(kind, name, terminal);
      throw new UsageError(
        `${kind} and one NAME, without options`,
        args.join(' '),
        'see `brownout check --help`',
      );
    }
    const [, sandbox = '', exercise = ''] = /^([^/]+)\/([^/]+)$/.exec(asked.words[0] ?? '') ?? [];
    if (sandbox === '' || asked.words.length > 1)
      throw new UsageError(
        'SANDBOX/EXERCISE, such as load-balancer/retry',
        asked.words.join(' ') || 'none',
        'see `brownout check --help`',
      );
    const texts = await sandboxTexts();
    const loaded = loadSandbox(sandbox, texts);
    const folder = `${sandbox}/exercises/${exercise}`;
    const spec = exerciseFile.parse(parse(yamlOf(texts, folder, sandbox)));
    const seed = numberOption(asked, 'seed', seedRange);
    const files = asked.options['files']?.at(-1);
    const edits = files === undefined ? {} : editsFrom(resolve(terminal.folder, files), sandbox, spec.edits);
    prepareEngine();
    const runtime = datacenterRuntime();
    try {
      const result = await runExercise({
        runtime,
        sandbox: loaded,
        exercise,
        check: await checkOf(folder),
        edits,
        ...(seed === undefined ? {} : { seeds: [seed] }),
        ...(spec.limits === undefined ? {} : { eventsMax: spec.limits.events }),
      });
      return tell(result, spec.feedback ?? {}, files, terminal);
    } finally {
      await runtime.close();
    }
  },
};

function yamlOf(texts: Texts, folder: string, sandbox: string): string {
  const text = texts[`${folder}/exercise.yml`];
  if (text !== undefined) return text;
  const pattern = new RegExp(`^${sandbox}/exercises/([^/]+)/exercise\\.yml$`);
  const there = Object.keys(texts).flatMap((path) => pattern.exec(path)?.[1] ?? []);
  throw new UsageError(
    `an exercise of ${sandbox} (${there.join(', ') || 'none'})`,
    `'${folder.split('/').at(-1)}'`,
    'correct the name',
  );
}

/** A person's versions of the files that the exercise lets edit; at least one must be there. */
function editsFrom(folder: string, sandbox: string, names: readonly string[]): Texts {
  const there = names.filter((name) => existsSync(join(folder, name)));
  if (there.length === 0)
    throw new UsageError(
      `${names.join(' or ')} in --files`,
      `none in ${folder}`,
      'correct the folder, or copy the file there from start/',
    );
  return Object.fromEntries(
    there.map((name) => [`${sandbox}/${name}`, readFileSync(join(folder, name), 'utf8')]),
  );
}

async function checkOf(folder: string): Promise<Check> {
  const file = inRepository('sandboxes', folder, 'check.ts');
  const module = (await import(pathToFileURL(file).href)) as { check?: Check };
  if (module.check === undefined)
    throw new UsageError('`export const check`', `none in ${file}`, 'export it');
  return module.check;
}

function tell(
  result: ExerciseResult,
  feedback: Readonly<Record<string, string>>,
  files: string | undefined,
  terminal: Terminal,
): number {
  const { passed, total, firstFailure } = result;
  terminal.out(`${passed} of ${total} seeds kept every promise\n`);
  if (firstFailure === undefined) return 0;
  terminal.out(`${failureText(firstFailure, feedback, files)}\n`);
  return 1;
}

function failureText(
  failure: Failure,
  feedback: Readonly<Record<string, string>>,
  files: string | undefined,
): string {
  const { message, finding, command } = failure;
  const words = feedback[finding.feedback ?? ''];
  const again = files === undefined ? command : `${command} --files ${files}`;
  return [
    message,
    ...(finding.evidence ?? []).map((line) => `  ${line}`),
    ...(words === undefined ? [] : [words]),
    `again: ${again}`,
  ].join('\n');
}
