// The tools of the cockpit beside watching and breaking: a row of buttons, of which one at most is open below it.
// Each tool is a chunk of its own that comes when it is first opened; one that cannot be loaded says so in place.
// A new tool is a component that takes the store, its name in tool-names.ts and a line here. Rendered by lab.tsx;
// on a phone sheet.tsx has buttons of its own.
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LabStore } from './lab-store.ts';
import { sheet } from './sheet-place.ts';
import { isTool, type ToolName, toolLabels, toolNames } from './tool-names.ts';

export interface ToolProps {
  readonly store: LabStore;
  /** True once the reader has had a try at the open exercise. */
  readonly solutionShown: boolean;
}
type Tool = ComponentType<ToolProps>;

const loads: Readonly<Record<ToolName, () => Promise<Tool>>> = {
  code: async () => (await import('./code.tsx')).CodePanel,
  dials: async () => (await import('./dials.tsx')).Dials,
  requests: async () => (await import('./requests.tsx')).Requests,
  console: async () => (await import('./console.tsx')).Console,
  watch: async () => (await import('./watch.tsx')).Watch,
  where: async () => (await import('./where.tsx')).WhereItRuns,
  share: async () => (await import('./share.tsx')).Share,
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
          {toolLabels[name]}
        </button>
      ))}
    </>
  );
}

export function OpenTool({ store, solutionShown }: ToolProps) {
  const name = store.tool.value;
  if (!isTool(name)) return null;
  return <Panel key={name} name={name} store={store} solutionShown={solutionShown} />;
}

function Panel({ name, store, solutionShown }: ToolProps & { readonly name: ToolName }) {
  const [Found, setFound] = useState<Tool | null>(null);
  const [missing, setMissing] = useState(false);
  const frame = useRef<HTMLElement>(null);
  const label = toolLabels[name];
  const asSheet = sheet.value;
  const fetchTool = (): void => {
    setMissing(false);
    loads[name]().then(
      (tool) => setFound(() => tool),
      () => setMissing(true),
    );
  };
  useEffect(fetchTool, [name]);
  useEffect(() => {
    if (Found !== null && sheet.peek() === null) frame.current?.scrollIntoView({ block: 'nearest' });
  }, [Found]);
  return (
    <section class="ck-tool" id={`ck-tool-${name}`} aria-label={label} ref={frame} aria-busy={Found === null}>
      {asSheet === null ? null : <asSheet.Head store={store} label={label} />}
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
