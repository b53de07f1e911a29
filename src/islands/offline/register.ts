// Registers the service worker, late: when the page has been read from the network and the reader begins to use it.
// Keeps this page and what it loaded; then, unless data is to be saved or the reader took the course off the device, the
// whole course, when the browser has nothing else to do. Tells of a newer version and never forces it. A browser
// without service workers does without. Imported by frame.ts when it is time.
import type { OfflineState, ToWorker } from './plan.ts';

const CHOICE = 'brownout:offline';

/** Asks the worker; the answer is what is kept, or null where there is no worker or it failed. */
export async function ask(order: ToWorker): Promise<OfflineState | null> {
  const worker = (await navigator.serviceWorker?.ready)?.active;
  if (!worker) return null;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<{ readonly done?: OfflineState }>) =>
      resolve(data.done ?? null);
    worker.postMessage(order, [port2]);
  });
}

/** Whether the reader wants the whole course: yes, no, or has not said. */
export function choice(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

export function choose(whole: boolean): void {
  try {
    localStorage.setItem(CHOICE, whole ? 'all' : 'none');
  } catch {}
}

function savesData(): boolean {
  const { connection } = navigator as Navigator & { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

function announce(waiting: ServiceWorker): void {
  if (document.querySelector('.newer') !== null) return;
  const note = document.createElement('p');
  note.className = 'newer';
  note.setAttribute('role', 'status');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Load it';
  button.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    navigator.serviceWorker.controller?.postMessage({ kind: 'stop' } satisfies ToWorker);
    waiting.postMessage({ kind: 'take-over' } satisfies ToWorker);
  });
  note.append('There is a newer version of the course. What you see goes on as it is. ', button);
  document.querySelector('main')?.before(note);
}

let begun: Promise<void> | null = null;

/** Once a page, whoever asks first. */
export function register(): Promise<void> {
  begun ??= begin();
  return begun;
}

async function begin(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const tell = (): void => {
    if (registration.waiting !== null && navigator.serviceWorker.controller !== null)
      announce(registration.waiting);
  };
  tell();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', tell);
  });
  if (choice() === 'none') return;
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const here = loaded.filter((name) => name.startsWith(location.origin));
  await ask({ kind: 'keep', addresses: [location.href, '/offline/', ...here] });
  if (choice() === null && savesData()) return;
  await ask({ kind: 'keep-all' });
  document.dispatchEvent(new CustomEvent('brownout:kept'));
}
