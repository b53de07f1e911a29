// The page 'Where I stand': a table of the chapters, what was set aside, and the ways to save, take in and delete all
// of it. Texts from files and from storage are shown as text only. Rendered by mount-page.ts.
import type { VNode } from 'preact';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { judgeOldAnswers } from './course.ts';
import { bytesMax, FileProblem, fileName, fileText, readFile } from './file.ts';
import { deleteEverything } from './open.ts';
import type { Progress } from './progress.ts';
import { SetAside, Standing } from './standing.tsx';
import { type ChapterPlan, Records } from './summary.ts';

interface Props {
  readonly progress: Progress;
  readonly plan: readonly ChapterPlan[];
}

export async function progressPage(progress: Progress, plan: readonly ChapterPlan[]): Promise<VNode> {
  // Without a network the answers of an earlier version wait.
  await judgeOldAnswers(progress, plan).catch(() => undefined);
  return <ProgressPage progress={progress} plan={plan} />;
}

function ProgressPage({ progress, plan }: Props) {
  const [, look] = useReducer((count: number, _: undefined) => count + 1, 0);
  useEffect(() => progress.onChange(() => look(undefined)), [progress]);
  return (
    <>
      {progress.notice !== '' && (
        <p class="not-kept" role="status">
          {progress.notice}
        </p>
      )}
      <Standing plan={plan} records={new Records(progress.all())} nowMs={Date.now()} />
      <SetAside asides={progress.asides} />
      <Keeping progress={progress} />
    </>
  );
}

function Keeping({ progress }: { readonly progress: Progress }) {
  const [said, say] = useState('');
  const [isWrong, setWrong] = useState(false);
  const report = (text: string, wrong = false): void => {
    say(text);
    setWrong(wrong);
  };
  const takeIn = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    try {
      report(await imported(progress, file));
    } catch (error) {
      if (!(error instanceof FileProblem)) console.error(error);
      report(error instanceof FileProblem ? error.message : 'The file could not be read. Try again.', true);
    }
    input.value = '';
  };
  return (
    <section aria-labelledby="keeping">
      <h2 id="keeping">Take it with you</h2>
      <p>
        A file holds all of it: to keep, or to take in where you learn next. Where both know the same thing,
        the newer wins; answers, tries, checks and sections read are joined; a prediction, a draft or a
        version of yours that loses is set aside and stays on this page.
      </p>
      <p class="row">
        <button type="button" class="go" onClick={() => report(saved(progress))}>
          Save as a file
        </button>
        <label class="button take-in">
          Take in a file
          <input
            type="file"
            accept=".json,application/json"
            onChange={(event) => void takeIn(event.currentTarget)}
          />
        </label>
        <DeleteAll done={(text) => report(text)} />
      </p>
      <p role="status" class={isWrong ? 'wrong' : ''}>
        {said}
      </p>
    </section>
  );
}

function DeleteAll({ done }: { readonly done: (text: string) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const confirmed = async (): Promise<void> => {
    dialog.current?.close();
    await deleteEverything();
    done('Deleted: nothing of you is kept here now.');
  };
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        Delete everything
      </button>
      <dialog ref={dialog} class="ask-first" aria-labelledby="delete-title" aria-describedby="delete-what">
        <h2 id="delete-title">Delete everything?</h2>
        <p id="delete-what">
          What you read, predicted, answered and solved, your versions of files, your assignments with their
          answers, and what was set aside go from this browser for good. A file you saved stays and can be
          taken in again.
        </p>
        <p class="row">
          <button type="button" class="go" onClick={() => dialog.current?.close()}>
            Keep it
          </button>
          <button type="button" onClick={() => void confirmed()}>
            Delete everything for good
          </button>
        </p>
      </dialog>
    </>
  );
}

function saved(progress: Progress): string {
  const now = new Date();
  const url = URL.createObjectURL(
    new Blob([fileText(progress.all(), progress.asides, now)], { type: 'application/json' }),
  );
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName(now);
  anchor.click();
  URL.revokeObjectURL(url);
  return `${counted(progress.all().length, 'record')} saved as ${anchor.download}.`;
}

async function imported(progress: Progress, file: File): Promise<string> {
  if (file.size > bytesMax)
    throw new FileProblem(
      'a file of at most 50 MB',
      `${Math.round(file.size / 1e6)} MB`,
      'Choose another file.',
    );
  const { records, asides, unreadable } = readFile(await file.text(), Date.now());
  const changed = await progress.take(records, asides);
  const left =
    unreadable === 0 ? '' : ` ${counted(unreadable, 'record')} could not be read and stand below the table.`;
  return `${counted(records.length, 'record')} taken in; ${changed} brought something new.${left}`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
