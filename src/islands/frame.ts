// What every page can do beyond reading: '/' opens the search, Escape takes away the meaning of a word, the link
// beside a heading copies its address, and what was read is kept for later. Loads nothing before the reader's first
// sign. Called by layouts/Page.
import { siteRoot } from '../runtime/site-root.ts';

/** A page of an LMS package has no search, and its files come from the platform. */
const isPackaged = siteRoot() !== '';

/** Whether the key was meant for what has focus: a field, or a lab that runs. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], .lab-live') !== null
  );
}

/** A key alone must be possible to switch off: the search page has the switch. */
function isSlashOff(): boolean {
  try {
    return localStorage.getItem('brownout:slash') === 'off';
  } catch {
    return false;
  }
}

function hushTerms(): void {
  for (const term of document.querySelectorAll('.term:is(:hover, :focus-within)')) {
    term.classList.add('hushed');
    for (const type of ['mouseleave', 'focusout']) {
      term.addEventListener(type, () => term.classList.remove('hushed'), { once: true });
    }
  }
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hushTerms();
  if (
    isPackaged ||
    event.key !== '/' ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    isTyping(event.target)
  )
    return;
  if (isSlashOff()) return;
  event.preventDefault();
  const field = document.querySelector<HTMLInputElement>('#search-words');
  if (field === null) location.assign('/search/');
  else field.focus();
});

addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest<HTMLAnchorElement>('a.anchor');
  if (link === null || navigator.clipboard === undefined) return;
  navigator.clipboard.writeText(link.href).then(
    () => {
      link.dataset['copied'] = 'yes';
      link.addEventListener('blur', () => delete link.dataset['copied'], { once: true });
    },
    () => undefined,
  );
});

/** The first sign that somebody reads; by then everything else has been loaded. */
const SIGNS = ['scroll', 'pointerdown', 'keydown'] as const;
const LATER_MS = 3_000;

function keepForLater(): void {
  for (const sign of SIGNS) removeEventListener(sign, keepForLater);
  const begin = (): void => {
    if (mayKeep)
      void import('./offline/register.ts').then(({ register }) => register()).catch(() => undefined);
    const chapter = article?.dataset['chapter'];
    if (article !== null && chapter !== undefined)
      void import('./progress/reading.ts')
        .then(({ noteReading }) => noteReading(article, chapter))
        .catch(() => undefined);
  };
  // The sign may be a press on Run: what that needs comes first.
  setTimeout(() => ('requestIdleCallback' in window ? requestIdleCallback(begin) : begin()), LATER_MS);
}

// Only in what was built: while writing there is no list of files.
const mayKeep = import.meta.env?.PROD === true && !isPackaged && 'serviceWorker' in navigator;
const article = document.querySelector<HTMLElement>('[data-chapter]');
if (mayKeep || article !== null) {
  for (const sign of SIGNS) addEventListener(sign, keepForLater, { passive: true });
}
