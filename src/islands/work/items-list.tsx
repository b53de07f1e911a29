// The items of an assignment: quizzes with their questions, exercises with the files of the reader's that would be handed
// in, and by name what this site does not have. Called by page.tsx.

import type { Desk } from './desk.ts';
import { codeOf, counted } from './hand-in.ts';
import { type ExerciseWork, fileIn, type QuizWork, type WorkItem } from './items.ts';
import { WorkQuestionForm } from './question.tsx';

export function ItemsList({ desk }: { readonly desk: Desk }) {
  return (
    <>
      {desk.items.map((item) => (
        <section key={item.anchor} class="work-item" aria-labelledby={item.anchor}>
          <h2 id={item.anchor} tabIndex={-1}>
            {item.title}
          </h2>
          {item.kind === 'quiz' ? <Quiz desk={desk} item={item} /> : <Exercise desk={desk} item={item} />}
        </section>
      ))}
    </>
  );
}

/** `40% of the grade`. */
export function shareOf({ sharePercent }: WorkItem): string {
  return `${Number(sharePercent.toFixed(1))}% of the grade`;
}

function Quiz({ desk, item }: { readonly desk: Desk; readonly item: QuizWork }) {
  const { chapter, pool, missing, questions } = item;
  if (missing === null)
    return (
      <p class="failed">
        Expected {pool} questions of the chapter ‘{chapter}’, found none on this site. They cannot be done
        here: tell whoever set the assignment.
      </p>
    );
  return (
    <>
      <p class="soft">
        {shareOf(item)}. Read <a href={`/chapters/${chapter}/`}>the chapter</a> first.{' '}
        {pool === 'practice' && 'What you answered in the chapter itself does not count here.'}
      </p>
      {missing.length > 0 && (
        <p class="failed">
          Expected {counted(missing.length, 'question')} more ({missing.join(', ')}), found none of that name
          on this site. They cannot be answered here: tell whoever set the assignment.
        </p>
      )}
      {questions.map((one, index) => (
        <WorkQuestionForm key={one.record} desk={desk} one={one} number={index + 1} />
      ))}
    </>
  );
}

function Exercise({ desk, item }: { readonly desk: Desk; readonly item: ExerciseWork }) {
  void desk.pulse.value;
  const { exercise } = item;
  if (exercise === null)
    return (
      <p class="failed">
        Expected the exercise ‘{item.name}’, found none of that name on this site. It cannot be done here:
        tell whoever set the assignment.
      </p>
    );
  const code = codeOf(desk.progress, item);
  return (
    <>
      <p class="soft">{shareOf(item)}. It is run again when it is graded; a check in the lab is for you.</p>
      <p class="row">
        <a class="button" href={exercise.href}>
          Do it in the lab
        </a>
        <span class="soft">What you change there is here when you come back.</span>
      </p>
      <ul class="work-files">
        {exercise.edits.map((path) => {
          const name = fileIn(exercise, path);
          return <File key={path} name={name} text={code[name]} />;
        })}
      </ul>
    </>
  );
}

function File({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  if (text === undefined)
    return (
      <li>
        <code>{name}</code> is as it was given: nothing of it is handed in yet.
      </li>
    );
  return (
    <li>
      ✓ <code>{name}</code> is changed: your version is handed in.
      <details>
        <summary>Show my version</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>
          <code>{text}</code>
        </pre>
      </details>
    </li>
  );
}
