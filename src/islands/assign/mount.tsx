// Brings /assign/ to life: fetches what the course has and shows the page. A course that cannot be fetched is said in
// place. Loaded by that page alone.
import { render } from 'preact';
import { fetchCatalogue } from './catalogue.ts';
import { AssignPage } from './page.tsx';

async function mount(root: HTMLElement): Promise<void> {
  try {
    const catalogue = await fetchCatalogue();
    root.replaceChildren();
    render(<AssignPage catalogue={catalogue} />, root);
  } catch (error) {
    console.error(error);
    const line = document.createElement('p');
    line.className = 'failed';
    line.setAttribute('role', 'alert');
    line.textContent =
      'This page could not be loaded. Check the connection and load it again. Your draft is kept.';
    root.replaceChildren(line);
  }
}

const root = document.querySelector<HTMLElement>('[data-assign]');
if (root !== null) void mount(root);
