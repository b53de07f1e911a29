// The Console tool: a terminal on the machine `you`, whose small programs run in the cluster as any other. What is typed is
// an action: it stands on the strip, in links, and is typed again by a replay. Beside it, what the lab reads from the
// trace for tcpdump and ss. Text is shown as text. Tab leaves. Opened by tools.tsx.
import { useEffect, useRef, useState } from 'preact/hooks';
import styles from './console.css?inline';
import { type ConsoleDesk, deskOf } from './console-desk.ts';
import { prompt } from './console-log.ts';
import { asComplaint, type LabStore } from './lab-store.ts';
import { wear } from './styles.ts';
import type { ToolProps } from './tools.tsx';

const linesShown = 400;
const sayEveryMs = 2500;
const saidCharsMax = 400;

export function Console({ store }: ToolProps) {
  store.pulse.value;
  const desk = deskOf(store);
  const [problem, setProblem] = useState('');
  const attempt = (work: Promise<void>): void => {
    setProblem('');
    work.catch((error: unknown) => {
      setProblem(`The console cannot be had now: ${asComplaint(error).found}. Try again.`);
    });
  };
  useEffect(() => {
    wear(styles);
    attempt(store.fetchConsole());
  }, [store]);
  const { status, model } = store.session;
  const isReady = status === 'running' || status === 'paused' || status === 'ended' || status === 'replaying';
  return (
    <div class="ck-console">
      <Terminal store={store} desk={desk} />
      <Line desk={desk} isAtPrompt={model.console.isAtPrompt} isReady={isReady} attempt={attempt} />
      <Buttons desk={desk} attempt={attempt} />
      <p class={problem === '' ? 'ck-soft' : 'ck-wrong'} role="status">
        {problem === '' ? hint(status, store.waking.value !== null) : problem}
      </p>
      <Beside store={store} desk={desk} />
    </div>
  );
}

/** What the terminal says while the run is replayed for its sake; '' otherwise. */
function wakingWords(store: LabStore): string {
  const waking = store.waking.value;
  if (waking === null) return '';
  const until = `replaying to second ${Math.floor(waking.untilNs / 1e9)} …`;
  return waking.isNew ? `Bringing your machine into the run: ${until}` : `Looking at the run again: ${until}`;
}

function hint(status: LabStore['session']['status'], isWaking: boolean): string {
  if (status === 'replaying' && !isWaking) return 'The run is played again up to this moment.';
  if (status === 'paused') return 'The run is paused: what you type is answered when it goes on.';
  if (status === 'idle' || status === 'failed') return 'Press Run first: this terminal is part of the run.';
  return 'What you type is kept on the strip and in links, and a replay types it again.';
}

function Terminal({ store, desk }: { readonly store: LabStore; readonly desk: ConsoleDesk }) {
  // It reads a signal, so it is drawn anew only when one changes.
  store.pulse.value;
  const { text } = desk;
  const stuck = useStuck();
  // The prompt that waits is the one before the input.
  const shown = text.endsWith(prompt) ? text.slice(0, -prompt.length) : text;
  const lines = shown === '' ? [] : shown.split('\n').slice(-linesShown);
  if (lines.at(-1) === '') lines.pop();
  const waking = wakingWords(store);
  return (
    <>
      <pre
        {...stuck}
        class="ck-term"
        role="log"
        aria-label="Terminal"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {waking === '' ? null : <span class="ck-soft">{`${waking}\n`}</span>}
        {lines.length === 0 && waking === '' ? (
          <span class="ck-soft">
            This is a machine of your own at the edge of the cluster. It wakes at your first line.{'\n'}
            Try help, then hosts.
          </span>
        ) : (
          lines.map((line, index) => <TerminalLine key={index} line={line} />)
        )}
      </pre>
      <Said store={store} desk={desk} />
    </>
  );
}

/** Keeps the end of a text in sight while its reader is there. */
function useStuck() {
  const ref = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (ref.current !== null && isAtEnd.current) ref.current.scrollTop = ref.current.scrollHeight;
  });
  const onScroll = (event: { readonly currentTarget: HTMLPreElement }): void => {
    const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 30;
  };
  return { ref, onScroll };
}

function TerminalLine({ line }: { readonly line: string }) {
  if (!line.startsWith(prompt)) return <>{`${line}\n`}</>;
  return (
    <>
      <span class="ck-soft">{prompt}</span>
      <b>{line.slice(prompt.length)}</b>
      {'\n'}
    </>
  );
}

/** The news of the terminal for those who hear it, a few seconds' worth at a time. */
function Said({ store, desk }: { readonly store: LabStore; readonly desk: ConsoleDesk }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    let heard = store.session.model.console.length;
    const timer = setInterval(() => {
      const { length } = store.session.model.console;
      if (length > heard) setSaid(desk.text.slice(-Math.min(length - heard, saidCharsMax)));
      heard = length;
    }, sayEveryMs);
    return () => clearInterval(timer);
  }, [store, desk]);
  return (
    <p class="ck-hidden" aria-live="polite">
      {wakingWords(store) || said}
    </p>
  );
}

type Attempt = (work: Promise<void>) => void;

interface LineProps {
  readonly desk: ConsoleDesk;
  readonly isAtPrompt: boolean;
  readonly isReady: boolean;
  readonly attempt: Attempt;
}

function Line({ desk, isAtPrompt, isReady, attempt }: LineProps) {
  const field = useRef<HTMLInputElement>(null);
  /** How far back in the history: 0 is the line that is being typed. */
  const back = useRef(0);
  const recall = (steps: number): void => {
    const element = field.current;
    const next = Math.min(desk.history.length, Math.max(0, back.current + steps));
    if (element === null || next === back.current) return;
    back.current = next;
    element.value = next === 0 ? '' : (desk.history.at(-next) ?? '');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isCopying = getSelection()?.toString() !== '';
    if (event.key === 'ArrowUp') recall(1);
    else if (event.key === 'ArrowDown') recall(-1);
    else if (event.key === 'c' && event.ctrlKey && !isCopying) attempt(desk.interrupt());
    else return;
    event.preventDefault();
  };
  return (
    <form
      class="ck-term-line"
      onSubmit={(event) => {
        event.preventDefault();
        const element = field.current;
        if (element === null || !isReady) return;
        back.current = 0;
        attempt(desk.enter(element.value));
        element.value = '';
      }}
    >
      <label for="ck-console-line">
        <span aria-hidden="true">{isAtPrompt ? prompt.trim() : '…'}</span>
        <span class="ck-hidden">Command</span>
      </label>
      <input
        ref={field}
        id="ck-console-line"
        type="text"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="go"
        maxLength={2000}
        onKeyDown={onKeyDown}
      />
      <button type="submit" aria-disabled={!isReady}>
        Enter
      </button>
    </form>
  );
}

function Buttons({ desk, attempt }: { readonly desk: ConsoleDesk; readonly attempt: Attempt }) {
  const [note, setNote] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(desk.text).then(
      () => setNote('Copied.'),
      () => setNote('This browser does not let the page copy: select the text.'),
    );
  };
  return (
    <div class="ck-buttons">
      <button type="button" onClick={() => attempt(desk.interrupt())}>
        Ctrl-C
      </button>
      <button type="button" onClick={copy}>
        Copy
      </button>
      <button type="button" onClick={() => desk.clear()}>
        Clear
      </button>
      <span role="status">{note}</span>
    </div>
  );
}

/** What tcpdump or ss shows. */
function Beside({ store, desk }: { readonly store: LabStore; readonly desk: ConsoleDesk }) {
  store.pulse.value;
  const stuck = useStuck();
  const shown = desk.beside.value;
  if (shown === null) return null;
  const { command, lines, filter } = shown;
  const close = (): void => {
    if (filter !== null) desk.stop();
    else desk.beside.value = null;
  };
  return (
    <section class="ck-beside-term" aria-label={command}>
      <div class="ck-head">
        <h4>
          <code>{command}</code> <span class="ck-soft">from the trace</span>
        </h4>
        <button type="button" onClick={close}>
          {filter === null ? 'Close' : 'Stop'}
        </button>
      </div>
      <pre
        {...stuck}
        class="ck-term"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {lines.length === 0 ? 'No packet yet.' : lines.slice(-linesShown).join('\n')}
      </pre>
    </section>
  );
}
