// Which section of the chapter is in view in the player's frame, as the reader scrolls: the last heading above the
// middle. Knows nothing of other pages that the frame may show meanwhile. Called by player.ts.
import type { Launch } from '../../teaching/lms/launch-data.ts';

/** `elsewhere` hears the title of another chapter when the frame shows it, and '' when it shows anything else. */
export function watchSections(
  frame: HTMLIFrameElement,
  launch: Launch,
  seen: (id: string) => void,
  elsewhere: (title: string) => void,
): void {
  const watch = (): void => {
    const inner = frame.contentWindow;
    const article = frame.contentDocument?.querySelector<HTMLElement>('[data-chapter]');
    const isOther = article != null && article.dataset['chapter'] !== launch.chapter;
    elsewhere(isOther ? (article.querySelector('h1')?.textContent ?? '') : '');
    if (!inner || !article || isOther) return;
    const headings = [...article.querySelectorAll<HTMLElement>('h2[id]')].filter(({ id }) =>
      launch.sections.includes(id),
    );
    let last = '';
    let isDue = false;
    const look = (): void => {
      isDue = false;
      const middle = inner.innerHeight / 2;
      const id = headings.findLast((heading) => heading.getBoundingClientRect().top < middle)?.id ?? '';
      if (id === last) return;
      last = id;
      seen(id);
    };
    inner.addEventListener(
      'scroll',
      () => {
        if (isDue) return;
        isDue = true;
        inner.requestAnimationFrame(look);
      },
      { passive: true },
    );
    look();
  };
  frame.addEventListener('load', watch);
  if (frame.contentDocument?.readyState === 'complete') watch();
}
