// One assignment that is open: fetches its questions and shows what it is, the student's code, its items and how it is handed in.
// A site that cannot be reached is said in place. Called by page.tsx.
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Catalogue } from '../assign/catalogue.ts';
import type { Progress } from '../progress/progress.ts';
import { CodePanel } from './code-panel.tsx';
import { fetchContent } from './content.ts';
import type { Desk } from './desk.ts';
import { HandIn } from './hand-in-panel.tsx';
import { type Content, itemsOf } from './items.ts';
import { ItemsList } from './items-list.tsx';
import { Overview } from './overview.tsx';
import type { Listed } from './store.ts';

interface OpenProps {
  readonly progress: Progress;
  readonly catalogue: Catalogue;
  readonly listed: Listed;
  readonly look: () => void;
  /** Of a link or a file, shown where the reader looks first. */
  readonly problem: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Open({
  progress,
  catalogue,
  listed: { assignment, student },
  look,
  problem,
  children,
}: OpenProps) {
  const [content, setContent] = useState<Content | 'failed' | null>(null);
  const load = (): void => {
    setContent(null);
    fetchContent(assignment, catalogue).then(setContent, (error: unknown) => {
      console.error(error);
      setContent('failed');
    });
  };
  useEffect(load, []);
  useEffect(() => {
    document.title = `${assignment.title} · Brownout`;
    return () => {
      document.title = 'Assignments · Brownout';
    };
  }, [assignment.title]);
  const pulse = useMemo(() => signal(0), []);
  useEffect(() => progress.onChange(() => (pulse.value += 1)), [progress]);
  const isThere = content !== null && content !== 'failed';
  const items = useMemo(() => (isThere ? itemsOf(assignment, content, student) : []), [content, student]);
  const desk: Desk | null = isThere ? { progress, assignment, content, student, items, pulse, look } : null;
  return (
    <>
      <header>
        <p class="kicker">Assignment</p>
        <h1 tabIndex={-1}>{assignment.title}</h1>
      </header>
      {problem}
      {content === null && <p role="status">Looking …</p>}
      {content === 'failed' && (
        <p class="failed" role="alert">
          The questions could not be loaded. Check the connection.{' '}
          <button type="button" onClick={load}>
            Try again
          </button>
        </p>
      )}
      {desk !== null && (
        <>
          <Overview desk={desk} />
          <CodePanel desk={desk} />
          {student !== '' && <ItemsList desk={desk} />}
          {student !== '' && <HandIn desk={desk} />}
        </>
      )}
      {children}
    </>
  );
}
