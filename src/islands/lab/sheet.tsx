// The cockpit's tools on a phone: a bar at the foot of the screen while the lab is in sight, and each tool, the tables
// for breaking and the list of tools as a sheet that covers the lower half of the bench. Not modal: the bench above goes
// on and can be touched. Escape and Close give focus back. Loaded by sheet-place.ts, rendered by lab.tsx and tools.tsx.
import { signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { LabStore } from './lab-store.ts';
import sheetStyles from './sheet.css?inline';
import type { SheetParts } from './sheet-place.ts';
import { wear } from './styles.ts';
import { type OpenName, type ToolName, toolLabels, toolNames } from './tool-names.ts';

interface Props {
  readonly store: LabStore;
}

const isHigh = signal(false);
/** Of the bench, above a sheet, in CSS pixels. */
const benchSeenMin = 250;

const whatFor: Readonly<Record<ToolName, string>> = {
  code: 'The programs, to read and to change.',
  dials: 'Traffic, work and rules, to turn while it runs.',
  requests: 'Single requests: which way each took, and how long.',
  console: 'A terminal on a machine of your own in the cluster.',
  watch: 'How busy the CPU of each machine is.',
  where: 'Simulated here, or as real Node in this tab or on your computer.',
  share: 'This run as a link or a file, the programs as a folder.',
};

function Dock({ store }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  useEscape(store, bar);
  useKeyboardRoom(bar);
  const open = store.tool.value;
  return (
    <>
      {open === 'tools' ? <ToolList store={store} /> : null}
      <div class="ck-dock" ref={bar} hidden={open !== null}>
        <RunButton store={store} />
        <Opener store={store} name="break" label="Break it" />
        <Opener store={store} name="code" label="Code" />
        <Opener store={store} name="tools" label="Tools" />
      </div>
    </>
  );
}

function Opener({ store, name, label }: Props & { readonly name: OpenName; readonly label: string }) {
  return (
    <button
      type="button"
      aria-expanded={false}
      data-opens={name}
      onClick={() => {
        store.tool.value = name;
      }}
    >
      {label}
    </button>
  );
}

function ToolList({ store }: Props) {
  return (
    <section class="ck-tool" aria-label="Tools">
      <Head store={store} label="Tools" />
      <ul class="ck-tool-list">
        {toolNames.map((name) => (
          <li key={name}>
            <button
              type="button"
              aria-describedby={`ck-for-${name}`}
              onClick={() => {
                store.tool.value = name;
              }}
            >
              {toolLabels[name]}
            </button>
            <p id={`ck-for-${name}`}>{whatFor[name]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Head({ store, label }: Props & { readonly label: string }) {
  const title = useRef<HTMLHeadingElement>(null);
  useFocus(store, title);
  return (
    <div class="ck-sheet-head">
      <h4 ref={title} tabIndex={-1}>
        {label}
      </h4>
      <RunButton store={store} />
      <button
        type="button"
        aria-pressed={isHigh.value}
        onClick={() => {
          isHigh.value = !isHigh.value;
        }}
      >
        {isHigh.value ? 'Lower' : 'Higher'}
      </button>
      <button type="button" onClick={() => close(store)}>
        Close
      </button>
    </div>
  );
}

function close(store: LabStore): void {
  store.tool.value = null;
}

/** The same as in the bar of the cockpit, which may be out of sight. */
function RunButton({ store }: Props) {
  store.pulse.value;
  const { status } = store.session;
  const isRunning = status === 'running';
  const cannot = status === 'booting' || status === 'replaying' || status === 'ended';
  return (
    <button
      type="button"
      class="ck-go"
      aria-disabled={cannot}
      onClick={() => {
        if (isRunning) store.pause();
        else if (!cannot) store.run();
      }}
    >
      <span aria-hidden="true">{isRunning ? '❚❚' : '▶'}</span>
      <span class="ck-go-word">{isRunning ? 'Pause' : 'Run'}</span>
    </button>
  );
}

/** Focus goes to an opened sheet's name, and from a closed one back to what opened it, without the page moving. */
function useFocus(store: LabStore, title: RefObject<HTMLElement>): void {
  useLayoutEffect(() => {
    const heading = title.current;
    const cockpit = heading?.closest<HTMLElement>('.cockpit');
    if (heading === null || cockpit === null || cockpit === undefined) return;
    const before = document.activeElement;
    const name = store.tool.peek();
    heading.focus({ preventScroll: true });
    showBench(cockpit);
    return () => {
      const wasInside = heading.closest('.ck-tool, .ck-left')?.contains(document.activeElement) === true;
      if (!wasInside) return;
      requestAnimationFrame(() => {
        if (store.tool.peek() !== null) return;
        const opener =
          cockpit.querySelector(`[data-opens="${name}"]`) ?? cockpit.querySelector('[data-opens="tools"]');
        const goal =
          before !== cockpit && before?.checkVisibility() && cockpit.contains(before) ? before : opener;
        if (goal instanceof HTMLElement) goal.focus({ preventScroll: true });
      });
    };
  }, [store, title]);
}

/** A sheet opened when the lab has only come into sight would cover all of the bench: then the bench moves up. */
function showBench(cockpit: HTMLElement): void {
  const bench = cockpit.querySelector('.ck-bench');
  const top = bench?.getBoundingClientRect().top ?? 0;
  if (top <= 0 || innerHeight / 2 - top >= benchSeenMin) return;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  bench?.scrollIntoView({ block: 'start', behavior: isCalm ? 'instant' : 'smooth' });
}

/** Escape closes, but where it already means something: the editor keeps its own. */
function useEscape(store: LabStore, inside: RefObject<HTMLElement>): void {
  useEffect(() => {
    const cockpit = inside.current?.closest<HTMLElement>('.cockpit');
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) close(store);
    };
    cockpit?.addEventListener('keydown', pressed);
    return () => cockpit?.removeEventListener('keydown', pressed);
  }, [store, inside]);
}

/** A keyboard on the screen covers the foot of the page without telling its styles; not to be taken for a zoom. */
function useKeyboardRoom(inside: RefObject<HTMLElement>): void {
  useEffect(() => {
    const cockpit = inside.current?.closest<HTMLElement>('.cockpit');
    const seen = window.visualViewport;
    const measure = (): void => {
      if (seen === null) return;
      const covered = seen.scale === 1 ? Math.max(0, innerHeight - seen.height) : 0;
      cockpit?.style.setProperty('--covered', `${Math.round(covered)}px`);
    };
    seen?.addEventListener('resize', measure);
    return () => seen?.removeEventListener('resize', measure);
  }, [inside]);
}

wear(sheetStyles);
export const parts: SheetParts = { Dock, Head };
