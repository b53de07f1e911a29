// `brownout gift` on a chapter of the course: every question of its quiz is in the file or named on standard error.
// What a question looks like there is in tests/teaching.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readGift } from '../teaching/gift-reader.ts';
import { brownout, folderOf } from './command-line.ts';

test('every question is written or named', async () => {
  const folder = folderOf({});
  const ended = await brownout(['gift', 'caching', '--draws', '2', '--out', 'caching.txt'], folder.path);
  const file = readFileSync(join(folder.path, 'caching.txt'), 'utf8');
  folder.remove();
  const quiz: { questions: { id: string; kind: string; parameters?: object }[] } = parse(
    readFileSync(join(import.meta.dirname, '../../content/chapters/13-caching/quiz.yml'), 'utf8'),
  );
  const cannot = quiz.questions.filter(({ kind }) => ['order', 'bug', 'trace-line'].includes(kind));
  const titles = quiz.questions
    .filter((question) => !cannot.includes(question))
    .flatMap(({ id, parameters }) => (parameters === undefined ? [id] : [`${id}, 1 of 2`, `${id}, 2 of 2`]));
  expect(readGift(file).map(({ title }) => title)).toEqual(titles.map((title) => `13-caching ${title}`));
  const lines = ended.err.trimEnd().split('\n');
  expect(lines.slice(0, -1).map((line) => line.replace(/: [^:]*$/, ''))).toEqual(
    cannot.map(
      ({ id, kind }) =>
        `content/chapters/13-caching/quiz.yml: ${id}: ${kind === 'order' ? 'order' : 'line'} left out`,
    ),
  );
  expect(lines.at(-1)).toBe(`${titles.length} questions of 1 chapter written, ${cannot.length} left out`);
  expect([ended.code, ended.out]).toEqual([0, '']);
});
