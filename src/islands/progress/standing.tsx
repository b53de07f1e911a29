// The table of 'Where I stand', a chapter a group of two rows so that it fits a phone, and the list of what was set
// aside. Only shows: changes nothing. Called by page.tsx.
import type { Aside } from './records.ts';
import { type ChapterPlan, type ChapterStanding, type Records, standingIn } from './summary.ts';

interface Props {
  readonly plan: readonly ChapterPlan[];
  readonly records: Records;
  readonly nowMs: number;
}

export function day(atMs: number): string {
  return new Date(atMs).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
}

export function Standing({ plan, records, nowMs }: Props) {
  const rows = plan.map((chapter) => ({ chapter, one: standingIn(chapter, records, nowMs) }));
  const due = rows.reduce((sum, { one }) => sum + one.due, 0);
  const next = Math.min(...rows.map(({ one }) => one.nextDueMs ?? Number.POSITIVE_INFINITY));
  return (
    <>
      <table class="chapter-table">
        <caption class="unseen">The chapters that are written, and what you have done in each</caption>
        <thead>
          <tr>
            <th scope="col">Read</th>
            <th scope="col">Predicted</th>
            <th scope="col">Quiz</th>
            <th scope="col">Solved</th>
            <th scope="col">Due</th>
          </tr>
        </thead>
        {rows.map(({ chapter, one }) => (
          <tbody key={chapter.slug}>
            <tr>
              <th scope="rowgroup" colSpan={5}>
                <span class="no">{chapter.number}</span>{' '}
                <a href={`/chapters/${chapter.slug}/`}>{chapter.title}</a>
              </th>
            </tr>
            <Cells chapter={chapter} one={one} />
          </tbody>
        ))}
      </table>
      <p>{dueText(due, next)}</p>
    </>
  );
}

function Cells({ chapter, one }: { readonly chapter: ChapterPlan; readonly one: ChapterStanding }) {
  return (
    <tr>
      <td>{one.readPercent}%</td>
      <td>
        {one.predicted} of {chapter.predictions.length}
        {one.parts > 0 && (
          <small>
            {one.near} of {one.parts} close
          </small>
        )}
      </td>
      <td>
        {one.right} of {chapter.questions.length}
        {one.known > 0 ? <small>{one.known} known</small> : one.answered > 0 && <small>right</small>}
      </td>
      <td>
        {one.solved} of {chapter.exercises.length}
        {one.tried > one.solved && <small>{one.tried - one.solved} begun</small>}
      </td>
      <td>{one.due}</td>
    </tr>
  );
}

function dueText(due: number, nextMs: number) {
  if (due > 0)
    return (
      <>
        <a href="/review/">{due === 1 ? 'One question' : `${due} questions`} to review</a> now.
      </>
    );
  if (Number.isFinite(nextMs))
    return (
      <>
        Nothing is due. The next question comes back on {day(nextMs)}, in the <a href="/review/">review</a>.
      </>
    );
  return <>Questions you answer come back here until you know them.</>;
}

export function SetAside({ asides }: { readonly asides: readonly Aside[] }) {
  if (asides.length === 0) return null;
  return (
    <section aria-labelledby="aside">
      <h2 id="aside">Set aside</h2>
      <p>
        This could not be read, or something newer took its place. It is kept as it was found, and is in the
        file that you can save below.
      </p>
      <ul class="asides">
        {asides.map((aside, index) => (
          <li key={index}>
            <details>
              <summary>
                <code>{aside.key}</code> {aside.why}
              </summary>
              <pre>{aside.held}</pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
