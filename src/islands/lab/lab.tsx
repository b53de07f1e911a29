// The cockpit put together: bar, a link's run, bench (topology beside figures and charts), strip, the row of tools with
// the open one, exercise, tables, logs.
// Shows problems as expected, found, fix, with the way to the place. Rendered by mount-lab.tsx.
import { useRef, useState } from 'preact/hooks';
import { attemptedBefore } from '../progress/deeds.ts';
import { Chart } from './chart.tsx';
import type { Checker } from './checker.ts';
import { Controls } from './controls.tsx';
import { ExerciseButtons, ExercisePanel } from './exercise.tsx';
import { Figures } from './figures.tsx';
import { KeyHelp, useKeys } from './keys.tsx';
import type { LabStore } from './lab-store.ts';
import { Links } from './links.tsx';
import { Logs, Published } from './logs.tsx';
import { Machines } from './machines.tsx';
import { SharedRunNotice } from './shared-run.tsx';
import { sheet } from './sheet-place.ts';
import { Strip } from './strip.tsx';
import { OpenTool, ToolBar } from './tools.tsx';
import { Topology } from './topology.tsx';

export function Lab({ store, checker }: { readonly store: LabStore; readonly checker: Checker }) {
  const cockpit = useRef<HTMLDivElement>(null);
  useKeys(store, cockpit);
  const [attempted, setAttempted] = useState<ReadonlySet<string>>(() =>
    attemptedBefore(
      store.data.sandbox,
      store.data.exercises.map(({ name }) => name),
    ),
  );
  const exercise = store.data.exercises.find((one) => one.name === store.exerciseOpen.value);
  const asSheet = sheet.value;
  const breaks = asSheet !== null && store.tool.value === 'break';
  return (
    <div class={asSheet === null ? 'cockpit' : 'cockpit ck-sheeted'} ref={cockpit} tabIndex={-1}>
      <Controls store={store} />
      <Problem store={store} />
      <SharedRunNotice store={store} />
      <div class="ck-bench">
        <div class="ck-left">
          <Topology store={store} />
          <PaceNote store={store} />
        </div>
        <div class="ck-right">
          <Figures store={store} />
          <Chart store={store} />
        </div>
      </div>
      <Strip store={store} />
      <p class="ck-said" role="status" aria-live="polite">
        {store.said.value}
      </p>
      <div class="ck-buttons ck-tools">
        {asSheet === null ? <ToolBar store={store} /> : null}
        <ExerciseButtons store={store} />
      </div>
      {exercise === undefined ? null : (
        <ExercisePanel
          key={exercise.name}
          store={store}
          exercise={exercise}
          checker={checker}
          attempted={attempted.has(exercise.name)}
          onAttempt={() => setAttempted(new Set([...attempted, exercise.name]))}
        />
      )}
      <OpenTool store={store} solutionShown={exercise !== undefined && attempted.has(exercise.name)} />
      <div class="ck-tables">
        <div class={breaks ? 'ck-left ck-open' : 'ck-left'}>
          {breaks ? <asSheet.Head store={store} label="Break it" /> : null}
          <Machines store={store} />
          <Links store={store} />
        </div>
        <div class="ck-right">
          <Logs store={store} />
          <Published store={store} />
        </div>
      </div>
      <Foot store={store} />
      <KeyHelp />
      {asSheet === null ? null : <asSheet.Dock store={store} />}
    </div>
  );
}

function Problem({ store }: { readonly store: LabStore }) {
  const problem = store.problem.value;
  if (problem === null) return <div role="alert" />;
  const { expected, found, fix, file, line } = problem;
  const known = file !== undefined && store.space.originals[file] !== undefined;
  return (
    <div class="ck-problem" role="alert">
      <p>
        <b>
          ✕ The run could not go on
          {file === undefined ? '' : `: ${file}${line === undefined ? '' : `:${line}`}`}
        </b>
      </p>
      <dl>
        <div>
          <dt>Expected</dt>
          <dd>{expected}</dd>
        </div>
        <div>
          <dt>Found</dt>
          <dd>{found}</dd>
        </div>
        <div>
          <dt>Fix</dt>
          <dd>{fix}</dd>
        </div>
      </dl>
      <p class="ck-soft">Nothing is lost: your version is kept as you typed it.</p>
      {known && file !== undefined ? (
        <button type="button" onClick={() => store.openCode(file, line ?? 1)}>
          Go to the line
        </button>
      ) : null}
      {store.where.value === 'datacenter' ? null : (
        <button
          type="button"
          onClick={() => {
            store.use('datacenter');
            store.run();
          }}
        >
          Go on in the data center
        </button>
      )}
    </div>
  );
}

/** Says truthfully how packets are drawn at this speed. */
function PaceNote({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { speed, isReal } = store.session;
  const text = isReal
    ? 'These are pieces of real connections, drawn where they pass.'
    : speed === null
      ? 'Flat out, packets are not drawn one by one. Dark roads carried packets in the last second.'
      : speed < 0.01
        ? 'At 1 ms a second every packet is drawn for about as long as it flies, also the empty ones.'
        : 'A packet flies for a fraction of a millisecond; here it is drawn for a third of a second, and on a busy road not every one. At 1 ms/s you see the true flight.';
  return (
    <p class="ck-pace">
      <span class="ck-packet-word">●</span> data <span class="ck-packet-word">▲</span> reset{' '}
      <span class="ck-packet-word">✕</span> lost. {text}
    </p>
  );
}

function Foot({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { model, isReal } = store.session;
  const lines = `${model.events.toLocaleString('en')} lines of trace`;
  if (isReal) return <p class="ck-foot">{lines} · real processes: no run is like another.</p>;
  return (
    <p class="ck-foot">
      {lines} · hash <code data-hash>{model.hash === '' ? '–' : model.hash}</code>
      <span class="ck-soft"> Same files, seed and actions: same hash, on every machine.</span>
    </p>
  );
}
