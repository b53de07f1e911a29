// The page where an instructor makes an assignment: its parts in order, the draft that they share, and what is wrong,
// shown beside a field once it was touched. What a file holds is shown as text only. Rendered by mount.tsx.
import { useMemo, useState } from 'preact/hooks';
import { RunProblem } from '../../runtime/runtime.ts';
import { readAssignment } from '../../teaching/assignment.ts';
import type { Catalogue } from './catalogue.ts';
import { type Draft, draftOf, emptyDraft, wrongIn } from './draft.ts';
import { Field, sentence, type WrongAt } from './field.tsx';
import { HandOut } from './hand-out.tsx';
import { Items } from './items.tsx';
import { newSalt, Rules, Salt } from './rules.tsx';
import { keepDraft, keptDraft } from './store.ts';
import { Due, Late } from './time.tsx';

const FILE_BYTES_MAX = 500_000;

export function freshDraft(course: string): Draft {
  return emptyDraft(course, Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone, newSalt());
}

export function AssignPage({ catalogue }: { readonly catalogue: Catalogue }) {
  const [draft, setDraft] = useState(() => keptDraft() ?? freshDraft(catalogue.course));
  const [touched, touch] = useState<ReadonlySet<string>>(new Set());
  const [isKept, setKept] = useState(true);
  const replace = (next: Draft): void => {
    setDraft(next);
    setKept(keepDraft(next));
  };
  const change = (next: Draft, field: string): void => {
    replace(next);
    touch(new Set([...touched, field]));
  };
  const problems = useMemo(() => wrongIn(draft, catalogue), [draft, catalogue]);
  const wrong: WrongAt = (at, inside = false) => {
    const isShown = draft.opened !== null || touched.has(at.split('.')[0] ?? '');
    const problem = problems.find((each) => each.at === at || (inside && each.at.startsWith(`${at}.`)));
    return isShown && problem !== undefined ? sentence(problem) : '';
  };
  const parts = { draft, catalogue, change, wrong };
  return (
    <form class="assign" onSubmit={(event) => event.preventDefault()}>
      {!isKept && (
        <p class="not-kept" role="status">
          This browser keeps nothing for this page: save the file before you close it.
        </p>
      )}
      <Opening
        draft={draft}
        replace={(next) => {
          touch(new Set());
          replace(next);
        }}
        fresh={() => freshDraft(catalogue.course)}
      />
      <Field
        id="title"
        label="Title"
        value={draft.title}
        set={(title) => change({ ...draft, title }, 'title')}
        wrong={wrong('title')}
      />
      <OtherCourse {...parts} />
      <Items {...parts} />
      <Due {...parts} />
      <Late {...parts} />
      <Rules {...parts} />
      <Salt {...parts} />
      <HandOut draft={draft} problems={problems} />
    </form>
  );
}

interface OpeningProps {
  readonly draft: Draft;
  readonly replace: (next: Draft) => void;
  readonly fresh: () => Draft;
}

function Opening({ draft, replace, fresh }: OpeningProps) {
  const [said, say] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [before, setBefore] = useState<Draft | null>(null);
  const put = (next: Draft, words: string): void => {
    setBefore(draft);
    replace(next);
    setWrong(false);
    say(words);
  };
  const open = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    try {
      const next = draftOf(await assignmentOf(file));
      put(next, `Opened: ${next.title}. What was here before can be brought back.`);
    } catch (error) {
      if (!(error instanceof RunProblem)) throw error;
      setWrong(true);
      say(`Not opened. ${error.message}`);
    } finally {
      input.value = '';
    }
  };
  return (
    <>
      <p class="row">
        <label class="button take-in">
          Open an earlier assignment.json
          <input
            type="file"
            accept=".json,application/json"
            onChange={(event) => void open(event.currentTarget)}
          />
        </label>
        <button
          type="button"
          onClick={() => put(fresh(), 'Begun anew. What was here before can be brought back.')}
        >
          Begin anew
        </button>
        {before !== null && (
          <button
            type="button"
            onClick={() => {
              replace(before);
              setBefore(null);
              setWrong(false);
              say('Brought back.');
            }}
          >
            Bring back what was here
          </button>
        )}
      </p>
      <p role="status" class={isWrong ? 'wrong' : ''}>
        {said}
      </p>
    </>
  );
}

async function assignmentOf(file: File) {
  if (file.size > FILE_BYTES_MAX)
    throw new RunProblem({
      file: file.name,
      expected: 'an assignment of at most 0.5 MB',
      found: `${(file.size / 1e6).toFixed(1)} MB`,
      fix: 'choose another file.',
    });
  return readAssignment(file.name, await file.text());
}

interface CourseProps {
  readonly draft: Draft;
  readonly catalogue: Catalogue;
  readonly change: (next: Draft, field: string) => void;
}

function OtherCourse({ draft, catalogue, change }: CourseProps) {
  if (draft.course === catalogue.course) return null;
  return (
    <p>
      This assignment was made with version {draft.course} of the course; this site is {catalogue.course}.
      Questions may differ.{' '}
      <button type="button" onClick={() => change({ ...draft, course: catalogue.course }, 'course')}>
        Take {catalogue.course}
      </button>
    </p>
  );
}
