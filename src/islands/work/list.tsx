// What the page shows without an assignment: what one is, those that this browser keeps, and the button by which a file is
// chosen. Called by page.tsx.
// Shows texts of strangers as text only.
import { dueWords, standing } from './due.ts';
import { ownZone } from './overview.tsx';
import type { Listed } from './store.ts';

export function Intro({ hasSome }: { readonly hasSome: boolean }) {
  return (
    <header>
      <h1 tabIndex={-1}>Assignments</h1>
      <p class="lede">
        An assignment is work from this course that an instructor sets: questions, exercises, a date. Open the
        link that you were given, or choose its file, assignment.json. What you do stays in this browser until
        you save it as a file and hand that in yourself.
      </p>
      {!hasSome && (
        <p class="soft">
          To set one, <a href="/assign/">make an assignment</a>.
        </p>
      )}
    </header>
  );
}

interface ListProps {
  readonly all: readonly Listed[];
  readonly open: (id: string) => void;
}

export function List({ all, open }: ListProps) {
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="kept-assignments">
      <h2 id="kept-assignments">Opened here before</h2>
      <ul class="work-list">
        {all.map(({ id, assignment, student }) => (
          <li key={id}>
            <a
              href={`/work/?id=${id}`}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                open(id);
                scrollTo({ top: 0 });
              }}
            >
              {assignment.title}
            </a>
            <small>
              Due {dueWords(assignment, ownZone()).theirs}. {standing(assignment, Date.now())}
              {student !== '' && ` You work as ${student}.`}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ChooseProps {
  readonly what: string;
  readonly take: (file: File) => void;
}

export function Choose({ what, take }: ChooseProps) {
  const chosen = (input: HTMLInputElement): void => {
    const file = input.files?.[0];
    if (file !== undefined) take(file);
    input.value = '';
  };
  return (
    <p class="row">
      <label class="button take-in">
        {what}
        <input
          type="file"
          accept=".json,application/json"
          onChange={(event) => chosen(event.currentTarget)}
        />
      </label>
      <span class="soft">or drop it on this page.</span>
    </p>
  );
}
