// `brownout grade` from a zip to grades: work of every kind in one class. What is wrong with one file is said and costs nobody
// else anything; the second grading gives the same bytes.
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { grade } from '../../src/cli/grade/grade.ts';
import { readLink } from '../../src/islands/share/link.ts';
import { zipOf } from '../../src/runtime/zip.ts';
import { idOf } from '../../src/teaching/assignment.ts';
import { parseCsv } from '../../src/teaching/csv.ts';
import { folderOf } from './command-line.ts';
import { assignment, endless, hostile, inTimeMs, quizOnly, solution, start, work } from './grade-class.ts';

const name = '=HYPERLINK("x")<b>Łukasz 李';
const files = {
  'right.json': work({ student: name, code: solution }),
  'wrong.json': work({ student: 'wrong', code: start, option: 1, off: 1 }),
  'none.json': work({ student: 'none', off: 1 }),
  'hours-late.json': work({ student: 'hours-late', code: solution }),
  'days-late.json': work({ student: 'days-late', code: solution }),
  'cut-short.json': work({ student: 'cut-short', code: solution }).slice(0, 300),
  'hostile.json': work({ student: 'hostile', code: hostile }),
  'endless.json': work({ student: 'endless', code: endless }),
  'huge.json': work({ student: 'huge', code: 'x'.repeat(2_100_000) }),
  'twice-1.json': work({ student: 'twice', code: solution }),
  'twice-2.json': work({ student: 'twice', code: start }),
  'other.json': work({ student: 'other', code: solution, more: { assignment: '0123456789abcdef' } }),
  'scored.json': work({ student: 'scored', more: { score: 100 } }),
  'elsewhere.json': work({
    student: 'elsewhere',
    more: { exercises: { 'dns/negative': { 'check.ts': '' } } },
  }),
  'bytes.json': new Uint8Array([0xff, 0xfe, 0]),
};
const room = folderOf({ 'assignment.json': JSON.stringify(assignment) });
const handed = folderOf(files);
afterAll(() => {
  room.remove();
  handed.remove();
});
for (const file of Object.keys(files)) utimesSync(join(handed.path, file), inTimeMs / 1000, inTimeMs / 1000);
writeFileSync(
  join(room.path, 'more.csv'),
  'student,due,submitted\r\nhours-late,,2026-11-20T13:00\r\ndays-late,+1h,2026-11-21T14:00\r\n',
);

interface Ended {
  readonly code: number;
  readonly out: string;
}
async function grading(...args: string[]): Promise<Ended> {
  let out = '';
  const take = (text: string) => {
    out += text;
  };
  const code = await grade.run(args, { folder: room.path, out: take, err: take });
  return { code, out };
}
const common = [
  '--assignment',
  'assignment.json',
  '--out',
  'out',
  '--seconds',
  '2',
  '--extensions',
  'more.csv',
];
const table = (file: string) => parseCsv(file, readFileSync(join(room.path, 'out', file), 'utf8'));
const pages = () => {
  const folder = join(room.path, 'out/students');
  return new Map(readdirSync(folder).map((page) => [page, readFileSync(join(folder, page), 'utf8')]));
};

test('a class of every kind is graded, each by what it handed in', async () => {
  const first = await grading(handed.path, ...common);
  expect(first.code).toBe(0);
  const grades = new Map(
    table('grades.csv')
      .slice(1)
      .map((row) => [row[0], row[3]]),
  );
  expect(Object.fromEntries(grades)).toEqual({
    [`'${name}`]: '100',
    wrong: '0',
    none: '12.5',
    'hours-late': '80',
    'days-late': '50',
    hostile: '25',
    endless: '25',
  });
  const reasons = table('problems.csv')
    .slice(1)
    .map(([file, , reason]) => `${file}: ${reason}`);
  expect(reasons).toEqual([
    expect.stringMatching(/^bytes.json: expected text in UTF-8/),
    expect.stringMatching(/^cut-short.json: expected JSON, found text that is not JSON, or is cut short/),
    expect.stringMatching(/^elsewhere.json: expected only negative.ts for dns\/negative, found "check.ts"/),
    expect.stringMatching(/^endless.json: dns\/negative: stopped: it took more than 2 s of processor time/),
    expect.stringMatching(/^huge.json: expected at most 2,000,000 bytes, found 2,/),
    expect.stringMatching(
      /^other.json: expected work for this assignment \([0-9a-f]{16}\), found work for 01/,
    ),
    expect.stringMatching(/^scored.json: expected only known fields in the file, found 'score'/),
    expect.stringMatching(/^twice-1.json: expected one file of twice, found another in twice-2.json/),
    expect.stringMatching(/^twice-2.json: expected one file of twice, found another in twice-1.json/),
  ]);
  expect(existsSync('/tmp/brownout-was-here')).toBe(false);

  const before = pages();
  expect(before.size).toBe(7);
  const all = [...before.values()];
  expect(all.join('')).not.toContain('<b>Łukasz');
  expect(all.join('')).toContain('&lt;b&gt;Łukasz 李');
  const fragment = /\/labs\/dns\/(#run=[^"]+)"/.exec(
    all.find((page) => page.includes(': wrong<')) ?? '',
  )?.[1];
  expect(await readLink(fragment ?? '')).toMatchObject({ ok: true, run: { sandbox: 'dns' } });

  // The same from a zip, without the endless one, of which no outcome is kept: nothing is run again, no byte is another.
  const { 'endless.json': _, 'bytes.json': __, ...texts } = files;
  writeFileSync(join(room.path, 'all.zip'), await zipOf('in', texts as Record<string, string>));
  const second = await grading('all.zip', ...common);
  expect(second.out).toContain('changed: endless: 25, now none\n');
  expect(second.out.match(/^changed/gm)).toHaveLength(1);
  const after = pages();
  expect(after.size).toBe(6);
  for (const [page, text] of after) expect(text).toBe(before.get(page));
});

test("platforms' sheets come back filled, and a code handed on is told", async () => {
  const of = (student: string) => work({ student, more: { assignment: idOf(quizOnly), exercises: {} } });
  const blind = (who: number) => `Participant_${who}_assignsubmission_file_/work.json`;
  const moodle = {
    [blind(7)]: of('ann'),
    [blind(8)]: of('ann'),
    'Participant_9_assignsubmission_file_/x.pdf': '%',
  };
  writeFileSync(join(room.path, 'moodle.zip'), await zipOf('in', moodle));
  const row = (who: number, day: number) =>
    `Participant ${who},Submitted,,100.00,Yes,"Friday, ${day} November 2026, 12:30 PM",-,\r\n`;
  const head =
    'Identifier,Status,Grade,Maximum grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments\r\n';
  writeFileSync(join(room.path, 'sheet.csv'), `${head}${row(7, 19)}${row(8, 20)}${row(9, 19)}`);
  writeFileSync(join(room.path, 'quiz.json'), JSON.stringify(quizOnly));
  const args = ['--assignment', 'quiz.json', '--out', 'platform'];
  const told = await grading('moodle.zip', ...args, '--worksheet', 'sheet.csv');
  expect(told.code).toBe(0);
  expect(told.out.match(/the code 'ann' also stands in/g)).toHaveLength(2);
  expect(told.out).toMatch(/x\.pdf: expected JSON/);
  const sheet = parseCsv('m', readFileSync(join(room.path, 'platform/moodle.csv'), 'utf8'));
  expect(sheet.map((cells) => [cells[2], cells[7]])).toEqual([
    ['Grade', 'Feedback comments'],
    ['100', 'quiz scaling-out: 100%'],
    ['80', 'quiz scaling-out: 100%; 0.5 h late; 80% of the grade is left'],
    ['', ''],
  ]);

  const canvas = { 'leeann_12_900_a.json': of('a'), 'smitbo_LATE_13_901_b.json': of('b') };
  writeFileSync(join(room.path, 'canvas.zip'), await zipOf('in', canvas));
  writeFileSync(
    join(room.path, 'book.csv'),
    'Student,ID,SIS User ID,SIS Login ID,Section\r\n"Lee, Ann",12,,,A\r\n"Smit, Bo",13,,,A\r\n',
  );
  const late = await grading('canvas.zip', ...args, '--canvas', 'book.csv');
  expect(late.out).toContain('Canvas says late, but not how late');
  const book = parseCsv('c', readFileSync(join(room.path, 'platform/canvas.csv'), 'utf8'));
  expect(book.slice(2)).toEqual([
    ['Lee, Ann', '12', '', '', 'A', '100'],
    ['Smit, Bo', '13', '', '', 'A', '100'],
  ]);
});

test('asked wrongly, or with nothing that can be graded, it says so', async () => {
  await expect(grading('x', '--out', 'out')).rejects.toThrow('--assignment FILE and --out DIR');
  await expect(grading('more.csv', ...common)).rejects.toThrow('expected a zip archive');
  writeFileSync(join(room.path, 'none.zip'), await zipOf('in', { 'a.json': '{' }));
  expect(await grading('none.zip', ...common)).toMatchObject({ code: 1 });
  writeFileSync(
    join(room.path, 'wrong.json'),
    JSON.stringify({
      ...assignment,
      items: [{ kind: 'quiz', chapter: 'dns', questions: ['no'], weight: 1 }],
    }),
  );
  const wrong = ['--assignment', 'wrong.json', '--out', 'out'];
  await expect(grading('none.zip', ...wrong)).rejects.toThrow(/expected questions of dns \(.*found 'no'/);
});
