// The student's code: asked before any question, because numbers hang on it; changed later only after saying what that
// does. Refuses a code that could not be handed in. Called by page.tsx.
import { useRef, useState } from 'preact/hooks';
import type { Desk } from './desk.ts';
import { counted } from './hand-in.ts';
import { CODE_CHARACTERS_MAX, putAside, readCode, setStudent } from './store.ts';

export function CodePanel({ desk }: { readonly desk: Desk }) {
  const { progress, assignment, student } = desk;
  const [isOpen, open] = useState(false);
  const isFirst = student === '';
  const change = (): void => {
    open(true);
    focusSoon('student-code');
  };
  const close = (): void => {
    open(false);
    focusSoon('your-code');
  };
  void desk.pulse.value;
  return (
    <section aria-labelledby="your-code">
      <h2 id="your-code" tabIndex={-1}>
        Your code
      </h2>
      {isFirst && (
        <p>
          By it your course knows whose work this is: a number or a name that it gave you. Some questions draw
          their numbers from it, so it comes first. It stands in the file that you hand in.
        </p>
      )}
      {isFirst || isOpen ? (
        <CodeForm key={assignment.id} desk={desk} done={close} />
      ) : (
        <p class="row">
          <span>
            You work as <b class="work-code">{student}</b>.
          </span>
          <button type="button" onClick={change}>
            Change it
          </button>
        </p>
      )}
      {[...putAside(progress, assignment.id, student)].map(([code, count]) => (
        <p key={code} class="soft">
          {counted(count, 'answer')} given as ‘{code}’ {count === 1 ? 'is' : 'are'} put aside: other numbers
          were asked. {count === 1 ? 'It comes' : 'They come'} back with that code.
        </p>
      ))}
    </section>
  );
}

/** What had the focus is gone by then. */
function focusSoon(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

function CodeForm({ desk, done }: { readonly desk: Desk; readonly done: () => void }) {
  const { progress, assignment, student, items } = desk;
  const [problem, say] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const numbers = items
    .flatMap((item) => (item.kind === 'quiz' ? item.questions : []))
    .filter((one) => one.hasNumbers);
  const submit = (event: Event) => {
    event.preventDefault();
    const read = readCode(field.current?.value ?? '');
    say('problem' in read ? read.problem : '');
    if ('problem' in read) {
      field.current?.focus();
      return;
    }
    setStudent(progress, assignment.id, read.code);
    done();
    desk.look();
  };
  return (
    <form class="asking work-code-form" onSubmit={submit} noValidate>
      {student !== '' && numbers.length > 0 && (
        <p>
          With another code {counted(numbers.length, 'question')} will ask with other numbers. What you
          answered to {numbers.length === 1 ? 'it' : 'them'} as ‘{student}’ is put aside and comes back with
          that code; all other answers stay.
        </p>
      )}
      <p class="typed words">
        <label for="student-code">Code</label>
        <input
          ref={field}
          id="student-code"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={CODE_CHARACTERS_MAX}
          defaultValue={student}
          aria-invalid={problem !== ''}
          aria-describedby="student-code-problem"
        />
        <button type="submit" class="go">
          {student === '' ? 'Begin' : 'Change the code'}
        </button>
        {student !== '' && (
          <button type="button" onClick={done}>
            Leave it
          </button>
        )}
      </p>
      <p id="student-code-problem" role="status" class="wrong">
        {problem}
      </p>
    </form>
  );
}
