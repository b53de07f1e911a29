// Brings /work/ to life: opens what is kept, fetches what assignments can be made of, and shows the page. A catalogue that
// cannot be fetched is said in place. Loaded by that page alone.
import { render } from 'preact';
import { fetchCatalogue } from '../assign/catalogue.ts';
import { openProgress } from '../progress/open.ts';
import { WorkPage } from './page.tsx';

async function mount(root: HTMLElement): Promise<void> {
  try {
    const [progress, catalogue] = await Promise.all([openProgress(), fetchCatalogue()]);
    root.replaceChildren();
    render(<WorkPage progress={progress} catalogue={catalogue} />, root);
  } catch (error) {
    console.error(error);
    const line = document.createElement('p');
    line.className = 'failed';
    line.setAttribute('role', 'alert');
    line.textContent =
      'This page could not be loaded. Check the connection and load it again. What is kept is safe.';
    root.append(line);
  }
}

const root = document.querySelector<HTMLElement>('[data-work]');
if (root !== null) void mount(root);
