// What people read of a graded class: a page for each student, a page for the class. Plain HTML, no script, no address outside.
// Escapes every text that is a student's or a guest's; HTML of the course itself goes in as it is. Pure: equal results give equal
// bytes. Used by the command line's grade.
import type { Assignment } from './assignment.ts';
import { numberText } from './csv.ts';
import { escaped } from './html.ts';
import { histogramSvg, shareSvg } from './plots.ts';
import type { ExerciseResult, Graded, ItemResult, QuestionResult } from './score.ts';
import { mean, median } from './statistics.ts';
import type { NamedStatistics, Problem } from './tables.ts';

const style = `:root{color-scheme:light dark;--rule:light-dark(#d9d1c2,#3b362f);--soft:light-dark(#635c52,#ada496);--accent:light-dark(#a8381b,#f08a63)}
body{font:1rem/1.55 'Source Serif 4',Georgia,serif;max-width:46rem;margin:2.5rem auto;padding:0 1rem;background:light-dark(#fbf8f1,#191714);color:light-dark(#211e1a,#ece5d8)}
h1{font-size:1.8rem;line-height:1.2}h2{margin-top:2.5rem;border-top:2px solid;padding-top:.4rem}h3{font-size:1.05rem;margin:1.6rem 0 .2rem}
a{color:var(--accent)}p.soft,td.soft{color:var(--soft)}section{border-top:1px solid var(--rule)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
td,th{text-align:left;hyphens:auto;padding:.3rem .8rem .3rem 0;vertical-align:top;border-bottom:1px solid var(--rule)}td.n,th.n{text-align:right}
td.share{min-width:6.5rem}svg .bar{fill:var(--accent)}ul{list-style:none;padding:0 0 0 1.5rem}li{margin:.6rem 0;text-indent:-1.5rem}li *{text-indent:0}li p{margin:0;color:var(--soft)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
.right::before,.wrong::before{content:"✓";display:inline-block;width:1.5rem;text-indent:0}.wrong::before{content:"✗";color:var(--accent)}svg{max-width:100%;height:auto;fill:currentColor}`;
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
  return page(
    `${assignment.title}: ${name}`,
    `<p><strong>${numberText(grade)} of ${numberText(assignment.points)} points.</strong> Handed in: ${handedIn(graded)}${
      percent < 100 ? `, which leaves ${numberText(percent)}% of the grade` : ''
    }.</p>
${items.map((item) => itemPart(item, site)).join('\n')}`,
  );
}

function handedIn({ lateMs }: Graded): string {
  if (lateMs === null) return 'nobody says when; graded as in time';
  return lateMs === 0 ? 'in time' : `${spanOf(lateMs)} late`;
}

/** '40 min', '5 h 10 min', '3 days 4 h': up to the next minute, so that nothing late is 0. */
function spanOf(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  const [days, hours, left] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'} ${hours} h`;
  return hours > 0 ? `${hours} h ${left} min` : `${left} min`;
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
  const said = feedback.map(
    ({ right: well, about, html }) =>
      `<li class="${well ? 'right' : 'wrong'}">${about}${html === '' ? '' : `<p>${html}</p>`}`,
  );
  const counted = tries === 0 ? 'Not answered.' : `${tries} ${tries === 1 ? 'try' : 'tries'}.`;
  return `<section><h3 class="${right ? 'right' : 'wrong'}">${ask}</h3><p class="soft">${counted}</p><ul>${said.join('')}</ul></section>`;
}

function exercisePart(
  { right, passed, total, found, feedback, showMe, failedHidden }: ExerciseResult,
  site: string,
): string {
  const link =
    showMe === '' ? '' : `<p><a href="${escaped(`${site}${showMe}`)}">Show me this run in the lab</a></p>`;
  const evidence = found.length === 0 ? '' : `<pre>${escaped(found.join('\n'))}</pre>`;
  const words =
    runsWords(passed, total) +
    (failedHidden ? ' A hidden check, which has more of them, found a broken one.' : '');
  return `<section><h3 class="${right ? 'right' : 'wrong'}">${words}</h3>${evidence}
${feedback === '' ? '' : `<p>${feedback}</p>`}${link}</section>`;
}

function runsWords(passed: number, total: number): string {
  if (total === 0) return 'There is no run to judge.';
  if (passed === total) return `All ${total} runs kept every promise.`;
  if (passed === 0) return `The first of ${total} runs broke a promise.`;
  return `${passed} of ${total} runs kept every promise; the next one broke one.`;
}

function table(head: string, rows: readonly string[]): string {
  return `<div class="wide"><table><tr>${head}\n${rows.join('\n')}\n</table></div>`;
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
    ({ name, difficulty, discrimination, firstTryRight, medianMinutes }) =>
      `<tr><td>${escaped(name)}<td class="share">${shareSvg(difficulty ?? 0)}${[
        difficulty,
        discrimination,
        firstTryRight,
        medianMinutes,
      ]
        .map((value) => `<td class="n">${cell(value)}`)
        .join('')}`,
  );
  const students = all.map(
    (one) =>
      `<tr><td><a href="${escaped(linkOf(one))}">${escaped(one.name)}</a><td class="n">${numberText(one.grade)}<td>${handedIn(one)}`,
  );
  const listed = problems.map(
    ({ file, student, reason }) => `<tr><td>${escaped(file)}<td>${escaped(student)}<td>${escaped(reason)}`,
  );
  return page(
    assignment.title,
    `<p>${all.length} graded. Mean ${cell(mean(grades))}, median ${cell(median(grades))} of ${numberText(assignment.points)} points.</p>
${histogramSvg('Students by grade', grades, assignment.points)}
<h2>Items</h2>
${table('<th>Item<th><th class="n">Mean score<th class="n">Discrimination<th class="n">First try right<th class="n">Median minutes', items)}
<p class="soft">Mean score: 1 where everybody had it right. Discrimination: the correlation of an item with the rest of the
work, from -1 to 1; near 0 or below, look at the question. Minutes, from the first try to the last, are what browsers said.</p>
<h2>Students</h2>
${table('<th>Student<th class="n">Grade<th>Handed in', students)}
<h2>Problems</h2>
${listed.length === 0 ? '<p>None.</p>' : table('<th>File<th>Student<th>Reason', listed)}`,
  );
}
