// What an assignment is, above its items: due when, in two zones, how long that is, what counts, and what is done of what.
// Called by page.tsx.
import { useEffect, useState } from 'preact/hooks';
import { TRIES_MAX } from '../../teaching/assignment.ts';
import type { Desk } from './desk.ts';
import { dueWords, lateSteps, standing } from './due.ts';
import { codeOf } from './hand-in.ts';
import { versionNote, type WorkItem } from './items.ts';
import { shareOf } from './items-list.tsx';
import { givenOf } from './store.ts';

const LOOK_EVERY_MS = 15_000;

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Overview({ desk }: { readonly desk: Desk }) {
  const { assignment, content } = desk;
  const { theirs, ours } = dueWords(assignment, ownZone());
  const note = versionNote(assignment, content.catalogue);
  return (
    <>
      {note !== '' && <p class="failed">{note}</p>}
      <dl class="work-facts">
        <dt>Due</dt>
        <dd>
          <div>{theirs}</div>
          <div class="soft">{ours}</div>
        </dd>
        <dt>Now</dt>
        <dd>
          <Left desk={desk} /> <span class="soft">By this computer’s clock; your course’s counts.</span>
        </dd>
        <dt>If late</dt>
        <dd>
          {lateSteps(assignment).map((step) => (
            <div key={step}>{step}</div>
          ))}
        </dd>
        <dt>Counts</dt>
        <dd>
          Up to {assignment.points.toLocaleString('en-US')} points. {triesWords(assignment)}
        </dd>
      </dl>
      <Done desk={desk} />
    </>
  );
}

function triesWords({ attempts, triesMax }: Desk['assignment']): string {
  if (triesMax === 1) return 'You have one try at each question.';
  const of = triesMax === TRIES_MAX ? 'your tries' : `at most ${triesMax} tries`;
  return attempts === 'best'
    ? `The best of ${of} at a question counts.`
    : `The last of ${of} at a question counts.`;
}

function Left({ desk }: { readonly desk: Desk }) {
  const [nowMs, look] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => look(Date.now()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return <b class={nowMs > desk.assignment.dueMs ? 'wrong' : ''}>{standing(desk.assignment, nowMs)}</b>;
}

function Done({ desk }: { readonly desk: Desk }) {
  void desk.pulse.value;
  return (
    <table class="work-done">
      <caption class="unseen">What is to be done, and what is done of it</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Done</th>
        </tr>
      </thead>
      <tbody>
        {desk.items.map((item) => (
          <tr key={item.anchor}>
            <th scope="row">
              {desk.student === '' ? item.title : <a href={`#${item.anchor}`}>{item.title}</a>}
              <small>{shareOf(item)}</small>
            </th>
            <td>{doneOf(desk, item)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function doneOf({ progress, student }: Desk, item: WorkItem): string {
  if (item.kind === 'exercise') {
    if (item.exercise === null) return 'not on this site';
    return Object.keys(codeOf(progress, item)).length > 0 ? '✓ changed' : 'not begun';
  }
  if (item.missing === null) return 'not on this site';
  const { length } = item.questions;
  if (student === '') return `${length} to answer`;
  const done = item.questions.filter((one) => {
    const { tries, draft } = givenOf(progress, one);
    return tries.length > 0 || draft !== null;
  }).length;
  return `${done === length ? '✓ ' : ''}${done} of ${length} answered`;
}
