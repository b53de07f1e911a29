// The page /work/: an assignment from its link, its file or the list, done and handed in; without one, what an assignment
// is. Which one is open stands in the address, so that a reload finds it. Rendered by mount.tsx.
import type { ComponentChildren } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { Complaint } from '../../datacenter/contract.ts';
import { RunProblem } from '../../runtime/runtime.ts';
import type { Catalogue } from '../assign/catalogue.ts';
import { FRAGMENT, readAssignmentFragment } from '../assign/link.ts';
import type { Progress } from '../progress/progress.ts';
import { fetchContent } from './content.ts';
import { itemsOf } from './items.ts';
import { Choose, Intro, List } from './list.tsx';
import { Open } from './open.tsx';
import { forReaders, openFile } from './open-file.ts';
import { Problem } from './problem.tsx';
import { addAssignment, assignmentIn, type Listed, listed, setStudent, takeOffList } from './store.ts';
import { readOwn, takeIn } from './take-in.ts';

interface Props {
  readonly progress: Progress;
  readonly catalogue: Catalogue;
}

/** What is open, what went wrong, what was done; and what opens something else. */
function useOpened({ progress, catalogue }: Props) {
  const [, look] = useReducer((count: number, _: undefined) => count + 1, 0);
  const [id, open] = useState<string | null>(() => idInAddress() ?? onlyOne(progress));
  const [problem, complain] = useState<Complaint | null>(() => unknownIn(progress));
  const [said, say] = useState<readonly string[]>([]);
  const current = id === null ? undefined : assignmentIn(progress, id);
  const show = (next: string | null): void => {
    inAddress(progress, next);
    complain(null);
    say([]);
    open(next);
    look(undefined);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.work-page h1')?.focus());
  };
  const fromFile = async (file: File): Promise<void> => {
    complain(null);
    say([]);
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const opened = openFile(progress, file.name, bytes, current?.id ?? null);
      if (opened.kind === 'assignment') {
        show(addAssignment(progress, opened.assignment));
        return;
      }
      const done = await takeInWork(progress, catalogue, file.name, opened.bytes, opened.listed);
      show(opened.listed.id);
      say(done);
    } catch (error) {
      if (!(error instanceof RunProblem)) throw error;
      complain(forReaders(error.complaint));
    }
  };
  useEffect(() => {
    const fromLink = async (): Promise<void> => {
      if (!location.hash.startsWith(FRAGMENT)) return;
      const reading = await readAssignmentFragment(location.hash);
      if (reading.ok) show(addAssignment(progress, reading.assignment));
      else complain(forReaders(reading.complaint));
    };
    const again = (): void => void fromLink();
    again();
    addEventListener('hashchange', again);
    const ending = progress.onChange((keys) => {
      if (keys.length === 0 || keys.some((key) => key.startsWith('assigned '))) look(undefined);
    });
    return () => {
      removeEventListener('hashchange', again);
      ending();
    };
  }, [progress]);
  return { current, problem, said, show, fromFile, look: () => look(undefined) };
}

export function WorkPage({ progress, catalogue }: Props) {
  const { current, problem, said, show, fromFile, look } = useOpened({ progress, catalogue });
  const take = (file: File): void => void fromFile(file);
  const wrong = problem === null ? null : <Problem complaint={problem} />;
  const all = listed(progress);
  return (
    <Droppable take={take}>
      {progress.notice !== '' && (
        <p class="not-kept" role="status">
          {progress.notice} Save your work as a file before you close it.
        </p>
      )}
      {current === undefined ? (
        <>
          <Intro hasSome={all.length > 0} />
          {wrong}
          <Choose what="Choose assignment.json" take={take} />
          <List all={all} open={show} />
        </>
      ) : (
        <Open
          key={current.id}
          progress={progress}
          catalogue={catalogue}
          listed={current}
          look={look}
          problem={wrong}
        >
          <GoOn take={take} said={said} />
          <p class="row work-leave">
            <button type="button" onClick={() => show(null)}>
              All assignments
            </button>
            <button
              type="button"
              onClick={() => {
                takeOffList(progress, current.id);
                show(null);
              }}
            >
              Take it off the list
            </button>
            <span class="soft">Your answers stay; its link or file brings it back.</span>
          </p>
        </Open>
      )}
    </Droppable>
  );
}

interface GoOnProps {
  readonly take: (file: File) => void;
  readonly said: readonly string[];
}

function GoOn({ take, said }: GoOnProps) {
  return (
    <section aria-labelledby="take-in">
      <h2 id="take-in">Go on from a file</h2>
      <p>
        A file that this page saved can be taken in again: what is new in it is added, and nothing that is
        here is lost. To move to another computer with all you have done, rather save your progress on{' '}
        <a href="/progress/">Where I stand</a>.
      </p>
      <Choose what="Take in a file you saved" take={take} />
      <div role="status">
        {said.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </section>
  );
}

function idInAddress(): string | null {
  return new URLSearchParams(location.search).get('id');
}

/** Where nothing is kept, the link stays in the address: it is all that a reload has. */
function inAddress(progress: Progress, id: string | null): void {
  if (progress.notice !== '' && id !== null) return;
  history.replaceState(null, '', id === null ? '/work/' : `/work/?id=${id}`);
}

/** An address from another browser, or of what was deleted. */
function unknownIn(progress: Progress): Complaint | null {
  const id = idInAddress();
  if (id === null || assignmentIn(progress, id) !== undefined) return null;
  return {
    expected: 'an assignment that this browser keeps',
    found: `none with the mark ${id.slice(0, 40)}`,
    fix: 'open the link that you were given, or choose assignment.json.',
  };
}

function onlyOne(progress: Progress): string | null {
  const [first, ...more] = listed(progress);
  return first !== undefined && more.length === 0 ? first.id : null;
}

async function takeInWork(
  progress: Progress,
  catalogue: Catalogue,
  name: string,
  bytes: Uint8Array,
  { id, assignment, student }: Listed,
): Promise<readonly string[]> {
  const submission = readOwn(name, bytes, assignment, student);
  const own = student === '' ? submission.student.normalize('NFC') : student;
  const content = await fetchContent(assignment, catalogue);
  const said = await takeIn(progress, submission, itemsOf(assignment, content, own));
  if (student !== '') return said;
  setStudent(progress, id, own);
  return [`You work as ‘${own}’ now, as the file says.`, ...said];
}

interface DroppableProps {
  readonly take: (file: File) => void;
  readonly children: ComponentChildren;
}

/** Files may be dropped anywhere on the page's text; the buttons do the same. */
function Droppable({ take, children }: DroppableProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever has no pointer has the button
    <div
      class="work-page"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const file = event.dataTransfer?.files[0];
        if (file !== undefined) take(file);
      }}
    >
      {children}
    </div>
  );
}
