// Brings /progress/ and /review/ to life: opens what is kept, fetches what the course has, and shows the page. A course
// that cannot be fetched is said in place. Loaded by those two pages.
import { render } from 'preact';
import { fetchPlan } from './course.ts';
import { openProgress } from './open.ts';

async function mount(root: HTMLElement): Promise<void> {
  try {
    const [progress, plan] = await Promise.all([openProgress(), fetchPlan()]);
    const isReview = root.dataset['review'] !== undefined;
    const page = isReview
      ? await (await import('./review-page.tsx')).reviewPage(progress, plan)
      : await (await import('./page.tsx')).progressPage(progress, plan);
    root.replaceChildren();
    render(page, root);
  } catch (error) {
    console.error(error);
    const line = document.createElement('p');
    line.className = 'failed';
    line.setAttribute('role', 'alert');
    line.textContent =
      'This page could not be loaded. Check the connection and load it again. What is kept is safe.';
    root.replaceChildren(line);
  }
}

const root = document.querySelector<HTMLElement>('[data-progress], [data-review]');
if (root !== null) void mount(root);
