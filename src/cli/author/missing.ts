// What is still missing from a sandbox, an exercise or a chapter, as far as its texts say. Pure: texts in, complaints
// out. Refuses nothing; what only a run can tell is in missing-runs.ts. Called by written.ts and its tests.
import { ContentProblem } from '../../build/complain.ts';
import { parseLab } from '../../build/lab-file.ts';
import { parseGraded, parseQuiz } from '../../build/quiz-file.ts';
import type { Complaint } from '../../datacenter/contract.ts';
import type { Texts } from '../../runtime/sandbox.ts';

/** How much there must be of each. */
const least = { scenarios: 2, experiments: 1, exercises: 1, mistakes: 3, questions: 6, whys: 2, words: 600 };
const mark = /TO WRITE: ([^"'|`]*[^"'|`\s])/;

/** `texts` by path below the repository, here and below; at least all of the folder in question. */
export function missingInSandbox(name: string, texts: Texts): Complaint[] {
  const folder = `sandboxes/${name}`;
  const own = within(texts, folder);
  const count = (part: string): number =>
    Object.keys(own).filter((path) => new RegExp(`^${folder}/${part}/[^/]+\\.ts$`).test(path)).length;
  return [
    ...unwritten(own, new RegExp(`^${folder}/exercises/`)),
    ...readme(folder, own),
    ...(own[`${folder}/cluster.json`] === undefined
      ? [lacks(`${folder}/cluster.json`, 'the machines, their programs and links', 'none', 'write it')]
      : []),
    ...atLeast(
      `${folder}/scenarios`,
      count('scenarios'),
      least.scenarios,
      'scenarios',
      'write NAME.ts there',
    ),
    ...atLeast(
      `${folder}/experiments`,
      count('experiments'),
      least.experiments,
      'experiments',
      'write NAME.ts there',
    ),
    ...atLeast(
      `${folder}/exercises`,
      exercisesOf(name, texts).length,
      least.exercises,
      'exercises',
      `run \`brownout new exercise ${name}/NAME --edits FILE\``,
    ),
    ...exercisesOf(name, texts).flatMap((exercise) => missingInExercise(name, exercise, texts)),
  ];
}

export function exercisesOf(sandbox: string, texts: Texts): string[] {
  const pattern = new RegExp(`^sandboxes/${sandbox}/exercises/([^/]+)/`);
  return [...new Set(Object.keys(texts).flatMap((path) => pattern.exec(path)?.[1] ?? []))].sort();
}

export function missingInExercise(sandbox: string, name: string, texts: Texts): Complaint[] {
  const folder = `sandboxes/${sandbox}/exercises/${name}`;
  const own = within(texts, folder);
  const files = (part: string): Texts => within(own, `${folder}/${part}`);
  const mistakes = new Set(
    Object.keys(files('mistakes')).map((path) => path.slice(folder.length).split('/')[2]),
  );
  const absent = ['exercise.yml', 'check.ts'].flatMap((file) =>
    own[`${folder}/${file}`] === undefined
      ? [lacks(`${folder}/${file}`, 'the file', 'none', 'write it')]
      : [],
  );
  const start = Object.values(files('start'));
  const same = start.length > 0 && start.join('\0') === Object.values(files('solution')).join('\0');
  return [
    ...unwritten(own),
    ...absent,
    ...['start', 'solution'].flatMap((part) =>
      Object.keys(files(part)).length === 0
        ? [lacks(`${folder}/${part}`, 'the files that exercise.yml lets edit', 'none', 'copy them there')]
        : [],
    ),
    ...(same
      ? [
          lacks(
            `${folder}/solution`,
            'a program that keeps every promise',
            'the same as start/',
            'solve it there',
          ),
        ]
      : []),
    ...atLeast(
      `${folder}/mistakes`,
      mistakes.size,
      least.mistakes,
      'wrong programs, each in a folder named as its feedback',
      'write what readers will try first',
    ),
  ];
}

/** Heading, and every program of the folder by name; `commands-*.ts` names several. */
function readme(folder: string, own: Texts): Complaint[] {
  const file = `${folder}/README.md`;
  const text = own[file];
  if (text === undefined)
    return [lacks(file, 'what it shows, and in which order to read it', 'none', 'write it')];
  const patterns = [...text.matchAll(/`([\w./*-]+)`/g)].map(
    ([, name = '']) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`),
  );
  const unnamed = Object.keys(own)
    .map((path) => path.slice(folder.length + 1))
    .filter((name) => /^[^/]+\.ts$/.test(name) && !patterns.some((pattern) => pattern.test(name)));
  return [
    ...['## Read it, in this order', '## Shortcuts'].flatMap((heading) =>
      text.includes(`\n${heading}\n`) ? [] : [lacks(file, `a part '${heading}'`, 'none', 'write it')],
    ),
    ...unnamed.map((name) =>
      lacks(file, `\`${name}\` in the reading order`, 'not named', 'add a line for it'),
    ),
  ];
}

/** `folder` as content/chapters/11-load-balancing. */
export function missingInChapter(folder: string, texts: Texts): Complaint[] {
  const own = within(texts, folder);
  const file = (name: string): string => `${folder}/${name}`;
  const absent = ['index.mdx', 'lab.yml', 'quiz.yml'].flatMap((name) =>
    own[file(name)] === undefined ? [lacks(file(name), 'the file', 'none', 'write it')] : [],
  );
  return [
    ...unwritten(own),
    ...absent,
    ...prose(file('index.mdx'), own[file('index.mdx')] ?? ''),
    ...parsed(() => lab(file('lab.yml'), own[file('lab.yml')], own[file('index.mdx')] ?? '')),
    ...parsed(() => quiz(file('quiz.yml'), own[file('quiz.yml')])),
    ...parsed(() => graded(file('graded.yml'), own)),
  ];
}

function prose(file: string, text: string): Complaint[] {
  if (text === '') return [];
  const words = text.replace(/^---[\s\S]*?\n---\n/, '').split(/\s+/).length;
  const parts = {
    Lab: 'the lab',
    Quiz: 'the quiz',
    Predict: 'a prediction',
    Cite: 'a source',
    Sources: 'the sources',
  };
  return [
    ...atLeast(file, words, least.words, 'words of prose', 'write on'),
    ...Object.entries(parts).flatMap(([name, what]) =>
      new RegExp(`^[^\`]*<${name}[\\s/]`, 'm').test(text)
        ? []
        : [lacks(file, `${what}, <${name} … />`, 'none', 'add it where the reader should meet it')],
    ),
  ];
}

function lab(file: string, text: string | undefined, shown: string): Complaint[] {
  if (text === undefined) return [];
  const { predictions } = parseLab(file, text).value;
  return [
    ...atLeast(file, predictions.length, 1, 'predictions', 'ask something that a run decides'),
    ...predictions.flatMap(({ id }) =>
      shown.includes(`<Predict id="${id}"`)
        ? []
        : [
            lacks(
              file,
              `the prediction \`${id}\` in index.mdx`,
              'none',
              `write <Predict id="${id}" /> there`,
            ),
          ],
    ),
  ];
}

function quiz(file: string, text: string | undefined): Complaint[] {
  if (text === undefined) return [];
  const { questions } = parseQuiz(file, text).value;
  const whys = questions.filter(({ ask }) => /\bwhy\b/i.test(ask)).length;
  const numbers = questions.filter(({ kind }) => kind === 'number').length;
  return [
    ...atLeast(file, questions.length, least.questions, 'questions', 'write more of them'),
    ...atLeast(file, whys, least.whys, 'questions that ask why', 'ask for a cause'),
    ...atLeast(file, numbers, 1, 'questions of `kind: number`', 'let the reader work something out'),
  ];
}

/** A chapter need not have any. A question that is practice too would be given away with its key. */
function graded(file: string, own: Texts): Complaint[] {
  const text = own[file];
  if (text === undefined) return [];
  const practice = parseQuiz('', own[file.replace('graded.yml', 'quiz.yml')] ?? '').value.questions;
  const { questions } = parseGraded(file, text).value;
  return questions.flatMap(({ ask }) => {
    const same = practice.find((one) => one.ask === ask);
    if (same === undefined) return [];
    const found = `that of \`${same.id}\`, whose key ships with the page`;
    return [lacks(file, 'questions that quiz.yml does not ask', found, 'ask something else')];
  });
}

/** What a file that cannot be read complains of itself. */
function parsed(look: () => Complaint[]): Complaint[] {
  try {
    return look();
  } catch (error) {
    if (error instanceof ContentProblem) return [...error.complaints];
    throw error;
  }
}

function unwritten(texts: Texts, butNot = /^$/): Complaint[] {
  return Object.keys(texts)
    .filter((path) => !butNot.test(path))
    .sort()
    .flatMap((file) =>
      (texts[file] ?? '').split('\n').flatMap((line, index) => {
        const what = mark.exec(line)?.[1];
        const found = '`TO WRITE`';
        return what === undefined
          ? []
          : [{ file, line: index + 1, expected: what, found, fix: 'write it there' }];
      }),
    );
}

/** `what` is in the plural. */
function atLeast(file: string, found: number, wanted: number, what: string, fix: string): Complaint[] {
  return found >= wanted ? [] : [lacks(file, `${what}, at least ${wanted}`, String(found), fix)];
}

function lacks(file: string, expected: string, found: string, fix: string): Complaint {
  return { file, expected, found, fix };
}

function within(texts: Texts, folder: string): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([path]) => path.startsWith(`${folder}/`)));
}
