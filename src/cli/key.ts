// `brownout key`: what is right in the graded questions and the hidden checks of the exercises, as one file for whoever grades.
// Makes the file for its owner's eyes only. Refuses nothing but a file that cannot be written. Called by main.ts.
import { chmodSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { versionOfCourse } from '../build/catalogue.ts';
import { chapterOf, writtenChapters } from '../build/chapter.ts';
import { readLab } from '../build/lab-file.ts';
import { gradedFile, readyQuestions } from '../build/quiz-file.ts';
import { sandboxTexts } from '../build/sandbox-texts.ts';
import type { KeyFile } from '../teaching/key.ts';
import { type Command, readOptions, UsageError } from './command.ts';
import { exercisesIn } from './exercise-proof.ts';
import { hiddenCheckOf } from './grade/hidden.ts';
import { prepareEngine } from './prepare.ts';

const help = `Usage: brownout key --out FILE

Writes key.json: the graded questions of every chapter (content/chapters/*/graded.yml) with what is right in them, and
the hidden checks of the exercises (sandboxes/*/exercises/*/hidden/). With it, \`brownout grade --key FILE\` grades where
the course's folder has no key, or another one.

Keep it secret: it holds every right answer, and its canary, by which a copy that has leaked is found. Take keys only
from people whose programs you would run: a hidden check is one.

Exit code 2: asked wrongly.
`;

export const key: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('key', args, { out: 'FILE' });
    const out = asked.options['out']?.at(-1);
    if (out === undefined || asked.words.length > 0)
      throw new UsageError('--out FILE', asked.words.join(' ') || 'none', 'see `brownout key --help`');
    prepareEngine();
    const made = await keyOfCourse();
    write(resolve(terminal.folder, out), `${JSON.stringify(made)}\n`);
    const questions = Object.values(made.chapters).reduce((sum, all) => sum + all.length, 0);
    const hidden = Object.values(made.exercises).filter(({ check }) => check !== '').length;
    const of = Object.keys(made.chapters).length;
    terminal.out(
      `${questions} graded questions of ${of} chapters, ${hidden} hidden checks: keep ${out} secret\n`,
    );
    return 0;
  },
};

/** Of all chapters that have graded questions, and all exercises. */
async function keyOfCourse(): Promise<KeyFile> {
  const chapters: KeyFile['chapters'] = {};
  const canaries: string[] = [];
  for (const slug of writtenChapters()) {
    const { folder } = chapterOf(slug);
    const file = gradedFile(folder);
    if (file === null) continue;
    // As they are written to a file, so that what is read again is the same.
    chapters[slug] = [
      ...(await readyQuestions(file, readLab(folder).value.sandbox)),
    ] as KeyFile['chapters'][string];
    canaries.push(file.value.canary);
  }
  const texts = await sandboxTexts();
  const exercises: KeyFile['exercises'] = {};
  for (const name of exercisesIn(texts)) {
    const spec = texts[`${name.replace('/', '/exercises/')}/exercise.yml`] ?? '';
    exercises[name] = await hiddenCheckOf(
      name,
      z.looseObject({ seeds: z.number() }).parse(parse(spec)).seeds,
    );
  }
  const head = { format: 'brownout-key', version: 1, course: versionOfCourse() } as const;
  return { ...head, canary: canaries.join(' '), chapters, exercises };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError('--out FILE that can be written', error.message, 'name another file');
  }
}
