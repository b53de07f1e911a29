// The code panel: the sandbox's files as tabs, three versions kept apart (original, mine, solution), and a run with
// mine. CodeMirror is loaded when the panel opens, not before. A problem is shown at its line and loses nothing.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CodeEditor } from '../editor/editor.ts';
import type { View } from '../editor/workspace.ts';
import { noteSolution } from '../progress/deeds.ts';
import { Mistake, PutIn, useMistake } from './code-live.tsx';
import type { LabStore } from './lab-store.ts';
import type { ToolProps } from './tools.tsx';

export function CodePanel({ store, solutionShown }: ToolProps) {
  const space = store.space;
  const [path, setPath] = useState(space.paths[0] ?? '');
  const [view, setView] = useState<View>('mine');
  const place = store.place.value;
  const shownPath = space.originals[path] === undefined ? (space.paths[0] ?? '') : path;
  const shownView: View = view === 'solution' && !(solutionShown && space.solution !== null) ? 'mine' : view;
  // A line of a stack may be in a file that is not among the tabs: it gets one.
  const paths = space.paths.includes(shownPath) ? space.paths : [...space.paths, shownPath];

  useEffect(() => {
    if (place === null) return;
    setPath(place.path);
    setView('mine');
  }, [place]);

  const solutionOf = shownView === 'solution' ? space.id : null;
  useEffect(() => {
    if (solutionOf !== null) noteSolution(solutionOf);
  }, [solutionOf]);

  return (
    <div class="ck-code">
      <div class="ck-code-bar">
        <Tabs store={store} paths={paths} path={shownPath} choose={setPath} />
        <Versions
          store={store}
          view={shownView}
          choose={setView}
          solution={solutionShown && space.solution !== null}
        />
      </div>
      <Editor store={store} path={shownPath} view={shownView} />
      <CodeActions store={store} />
    </div>
  );
}

function Tabs(props: {
  store: LabStore;
  paths: readonly string[];
  path: string;
  choose: (path: string) => void;
}) {
  const { store, paths, path, choose } = props;
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = (paths.indexOf(path) + step + paths.length) % paths.length;
    choose(paths[index] ?? path);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
  };
  return (
    <div class="ck-tabs" role="tablist" aria-label="Files" ref={list}>
      {paths.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`ck-tab-${one}`}
          aria-controls="ck-editor"
          aria-selected={one === path}
          tabIndex={one === path ? 0 : -1}
          onKeyDown={move}
          onClick={() => choose(one)}
        >
          {one.replace(`${store.data.sandbox}/`, '')}
          {store.space.saved.value.mine[one] === undefined ? null : <span class="ck-changed"> changed</span>}
        </button>
      ))}
    </div>
  );
}

function Versions(props: { store: LabStore; view: View; choose: (view: View) => void; solution: boolean }) {
  const { view, choose, solution } = props;
  const words: readonly (readonly [View, string])[] = [
    ['mine', 'My version'],
    ['original', 'Original'],
    ...(solution ? ([['solution', 'Solution']] as const) : []),
  ];
  return (
    <fieldset class="ck-speed ck-versions">
      <legend class="ck-hidden">Version shown</legend>
      {words.map(([name, label]) => (
        <label key={name}>
          <input type="radio" name="ck-version" checked={view === name} onChange={() => choose(name)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Editor({
  store,
  path,
  view,
}: {
  readonly store: LabStore;
  readonly path: string;
  readonly view: View;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const [state, setState] = useState<'loading' | 'ready' | 'missing'>('loading');
  const space = store.space;
  const replaced = space.replaced.value;
  const problem = store.problem.value;
  const mistake = useMistake(store, path);
  const place = store.place.value;

  useEffect(() => {
    let gone = false;
    import('../editor/editor.ts').then(
      ({ createEditor }) => {
        if (gone || frame.current === null) return;
        editor.current = createEditor(frame.current, (at, text) => store.space.type(at, text));
        setState('ready');
      },
      () => setState('missing'),
    );
    return () => {
      gone = true;
      editor.current?.destroy();
      editor.current = null;
    };
  }, [store]);
  useEffect(() => editor.current?.forget(), [space, replaced]);
  useEffect(() => {
    const shown = editor.current;
    if (shown === null) return;
    const readOnly = view !== 'mine';
    shown.show({ key: `${space.id} ${path} ${view}`, path, text: space.text(path, view), readOnly });
    shown.complain(problem !== null && problem.file === path && view === 'mine' ? problem : null);
    if (place !== null && place.path === path && view === 'mine') {
      shown.goTo(place.line, true);
      store.place.value = null;
    }
  }, [state, space, replaced, path, view, problem, place]);
  useEffect(() => {
    editor.current?.mark(view === 'mine' ? (mistake?.line ?? null) : null);
  }, [state, space, path, view, mistake]);

  return (
    <div class="ck-editor" id="ck-editor" role="tabpanel" aria-labelledby={`ck-tab-${path}`}>
      {state === 'loading' ? <p class="ck-soft">The editor is being loaded…</p> : null}
      {state === 'missing' ? (
        <p class="ck-wrong">
          The editor could not be loaded. Check the connection, then close and open Code again.
        </p>
      ) : null}
      <div ref={frame} />
      {view === 'mine' && state === 'ready' ? <Mistake mistake={mistake} /> : null}
    </div>
  );
}

function CodeActions({ store }: { readonly store: LabStore }) {
  const space = store.space;
  const { mine, setAside } = space.saved.value;
  const changed = Object.keys(mine).length;
  return (
    <div class="ck-code-foot">
      <div class="ck-buttons">
        <button
          type="button"
          class="ck-go"
          title="Boots the cluster again from t = 0 with the files as they are now"
          onClick={() => store.boot()}
        >
          Run with my version
        </button>
        <PutIn store={store} />
        <button type="button" aria-disabled={changed === 0} onClick={() => space.reset()}>
          Reset to the original
        </button>
        {setAside === null ? null : (
          <button type="button" onClick={() => space.bringBack()}>
            Have my version back
          </button>
        )}
      </div>
      <p class="ck-soft">
        {changed === 0
          ? 'My version is the original so far; what you type is kept in this browser.'
          : `My version changes ${changed === 1 ? 'one file' : `${changed} files`}; it is kept in this browser.`}{' '}
        <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor.
      </p>
      {space.notice.value === '' ? null : (
        <p class="ck-wrong" role="status">
          {space.notice.value}
        </p>
      )}
    </div>
  );
}
