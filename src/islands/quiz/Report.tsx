// 'This question is wrong': a link that opens the reader's mail or the issue page with chapter, question and seed
// filled in; where the site knows no address, the same as text to copy. Sends nothing. Called by Question.tsx.
import { useRef, useState } from 'preact/hooks';
import { type Reported, reportLink, reportText } from '../../grading/report.ts';

interface Props {
  readonly reported: Reported;
  readonly address: string | null;
}

export function Report({ reported, address }: Props) {
  if (address !== null) {
    return (
      <a class="report" href={reportLink(address, reported)}>
        This question is wrong
      </a>
    );
  }
  return <CopyReport reported={reported} />;
}

function CopyReport({ reported }: { readonly reported: Reported }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [note, say] = useState('');
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(field.current?.value ?? '');
      say('Copied.');
    } catch {
      say('Selected: copy it with your browser.');
    }
  };
  return (
    <details class="report">
      <summary>This question is wrong</summary>
      <p>
        Then whoever runs this site should know. It has no address for reports of its own yet: copy this, say
        what is wrong, and send it to the people who gave you this course.
      </p>
      <textarea
        ref={field}
        rows={5}
        readOnly
        aria-label={`Report about question ${reported.question}`}
        value={reportText(reported)}
      />
      <p class="row needs-js">
        <button type="button" onClick={() => void copy()}>
          Copy
        </button>
        <span role="status">{note}</span>
      </p>
    </details>
  );
}
