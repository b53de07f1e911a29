// The answers to a question with their reasons, for readers without JavaScript and for print: a <details> of plain
// HTML. Rendered at build time only. Called by Question.tsx.
import type { Question } from '../../grading/quiz.ts';

export function Answers({ question }: { readonly question: Question }) {
  return (
    <details class="no-js">
      <summary>Answers and why</summary>
      <List question={question} />
    </details>
  );
}

function List({ question }: { readonly question: Question }) {
  if (question.kind === 'number') {
    return (
      <>
        <p>
          <b>
            {question.answer.toLocaleString('en-US')} {question.unit}
            {question.tolerance > 0 && ` (within ${question.tolerance})`}.
          </b>{' '}
          <span {...html(question.right)} />
        </p>
        {question.mistakes.map((mistake) => (
          <p key={mistake.from}>
            {mistake.from === mistake.to ? mistake.from : `${mistake.from} to ${mistake.to}`}:{' '}
            <span {...html(mistake.feedback)} />
          </p>
        ))}
      </>
    );
  }
  if (question.kind === 'order') {
    return (
      <ol>
        {question.items.map((item) => (
          <li key={item.text}>
            <b {...html(item.text)} /> <span {...html(item.feedback)} />
          </li>
        ))}
      </ol>
    );
  }
  return (
    <ol>
      {question.options.map((option) => (
        <li key={option.text}>
          <b>{option.right ? '✓ holds.' : '✗ does not hold.'}</b> <span {...html(option.feedback)} />
        </li>
      ))}
    </ol>
  );
}

function html(text: string) {
  return { dangerouslySetInnerHTML: { __html: text } };
}
