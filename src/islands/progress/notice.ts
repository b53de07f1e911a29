// Says in place what a reader should know about keeping: that nothing is kept, or that something was set aside. Writes
// text below the part that was woken, and keeps it up to date. Called by the quiz and predict islands and the pages.
import type { Progress } from './progress.ts';

export function showNotice(progress: Progress, below: HTMLElement): void {
  let line: HTMLElement | null = null;
  const show = (): void => {
    if (progress.notice === (line?.textContent ?? '')) return;
    line?.remove();
    line = document.createElement('p');
    line.className = 'not-kept';
    line.setAttribute('role', 'alert');
    line.textContent = progress.notice;
    below.append(line);
  };
  progress.onChange(show);
  show();
}
