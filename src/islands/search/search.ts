// The search of the course: asks Pagefind's index for the words in the field and lists what it finds, by page and
// section. Index and reader are fetched at the first question, not before. What comes back is shown as text, never as
// HTML. Called by pages/search.astro.

interface Section {
  readonly title: string;
  readonly url: string;
  /** Text with <mark> around what was asked for, and entities. */
  readonly excerpt: string;
}
interface Found {
  readonly url: string;
  readonly meta: { readonly title?: string };
  readonly excerpt: string;
  readonly sub_results: readonly Section[];
}
interface Pagefind {
  search(words: string): Promise<{ readonly results: readonly { data(): Promise<Found> }[] }>;
}

const PAGES_MAX = 12;
const SECTIONS_MAX = 4;

let pagefind: Promise<Pagefind> | null = null;
let asked = 0;

function load(): Promise<Pagefind> {
  const address = '/pagefind/pagefind.js';
  pagefind ??= import(/* @vite-ignore */ address) as Promise<Pagefind>;
  pagefind.catch(() => {
    pagefind = null;
  });
  return pagefind;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
}

/** Only text and marks of an excerpt. */
function marked(excerpt: string): HTMLParagraphElement {
  const { body } = new DOMParser().parseFromString(excerpt, 'text/html');
  const parts = [...body.childNodes].map((node) =>
    node.nodeName === 'MARK' ? element('mark', node.textContent ?? '') : (node.textContent ?? ''),
  );
  return element('p', ...parts);
}

function linked(title: string, url: string): HTMLAnchorElement {
  const link = element('a', title);
  const { pathname, hash } = new URL(url, location.origin);
  link.href = pathname + hash;
  return link;
}

function entry({ url, meta, excerpt, sub_results: all }: Found): HTMLLIElement {
  const item = element('li', element('h2', linked(meta.title ?? url, url)));
  const sections = all.filter((section) => section.url !== url).slice(0, SECTIONS_MAX);
  if (sections.length === 0) item.append(marked(excerpt));
  for (const section of sections) {
    item.append(element('h3', linked(section.title, section.url)), marked(section.excerpt));
  }
  return item;
}

async function answer(words: string, list: Element, status: Element): Promise<void> {
  const own = ++asked;
  list.replaceChildren();
  status.textContent = words === '' ? '' : 'Searching …';
  if (words === '') return;
  try {
    const { results } = await (await load()).search(words);
    const found = await Promise.all(results.slice(0, PAGES_MAX).map((result) => result.data()));
    if (own !== asked) return;
    const pages = results.length === 1 ? 'One page' : `${results.length} pages`;
    const more = results.length > PAGES_MAX ? `, the first ${PAGES_MAX} below` : '';
    status.textContent =
      results.length === 0
        ? `Nothing found for “${words}”. Try another word; the contents list every chapter.`
        : `${pages} for “${words}”${more}.`;
    list.replaceChildren(...found.map(entry));
  } catch (error) {
    console.error(error);
    if (own === asked)
      status.textContent = 'The index could not be loaded. Check the connection and try again.';
  }
}

/** Wakes the form: answers its words, and those that the address brings. */
function wake(root: HTMLElement): void {
  const form = root.querySelector('form');
  const field = root.querySelector<HTMLInputElement>('input[type="search"]');
  const list = root.querySelector('.found');
  const status = root.querySelector('[role="status"]');
  if (form === null || field === null || list === null || status === null) return;
  const ask = (): void => void answer(field.value.trim(), list, status);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    history.replaceState(
      null,
      '',
      field.value === '' ? '/search/' : `/search/?q=${encodeURIComponent(field.value)}`,
    );
    ask();
  });
  field.value = new URLSearchParams(location.search).get('q')?.slice(0, field.maxLength) ?? '';
  if (field.value === '') field.focus();
  else ask();
}

/** The switch for the key that leads here: see frame.ts. */
function wakeSwitch(box: HTMLInputElement): void {
  try {
    box.checked = localStorage.getItem('brownout:slash') !== 'off';
    box.addEventListener('change', () => localStorage.setItem('brownout:slash', box.checked ? 'on' : 'off'));
  } catch {
    box.disabled = true;
  }
}

const root = document.querySelector<HTMLElement>('[data-search]');
if (root !== null) wake(root);
const box = document.querySelector<HTMLInputElement>('#slash');
if (box !== null) wakeSwitch(box);
