// The cockpit's keys: space runs and pauses, a full stop steps, a comma rewinds. Only while focus is inside the cockpit,
// and never where a key already means something: in fields, lists, sliders and the editor. Rendered by lab.tsx.
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { LabStore } from './lab-store.ts';

export type KeyWish = 'run' | 'step' | 'rewind';

/** What has focus, as far as keys are concerned: text takes all of them, a control takes space. */
export type Focus = 'text' | 'control' | 'none';

const text = 'input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable], [role=slider]';
const control = 'button, a, summary, input, label, [role=tab], [tabindex="0"]';

/** The wish that a key says; null where it is somebody else's. */
export function keyWish(
  key: {
    readonly key: string;
    readonly ctrlKey: boolean;
    readonly metaKey: boolean;
    readonly altKey: boolean;
  },
  focus: Focus,
): KeyWish | null {
  if (key.ctrlKey || key.metaKey || key.altKey || focus === 'text') return null;
  if (key.key === '.') return 'step';
  if (key.key === ',') return 'rewind';
  return key.key === ' ' && focus === 'none' ? 'run' : null;
}

function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'none';
  if (target.closest(text) !== null) return 'text';
  return target.closest(control) === null ? 'none' : 'control';
}

/** Listens on the cockpit, which takes focus when one clicks beside its controls. */
export function useKeys(store: LabStore, cockpit: RefObject<HTMLElement>): void {
  useEffect(() => {
    const element = cockpit.current;
    if (element === null) return;
    const pressed = (event: KeyboardEvent): void => {
      const wish = event.defaultPrevented ? null : keyWish(event, focusOf(event.target));
      if (wish === null) return;
      event.preventDefault();
      obey(store, wish);
    };
    element.addEventListener('keydown', pressed);
    return () => element.removeEventListener('keydown', pressed);
  }, [store, cockpit]);
}

function obey(store: LabStore, wish: KeyWish): void {
  const { session } = store;
  const { status } = session;
  if (wish === 'run') {
    if (status === 'running') store.pause();
    else if (status !== 'booting' && status !== 'replaying' && status !== 'ended') store.run();
    return;
  }
  if (session.isReal) return;
  if (status !== 'running' && status !== 'paused' && !(status === 'ended' && wish === 'rewind')) return;
  if (wish === 'rewind') store.rewind();
  else void session.step().then(() => store.redraw());
}

export function KeyHelp() {
  return (
    <details class="ck-help ck-keys">
      <summary>Keys</summary>
      <p>
        While focus is in this lab and in no field or editor: <kbd>Space</kbd> runs and pauses (on a button it
        presses the button), <kbd>.</kbd> steps, <kbd>,</kbd> rewinds. On the timeline the arrows move by 1 s,
        with <kbd>Shift</kbd> by 0.1 s, <kbd>Home</kbd> and <kbd>End</kbd> to its ends. <kbd>Esc</kbd> then{' '}
        <kbd>Tab</kbd> leaves the editor.
      </p>
    </details>
  );
}
