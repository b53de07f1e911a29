// What people read of a graded class: a page for each student, a page for the class. Plain HTML, no script, no address outside.
// Escapes every text that is a student's or a guest's; HTML of the course itself goes in as it is. Pure: equal results give equal
// bytes. Used by the command line's grade.
import type { Assignment } from './assignment.ts';
import { numberText } from './csv.ts';
import { escaped } from './html.ts';
import { barsSvg, histogramSvg } from './plots.ts';
import type { ExerciseResult, Graded, ItemResult, QuestionResult } from './score.ts';
import { mean, median } from './statistics.ts';
import type { NamedStatistics, Problem } from './tables.ts';

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere}.right::before{content:"✓ "}.wrong::before{content:"✗ "}
svg{max-width:100%;height:auto}`;
const policy = "default-src 'none'; style-src 'unsafe-inline'";

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`;
}

/** `site` is where the course is, without a slash at its end. */
export function studentPage(assignment: Assignment, graded: Graded, site: string): string {
  const { name, grade, percent, items } = graded;
  const late = lateWords(graded);
  return page(
    `${assignment.title}: ${name}`,
    `<p><strong>${numberText(grade)} of ${numberText(assignment.points)} points.</strong> ${late}${
      percent < 100 ? ` ${numberText(percent)}% of the grade is left.` : ''
    }</p>
${items.map((item) => itemPart(item, site)).join('\n')}`,
  );
}

function lateWords({ lateMs }: Graded): string {
  if (lateMs === null) return 'When it was handed in is not known; it was graded as in time.';
  if (lateMs === 0) return 'Handed in in time.';
  return `Handed in ${numberText(lateMs / 3_600_000)} hours late.`;
}

function itemPart({ name, weight, score, questions, exercise }: ItemResult, site: string): string {
  const parts = [
    ...questions.map(questionPart),
    ...(exercise === null ? [] : [exercisePart(exercise, site)]),
  ];
  return `<h2>${escaped(name)}</h2>
<p>${numberText(score * 100)}% of a weight of ${numberText(weight)}.</p>
${parts.join('\n')}`;
}

function questionPart({ ask, tries, right, feedback }: QuestionResult): string {
  const said = feedback.map((one) => `<li class="${one.right ? 'right' : 'wrong'}">${one.html}</li>`);
  const counted = tries === 0 ? 'Not answered.' : `${tries} ${tries === 1 ? 'try' : 'tries'}.`;
  return `<section><h3 class="${right ? 'right' : 'wrong'}">${ask}</h3><p>${counted}</p><ul>${said.join('')}</ul></section>`;
}

function exercisePart(
  { right, passed, total, found, feedback, showMe }: ExerciseResult,
  site: string,
): string {
  const link =
    showMe === '' ? '' : `<p><a href="${escaped(`${site}${showMe}`)}">Show me this run in the lab</a></p>`;
  return `<section><h3 class="${right ? 'right' : 'wrong'}">${passed} of ${total} runs kept every promise${
    right ? '' : ', up to the first that did not'
  }.</h3>${found.length === 0 ? '' : `<pre>${escaped(found.join('\n'))}</pre>`}
${feedback === '' ? '' : `<p>${feedback}</p>`}${link}</section>`;
}

/** `linkOf` gives the file of a student's page. */
export function classPage(
  assignment: Assignment,
  all: readonly Graded[],
  statistics: readonly NamedStatistics[],
  problems: readonly Problem[],
  linkOf: (one: Graded) => string,
): string {
  const grades = all.map((one) => one.grade);
  const cell = (value: number | null) => (value === null ? '–' : numberText(value));
  const items = statistics.map(
    (one) =>
      `<tr><td>${escaped(one.name)}<td>${cell(one.difficulty)}<td>${cell(one.discrimination)}<td>${cell(one.firstTryRight)}<td>${cell(one.medianMinutes)}`,
  );
  const students = all.map(
    (one) =>
      `<tr><td><a href="${escaped(linkOf(one))}">${escaped(one.name)}</a><td>${numberText(one.grade)}<td>${lateWords(one)}`,
  );
  const listed = problems.map(
    ({ file, student, reason }) => `<tr><td>${escaped(file)}<td>${escaped(student)}<td>${escaped(reason)}`,
  );
  return page(
    assignment.title,
    `<p>${all.length} graded. Mean ${cell(mean(grades))}, median ${cell(median(grades))} of ${numberText(assignment.points)} points.</p>
${histogramSvg('Students by grade', grades, assignment.points)}
<h2>Items</h2>
${barsSvg(
  'Mean score of each item',
  statistics.map(({ name, difficulty }) => ({ name, share: difficulty ?? 0 })),
)}
<table><tr><th>Item<th>Mean score<th>Discrimination<th>First try right<th>Median minutes
${items.join('\n')}
</table>
<p>Discrimination is the correlation of an item with the rest; minutes are told by browsers.</p>
<h2>Students</h2>
<table><tr><th>Student<th>Grade<th>Handed in
${students.join('\n')}
</table>
<h2>Problems</h2>
${listed.length === 0 ? '<p>None.</p>' : `<table><tr><th>File<th>Student<th>Reason\n${listed.join('\n')}\n</table>`}`,
  );
}
