// What the machines wrote, newest at the end, with filters by machine and text; a file and line in it leads to the editor.
// Text is shown as text. Also: what each machine publishes of its inner state.
import { useEffect, useRef } from 'preact/hooks';
import type { LabStore } from './lab-store.ts';
import type { LogLine } from './model.ts';
import { findPlaces } from './places.ts';
import { eventSentence, seconds } from './words.ts';

const linesShown = 150;

export function Logs({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { model } = store.session;
  const wanted = store.logFilter.value;
  const text = store.logText.value.trim().toLowerCase();
  const lines = filteredLines(model.logs, wanted, text).slice(-linesShown);
  const list = useRef<HTMLElement>(null);
  const stick = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element !== null && stick.current) element.scrollTop = element.scrollHeight;
  });
  return (
    <section class="ck-part ck-logs" aria-label="Logs">
      <Filters store={store} />
      <section
        ref={list}
        class="ck-scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Log lines"
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          stick.current = scrollHeight - scrollTop - clientHeight < 30;
        }}
      >
        <ol>
          {lines.map((line) => (
            <LogRow key={line.seq} line={line} store={store} />
          ))}
        </ol>
      </section>
      {lines.length === 0 ? (
        <p class="ck-soft">{model.logs.length === 0 ? 'Nothing written yet.' : 'No line like that.'}</p>
      ) : null}
      <p class="ck-last">
        <span class="ck-soft">last in the trace</span>{' '}
        {model.lastEvent === null
          ? '–'
          : `${seconds(model.lastEvent.atNs, 5)} ${eventSentence(model.lastEvent).slice(0, 160)}`}
      </p>
    </section>
  );
}

function Filters({ store }: { readonly store: LabStore }) {
  const machines = store.data.cluster.machines.map((machine) => machine.name);
  return (
    <div class="ck-head">
      <h4>Logs</h4>
      <label>
        of{' '}
        <select
          value={store.logFilter.value}
          onChange={(event) => {
            store.logFilter.value = event.currentTarget.value;
          }}
        >
          <option value="">all machines</option>
          {machines.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        with{' '}
        <input
          type="search"
          placeholder="any text"
          value={store.logText.value}
          onInput={(event) => {
            store.logText.value = event.currentTarget.value;
          }}
        />
      </label>
    </div>
  );
}

/** Lines of a machine ('' for all) that hold a text, whatever its case; `text` in small letters. */
export function filteredLines(lines: readonly LogLine[], machine: string, text: string): readonly LogLine[] {
  return lines.filter(
    (line) =>
      (machine === '' || line.machine === machine) &&
      (text === '' || `${line.machine} ${line.text}`.toLowerCase().includes(text)),
  );
}

function LogRow({ line, store }: { readonly line: LogLine; readonly store: LabStore }) {
  return (
    <li class={`ck-line ck-line-${line.stream}`}>
      <span class="ck-soft">{(line.atNs / 1e9).toFixed(3)}</span> <b>{line.machine}</b>{' '}
      <span class="ck-text">
        {findPlaces(line.text, store.data.sandbox, (path) => store.space.originals[path] !== undefined).map(
          (part, index) =>
            part.place === null ? (
              part.text
            ) : (
              <button
                key={index}
                type="button"
                class="ck-place"
                onClick={() => {
                  if (part.place !== null) store.openCode(part.place.path, part.place.line);
                }}
              >
                {part.text}
              </button>
            ),
        )}
      </span>
    </li>
  );
}

export function Published({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { published } = store.session.model;
  if (published.size === 0) return null;
  return (
    <section class="ck-part ck-published" aria-label="Published state">
      <h4>What programs say of themselves</h4>
      <dl>
        {[...published].map(([machine, value]) => (
          <div key={machine}>
            <dt>{machine}</dt>
            <dd>
              <code>{JSON.stringify(value, null, 1).replace(/\s*\n\s*/g, ' ')}</code>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
