// What the code panel says while the reader types, and 'Put into the running cluster': edits every changed file on every
// machine and restarts just the programs that import one. Refuses to put in a file with a mistake.
// The compiler comes with the first change; without it (offline) mistakes are told at the next run. Used by code.tsx.
import { useEffect, useState } from 'preact/hooks';
import type { Complaint } from '../../datacenter/contract.ts';
import { pageCompiler } from '../../runtime/page-compiler.ts';
import { changedPaths, machinesThatRun, mistakeIn } from './code-check.ts';
import { asComplaint, type LabStore } from './lab-store.ts';

/** So long after the last key the file is read. */
const pauseMs = 450;

/** The first mistake of the file as it is typed; null where none is seen or nothing was changed. */
export function useMistake(store: LabStore, path: string): Complaint | null {
  const [mistake, setMistake] = useState<Complaint | null>(null);
  const { space } = store;
  const text = space.saved.value.mine[path];
  useEffect(() => {
    if (text === undefined) {
      setMistake(null);
      return;
    }
    let isOld = false;
    const look = async (): Promise<void> => {
      const compile = await pageCompiler();
      if (!isOld) setMistake(mistakeIn(compile, space.files(), path));
    };
    const timer = setTimeout(() => void look().catch(() => undefined), pauseMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [space, path, text]);
  return mistake;
}

/** Below the editor, where nothing jumps: the mistake in words, or what is not looked at. */
export function Mistake({ mistake }: { readonly mistake: Complaint | null }) {
  const where = mistake?.line === undefined ? '' : `line ${mistake.line}: `;
  return (
    <p class={mistake === null ? 'ck-typed ck-soft' : 'ck-typed ck-wrong'} role="status">
      {mistake === null
        ? 'Types are for you to read: as in Node, they are stripped and not checked.'
        : `✕ ${where}expected ${mistake.expected}, found ${mistake.found}; ${mistake.fix}.`}
    </p>
  );
}

export function PutIn({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const [said, setSaid] = useState('');
  const { status } = store.session;
  const isLive = status === 'running' || status === 'paused' || status === 'ended';
  const changed = changedPaths(store.space.files(), store.runningFiles);
  const can = isLive && changed.length > 0;
  return (
    <>
      <button
        type="button"
        title="Writes the changed files on every machine and restarts the programs that import them; the run goes on"
        aria-disabled={!can}
        onClick={() => {
          if (can) void putIn(store, changed).then(setSaid);
        }}
      >
        Put into the running cluster
      </button>
      <span class="ck-soft" role="status">
        {said}
      </span>
    </>
  );
}

/** Gives what was done in words; '' where a mistake kept it from being done. */
async function putIn(store: LabStore, changed: readonly string[]): Promise<string> {
  const { data, session, space } = store;
  const files = space.files();
  try {
    const compile = await pageCompiler();
    const mistakes = changed.map((path) => mistakeIn(compile, files, path));
    const mistake = mistakes.find((each) => each !== null) ?? null;
    store.problem.value = mistake;
    if (mistake !== null) return '';
    const importers = machinesThatRun(compile, files, changed, data.sandbox, data.cluster);
    const restarted = importers.filter((name) => session.model.machine(name)?.state !== 'off');
    for (const path of changed) {
      await session.act({ do: 'edit', path, text: files[path] ?? '' });
      // Where the files are not this page's to change, no program is restarted for nothing.
      if (session.isReal && session.note !== '') return session.note;
    }
    for (const machine of restarted) await session.act({ do: 'restart', machine });
    store.redraw();
    return restarted.length === 0
      ? 'Put in; no program that runs imports it.'
      : `Restarted ${restarted.join(', ')}.`;
  } catch (error) {
    store.problem.value = asComplaint(error);
    return '';
  }
}
