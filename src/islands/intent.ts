// The only script that a page loads: wakes an island when the reader first touches it, and repeats the click that
// woke it. Loads nothing before that. A part that cannot be loaded says so in place, and what was there stays.
import type { Intent } from './page-data.ts';

const mounts = {
  quiz: async (element: HTMLElement) => (await import('./quiz/mount.tsx')).mount(element),
  predict: async (element: HTMLElement) => (await import('./predict/mount.tsx')).mount(element),
};
type Small = keyof typeof mounts;
const woken = new Map<HTMLElement, Promise<boolean>>();

function isSmall(name: string | undefined): name is Small {
  return name !== undefined && name in mounts;
}

/** Quiz or prediction: mount it once; the second time there is nothing left to do. */
function wake(element: HTMLElement, name: Small): Promise<boolean> {
  const begun = woken.get(element) ?? attempt(element, () => mounts[name](element));
  woken.set(element, begun);
  return begun;
}

function intentOf(target: HTMLElement): Intent {
  const { intent, file = '', line, exercise = '' } = target.dataset;
  if (intent === 'edit') return { kind: 'edit', file, line: Number(line ?? 1) };
  return intent === 'exercise' ? { kind: 'exercise', name: exercise } : { kind: 'run' };
}

async function openLab(target: HTMLElement | null): Promise<void> {
  const lab = document.getElementById('lab');
  if (lab === null) return;
  if (target?.dataset['intent'] !== 'run') lab.scrollIntoView({ block: 'start' });
  const intent: Intent = target === null ? { kind: 'link', fragment: location.hash } : intentOf(target);
  lab.setAttribute('aria-busy', 'true');
  await attempt(lab, async () => (await import('./lab/mount.tsx')).mount(lab, intent));
  lab.removeAttribute('aria-busy');
}

/** Runs `load`; on failure puts a message at the top of `element`. True when it worked. */
async function attempt(element: HTMLElement, load: () => unknown): Promise<boolean> {
  element.querySelector(':scope > .failed')?.remove();
  try {
    await load();
    return true;
  } catch (error) {
    console.error(error);
    woken.delete(element);
    const message = document.createElement('p');
    message.className = 'failed';
    message.setAttribute('role', 'alert');
    message.textContent = 'This part could not be loaded. Check the connection and try again.';
    element.prepend(message);
    return false;
  }
}

/** Opens the lab, or wakes the island that was touched and repeats what was done to it: a click or a submit. */
async function onTouch(event: Event): Promise<void> {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest<HTMLElement>('[data-intent]');
  if (opener !== null) {
    if (event.type !== 'click') return;
    event.preventDefault();
    await openLab(opener);
    return;
  }
  const element = event.target.closest<HTMLElement>('[data-island]');
  const name = element?.dataset['island'];
  if (element === null || !isSmall(name) || element.dataset['awake'] === 'yes') return;
  const form = event.type === 'submit' && event.target instanceof HTMLFormElement ? event.target : null;
  if (form !== null) event.preventDefault();
  const button =
    event.type === 'click' ? event.target.closest<HTMLButtonElement>('button[type="button"]') : null;
  const ready = await wake(element, name);
  element.dataset['awake'] = ready ? 'yes' : 'no';
  if (!ready) return;
  if (form?.isConnected === true) form.requestSubmit();
  if (button?.isConnected === true) button.click();
}

/** A link that holds a run is shown at once, and run only by the reader; `brownout lab` runs already. */
if (/^#(?:run|local)=/.test(location.hash)) void openLab(null);

for (const type of ['pointerdown', 'focusin', 'click', 'submit']) {
  document.addEventListener(type, (event) => void onTouch(event));
}
