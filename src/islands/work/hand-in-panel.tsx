// Handing in: what will be in the file, in plain words, what is still open, and the file itself. And a file of one's own
// taken in again. Sends nothing. Called by page.tsx.
import { useState } from 'preact/hooks';
import type { Complaint } from '../../datacenter/contract.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import { save as hand } from '../lab/hand-over.ts';
import type { Desk } from './desk.ts';
import { codeOf, contentsOf, counted, fileNameOf, shortOf, submissionOf, submissionText } from './hand-in.ts';
import { Problem } from './problem.tsx';
import { anchorOf } from './question.tsx';
import { givenOf } from './store.ts';

export function HandIn({ desk }: { readonly desk: Desk }) {
  void desk.pulse.value;
  const { progress, assignment, student, items, content } = desk;
  const [saved, note] = useState<string | null>(null);
  const [problem, complain] = useState<Complaint | null>(null);
  const submission = submissionOf(progress, assignment, student, items, content.catalogue.course);
  const name = fileNameOf(student);
  const now = JSON.stringify(submission);
  const save = () => {
    complain(null);
    try {
      hand(new TextEncoder().encode(submissionText(submission)), name, 'application/json');
      note(now);
    } catch (error) {
      if (!(error instanceof RunProblem)) throw error;
      complain(error.complaint);
    }
  };
  return (
    <section aria-labelledby="hand-in">
      <h2 id="hand-in">Hand it in</h2>
      <p>
        Save the file and hand it in where your course collects work: this page sends nothing. You may go on
        and save again; hand in the newest.
      </p>
      <StillOpen desk={desk} />
      <h3>What is in this file</h3>
      <ul>
        {contentsOf(submission).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        Nothing else: no verdict, no score, no name but your code, nothing of what you read or of other
        assignments.
      </p>
      <p class="row">
        <button type="button" class="go" onClick={save}>
          Save {name}
        </button>
      </p>
      <p role="status">{saved === null ? '' : savedWords(name, saved === now)}</p>
      {problem !== null && <Problem complaint={problem} />}
    </section>
  );
}

function savedWords(name: string, isNewest: boolean): string {
  return isNewest
    ? `Saved as ${name}. Now hand it in where your course collects work.`
    : `You have changed something since you saved ${name}: save it again before you hand it in.`;
}

function StillOpen({ desk }: { readonly desk: Desk }) {
  const { progress, items } = desk;
  const open = items.flatMap((item) => {
    if (item.kind === 'exercise') {
      const isDone = item.exercise === null || Object.keys(codeOf(progress, item)).length > 0;
      return isDone ? [] : [{ href: `#${item.anchor}`, words: item.title }];
    }
    return item.questions.flatMap((one) => {
      const { tries, draft } = givenOf(progress, one);
      return tries.length > 0 || draft !== null
        ? []
        : [{ href: `#${anchorOf(one.name)}`, words: shortOf(one) }];
    });
  });
  if (open.length === 0) return <p>✓ Everything is answered.</p>;
  return (
    <details>
      <summary>{counted(open.length, 'thing is', 'things are')} still open</summary>
      <ul>
        {open.map(({ href, words }) => (
          <li key={href}>
            <a href={href}>{words}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}
