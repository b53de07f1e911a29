// One exercise: what to change, a check of my version through many seeds, named findings with evidence, 'Show me',
// hints one at a time, and the solution after an attempt. Hints shown live here only; checks are kept by progress/deeds.ts.
import { useRef, useState } from 'preact/hooks';
import type { Complaint } from '../../datacenter/contract.ts';
import type { Finding } from '../../runtime/exercise.ts';
import { noteCheck } from '../progress/deeds.ts';
import type { Checker, FailedRun, Verdict } from './checker.ts';
import type { ExerciseData } from './data.ts';
import { asComplaint, type LabStore } from './lab-store.ts';
import { Prose } from './prose.tsx';
import { seconds } from './words.ts';

/** How long before its evidence a failing run is shown. */
const leadNs = 1.5e9;

type CheckState =
  | { readonly now: 'idle' }
  | { readonly now: 'checking'; readonly done: number; readonly total: number }
  | { readonly now: 'judged'; readonly verdict: Verdict }
  | { readonly now: 'problem'; readonly complaint: Complaint };

interface PanelProps {
  readonly store: LabStore;
  readonly exercise: ExerciseData;
  readonly checker: Checker;
  readonly attempted: boolean;
  readonly onAttempt: () => void;
}

function backToChapter(store: LabStore): void {
  store.workspace.value = store.base;
  store.exerciseOpen.value = null;
}

/** State of the reader's checks of one exercise, and how to start and stop one. */
function useChecks({ store, exercise, checker, onAttempt }: PanelProps) {
  const [state, setState] = useState<CheckState>({ now: 'idle' });
  const stop = useRef(new AbortController());
  const space = store.exerciseSpace(exercise);

  const start = async (): Promise<void> => {
    if (state.now === 'checking') return;
    store.session.pause();
    setState({ now: 'checking', done: 0, total: 0 });
    stop.current = new AbortController();
    const { signal } = stop.current;
    const progress = (done: number, total: number): void => setState({ now: 'checking', done, total });
    try {
      const verdict = await checker({ exercise, files: space.files(), progress, signal });
      setState({ now: 'judged', verdict });
      noteCheck(space.id, verdict.firstFailure === null);
    } catch (error) {
      if (signal.aborted) {
        setState({ now: 'idle' });
        return;
      }
      const complaint = asComplaint(error);
      store.problem.value = complaint;
      setState({ now: 'problem', complaint });
    }
    onAttempt();
  };
  return { state, start, stop: () => stop.current.abort() };
}

export function ExercisePanel(props: PanelProps) {
  const { store, exercise, attempted } = props;
  const { state, start, stop } = useChecks(props);
  const [hints, setHints] = useState(0);

  return (
    <section class="ck-exercise" aria-label={`Exercise: ${exercise.title}`}>
      <div class="ck-head">
        <h4>Exercise: {exercise.title}</h4>
        <button type="button" onClick={() => backToChapter(store)}>
          Back to the chapter's files
        </button>
      </div>
      <Prose text={exercise.text} />
      <div class="ck-buttons">
        <button
          type="button"
          class="ck-go"
          aria-disabled={state.now === 'checking'}
          onClick={() => void start()}
        >
          Check my version
        </button>
        {state.now === 'checking' ? (
          <button type="button" onClick={stop}>
            Stop the check
          </button>
        ) : null}
        {exercise.edits.map((path) => (
          <button key={path} type="button" onClick={() => store.openCode(path)}>
            Open {path.split('/').at(-1)}
          </button>
        ))}
        {hints < exercise.hints.length ? (
          <button type="button" onClick={() => setHints(hints + 1)}>
            {hints === 0 ? 'Hint' : 'Another hint'} ({hints} of {exercise.hints.length})
          </button>
        ) : null}
      </div>
      <div role="status" aria-live="polite">
        <Progress state={state} />
      </div>
      {state.now === 'judged' && state.verdict.firstFailure !== null ? (
        <Failure failure={state.verdict.firstFailure} store={store} exercise={exercise} />
      ) : null}
      <Hints hints={exercise.hints.slice(0, hints)} />
      <p class="ck-soft">
        The check takes {exercise.edits.map((path) => path.split('/').at(-1)).join(', ')} as you have it and
        every other file as it was shipped; each run may take {exercise.limits.seconds} s.{' '}
        {attempted
          ? 'The solution can be read now: Code, then Solution. My version stays as it is.'
          : 'The solution can be read after the first check.'}
      </p>
    </section>
  );
}

function Hints({ hints }: { readonly hints: readonly string[] }) {
  if (hints.length === 0) return null;
  return (
    <ol class="ck-hints" aria-label="Hints">
      {hints.map((hint) => (
        <li key={hint}>
          <Prose text={hint} />
        </li>
      ))}
    </ol>
  );
}

function Progress({ state }: { readonly state: CheckState }) {
  if (state.now === 'idle') return null;
  if (state.now === 'problem') {
    const { expected, found, fix, file, line } = state.complaint;
    const where = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}`}: `;
    return (
      <p class="ck-wrong">
        {where}expected {expected}, found {found}. {fix}
      </p>
    );
  }
  if (state.now === 'checking') {
    return (
      <p class="ck-checking">
        <progress value={state.done} max={Math.max(1, state.total)} aria-label="Runs checked" />{' '}
        {state.total === 0 ? 'Starting…' : `${state.done} of ${state.total} runs`}
      </p>
    );
  }
  const { passed, total, firstFailure } = state.verdict;
  if (firstFailure === null) {
    return (
      <p class="ck-verdict ck-tone-ok">
        <b>
          ● Passed: {passed} of {total} runs.
        </b>{' '}
        Every run kept its promises.
      </p>
    );
  }
  return (
    <p class="ck-verdict ck-tone-down">
      <b>✕ Not yet: seed {firstFailure.seed} breaks a promise.</b> {passed} of {total} runs passed.
    </p>
  );
}

function Failure(props: { failure: FailedRun; store: LabStore; exercise: ExerciseData }) {
  const { failure, store, exercise } = props;
  const atNs = failure.findings.find((finding) => !finding.pass)?.atNs;
  const show = (): void => {
    store.workspace.value = store.exerciseSpace(exercise);
    const options = { seed: failure.seed, atNs: Math.max(0, (atNs ?? 0) - leadNs), running: false };
    store.boot(failure.actions, options);
  };
  return (
    <div class="ck-failure">
      <ul>
        {failure.findings.map((finding) => (
          <FindingRow key={finding.name} finding={finding} exercise={exercise} />
        ))}
      </ul>
      <div class="ck-buttons">
        <button type="button" onClick={show}>
          Show me
        </button>
        <span class="ck-soft">
          loads the run with seed {failure.seed}
          {atNs === undefined ? '' : ` a little before ${seconds(atNs, 2)}`}, paused
        </span>
      </div>
      {failure.command === '' ? null : (
        <p class="ck-soft">
          On your own machine: <code>{failure.command}</code>
        </p>
      )}
    </div>
  );
}

function FindingRow({ finding, exercise }: { readonly finding: Finding; readonly exercise: ExerciseData }) {
  const feedback = finding.feedback === undefined ? undefined : exercise.feedback[finding.feedback];
  return (
    <li class={finding.pass ? 'ck-finding ck-tone-ok' : 'ck-finding ck-tone-down'}>
      <p>
        <b>
          {finding.pass ? '● kept' : '✕ broken'}: {finding.name}
        </b>
        {finding.atNs === undefined || finding.pass ? '' : ` at ${seconds(finding.atNs, 2)}`}
      </p>
      {finding.pass ? null : (
        <>
          <p>
            Expected {finding.expected}; found {finding.found}.
          </p>
          {feedback === undefined ? null : <Prose text={feedback} />}
          {(finding.evidence ?? []).length === 0 ? null : (
            <ol class="ck-evidence" aria-label="Evidence">
              {finding.evidence?.slice(0, 12).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          )}
        </>
      )}
    </li>
  );
}

/** The way into the exercises, but for the one that is open. */
export function ExerciseButtons({ store }: { readonly store: LabStore }) {
  const open = store.exerciseOpen.value;
  return (
    <>
      {store.data.exercises
        .filter((exercise) => exercise.name !== open)
        .map((exercise) => (
          <button key={exercise.name} type="button" onClick={() => openExercise(store, exercise.name)}>
            Exercise: {exercise.title}
          </button>
        ))}
    </>
  );
}

/** Lays the exercise's start under the editor and opens its first file. */
export function openExercise(store: LabStore, name: string): void {
  const exercise = store.data.exercises.find((one) => one.name === name);
  if (exercise === undefined) return;
  store.workspace.value = store.exerciseSpace(exercise);
  store.exerciseOpen.value = name;
  store.openCode(exercise.edits[0]);
}
