// `brownout check sandbox|exercise|chapter NAME`: lists what is still missing, first by the texts, then by runs.
// Refuses names of nothing. Judges nothing itself: missing.ts and missing-runs.ts do. Called by cli/check.ts.
import { existsSync, readFileSync } from 'node:fs';
import { sayComplaint } from '../../build/complain.ts';
import { course, folderOf } from '../../build/course.ts';
import { inRepository } from '../../build/root.ts';
import { filesIn } from '../../build/sandbox-files.ts';
import type { Complaint } from '../../datacenter/contract.ts';
import type { Texts } from '../../runtime/sandbox.ts';
import { type Terminal, UsageError } from '../command.ts';
import { prepareEngine } from '../prepare.ts';
import { exercisesOf, missingInChapter, missingInExercise, missingInSandbox } from './missing.ts';
import { brokenInChapter, brokenInSandbox, unprovedExercise } from './missing-runs.ts';

const lookers: Readonly<Record<string, (name: string) => Promise<Complaint[]>>> = {
  sandbox,
  exercise,
  chapter,
};

export function isWritable(kind: string | undefined): kind is string {
  return kind !== undefined && Object.hasOwn(lookers, kind);
}

/** The exit code: 1 until nothing is missing. */
export async function checkWritten(kind: string, name: string, terminal: Terminal): Promise<number> {
  const complaints = (await lookers[kind]?.(name)) ?? [];
  for (const complaint of complaints) terminal.out(`${sayComplaint(complaint)}\n`);
  const count = complaints.length;
  const words =
    count === 0 ? 'Nothing is missing.' : `${count} ${count === 1 ? 'thing is' : 'things are'} missing.`;
  terminal.out(`${words}\n`);
  return count === 0 ? 0 : 1;
}

async function sandbox(name: string): Promise<Complaint[]> {
  const texts = textsIn(`sandboxes/${name}`, 'sandbox', name);
  prepareEngine();
  const found = [...missingInSandbox(name, texts), ...(await brokenInSandbox(name))];
  for (const one of exercisesOf(name, texts)) found.push(...(await proved(name, one, texts)));
  return found;
}

async function exercise(word: string): Promise<Complaint[]> {
  const [of = '', name = ''] = word.split('/');
  const texts = textsIn(`sandboxes/${of}/exercises/${name}`, 'exercise', `${word} --edits FILE`);
  prepareEngine();
  return [...missingInExercise(of, name, texts), ...(await proved(of, name, texts))];
}

/** Runs nothing that is not there yet. */
async function proved(of: string, name: string, texts: Texts): Promise<Complaint[]> {
  return missingInExercise(of, name, texts).length > 0 ? [] : unprovedExercise(of, name);
}

async function chapter(name: string): Promise<Complaint[]> {
  const found = course
    .flatMap((part) => part.chapters)
    .find((one) => one.slug === name || folderOf(one) === name);
  if (found === undefined)
    throw new UsageError('a chapter of src/build/course.ts', `'${name}'`, 'correct the name');
  const folder = `content/chapters/${folderOf(found)}`;
  const texts = textsIn(folder, 'chapter', found.slug);
  prepareEngine();
  const missing = missingInChapter(folder, texts);
  return [
    ...missing,
    ...(await brokenInChapter(found.slug)).filter((one) => !missing.some((other) => isSame(one, other))),
  ];
}

function isSame(one: Complaint, other: Complaint): boolean {
  return sayComplaint(one) === sayComplaint(other);
}

/** Every file of a folder, by path below the repository. */
function textsIn(folder: string, kind: string, name: string): Texts {
  if (!/^[a-z0-9/-]+$/.test(folder) || folder.endsWith('/') || !existsSync(inRepository(folder)))
    throw new UsageError(
      `the folder ${folder}`,
      'none',
      `correct the name, or run \`brownout new ${kind} ${name}\``,
    );
  return Object.fromEntries(
    filesIn(folder)
      .filter((file) => /\.(?:ts|json|md|mdx|yml|txt)$/.test(file))
      .map((file) => [`${folder}/${file}`, readFileSync(inRepository(folder, file), 'utf8')]),
  );
}
