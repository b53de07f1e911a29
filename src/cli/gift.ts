// `brownout gift`: the quizzes of chapters as a file that Moodle's question bank takes in, and what it cannot carry
// by name. Refuses chapters that are not written. Writes nothing into the bank itself; teaching/gift.ts knows the
// format. Called by main.ts.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ChapterPlace, chapterOf, writtenChapters } from '../build/chapter.ts';
import { folderOf } from '../build/course.ts';
import { readLab } from '../build/lab-file.ts';
import { readQuiz } from '../build/quiz-file.ts';
import { type Gift, giftOf } from '../teaching/gift.ts';
import { type Command, numberOption, readOptions, UsageError } from './command.ts';
import { prepareEngine } from './prepare.ts';

const drawsDefault = 3;
const help = `Usage: brownout gift [CHAPTER …] [OPTIONS]

Writes the quizzes of the chapters (all that are written, or those named: 13, caching or 13-caching) in Moodle's GIFT
format. In Moodle: Question bank, Import, GIFT format, with 'Get category from file'. Each chapter becomes a category
below Brownout; of a question with parameters several draws are made, in a category of their own, from which a Moodle
quiz can take one at random.

  --out FILE        writes there; by default to standard output
  --draws N         how many draws of a question with parameters; ${drawsDefault} by default

Every option keeps its feedback. Of many right answers each is worth its share, and each wrong one costs its own. Short
answers are written as all phrasings that their patterns take. What GIFT cannot carry (things to put in order, lines of
programs and traces) is listed on standard error with the reason.

A file for Moodle holds the answers: give it to no student.

Exit code 2: asked wrongly.
`;

export const gift: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('gift', args, { out: 'FILE', draws: 'N' });
    const draws = numberOption(asked, 'draws', { least: 1, most: 50, whole: true }) ?? drawsDefault;
    const chapters = choose(asked.words);
    prepareEngine();
    const gifts: { readonly chapter: ChapterPlace; readonly gift: Gift }[] = [];
    for (const chapter of chapters) gifts.push({ chapter, gift: await giftOfChapter(chapter, draws) });
    const text = gifts.map(({ gift }) => gift.text).join('');
    const out = asked.options['out']?.at(-1);
    if (out === undefined) terminal.out(text);
    else write(resolve(terminal.folder, out), text);
    for (const { chapter, gift } of gifts)
      for (const { id, what, reason } of gift.leftOut)
        terminal.err(`${chapter.folder}/quiz.yml: ${id}: ${what} left out: ${reason}\n`);
    const written = gifts.reduce((sum, { gift }) => sum + gift.written, 0);
    const missing = gifts.reduce((sum, { gift }) => sum + gift.leftOut.length, 0);
    const of = `${chapters.length} ${chapters.length === 1 ? 'chapter' : 'chapters'}`;
    terminal.err(`${written} questions of ${of} written, ${missing} left out\n`);
    return 0;
  },
};

async function giftOfChapter(chapter: ChapterPlace, draws: number): Promise<Gift> {
  const { folder, number, slug, title } = chapter;
  const quiz = await readQuiz(slug, folder, readLab(folder).value.sandbox);
  const category = ['Brownout', `${String(number).padStart(2, '0')} ${title}`];
  return giftOf({ name: folderOf(chapter), category, quiz }, draws);
}

/** The chapters named, in the order of the course; all of them where none is. */
function choose(words: readonly string[]): readonly ChapterPlace[] {
  const all = writtenChapters()
    .map((slug) => chapterOf(slug))
    .sort((one, other) => one.number - other.number);
  const names = (chapter: ChapterPlace): readonly string[] => [
    String(chapter.number),
    String(chapter.number).padStart(2, '0'),
    chapter.slug,
    folderOf(chapter),
  ];
  for (const word of words) {
    if (all.some((chapter) => names(chapter).includes(word))) continue;
    throw new UsageError(`CHAPTER of ${all.map(folderOf).join(', ')}`, `'${word}'`, 'correct the name');
  }
  if (words.length === 0) return all;
  return all.filter((chapter) => names(chapter).some((name) => words.includes(name)));
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError('--out FILE that can be written', error.message, 'name another file');
  }
}
