// The tools of the cockpit beside watching and breaking: a row of buttons, of which one at most is open below it.
// Each tool is a chunk of its own that comes when it is first opened; one that cannot be loaded says so in place.
// A new tool is a component that takes the store, its name in tool-names.ts and a line here. Rendered by lab.tsx.
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LabStore } from './lab-store.ts';
import { type ToolName, toolNames } from './tool-names.ts';

export interface ToolProps {
  readonly store: LabStore;
  /** True once the reader has had a try at the open exercise. */
  readonly solutionShown: boolean;
}
type Tool = ComponentType<ToolProps>;

interface ToolEntry {
  readonly label: string;
  readonly load: () => Promise<Tool>;
}

const entries: Readonly<Record<ToolName, ToolEntry>> = {
  code: { label: 'Code', load: async () => (await import('./code.tsx')).CodePanel },
  dials: { label: 'Dials', load: async () => (await import('./dials.tsx')).Dials },
  requests: {
    label: 'Requests',
    load: async () => (await import('./requests.tsx')).Requests,
  },
  console: { label: 'Console', load: async () => (await import('./console.tsx')).Console },
  watch: { label: 'Watch', load: async () => (await import('./watch.tsx')).Watch },
  share: { label: 'Share', load: async () => (await import('./share.tsx')).Share },
};

export function ToolBar({ store }: { readonly store: LabStore }) {
  const open = store.tool.value;
  return (
    <>
      {toolNames.map((name) => (
        <button
          key={name}
          type="button"
          aria-expanded={open === name}
          aria-controls={`ck-tool-${name}`}
          onClick={() => {
            store.tool.value = open === name ? null : name;
          }}
        >
          {entries[name].label}
        </button>
      ))}
    </>
  );
}

export function OpenTool({ store, solutionShown }: ToolProps) {
  const name = store.tool.value;
  if (name === null) return null;
  return <Panel key={name} name={name} store={store} solutionShown={solutionShown} />;
}

function Panel({ name, store, solutionShown }: ToolProps & { readonly name: ToolName }) {
  const [Found, setFound] = useState<Tool | null>(null);
  const [missing, setMissing] = useState(false);
  const frame = useRef<HTMLElement>(null);
  const { label, load } = entries[name];
  const fetchTool = (): void => {
    setMissing(false);
    load().then(
      (tool) => setFound(() => tool),
      () => setMissing(true),
    );
  };
  useEffect(fetchTool, [name]);
  useEffect(() => {
    if (Found !== null) frame.current?.scrollIntoView({ block: 'nearest' });
  }, [Found]);
  return (
    <section class="ck-tool" id={`ck-tool-${name}`} aria-label={label} ref={frame} aria-busy={Found === null}>
      {Found === null ? null : <Found store={store} solutionShown={solutionShown} />}
      {Found === null && !missing ? <p class="ck-soft">{label} is being loaded…</p> : null}
      {missing ? (
        <div class="ck-buttons" role="alert">
          <span class="ck-wrong">This part could not be loaded. Check the connection.</span>
          <button type="button" onClick={fetchTool}>
            Try again
          </button>
        </div>
      ) : null}
    </section>
  );
}
