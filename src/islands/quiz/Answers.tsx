// The answers to a question with their reasons, for readers without JavaScript and for print: a <details> of plain
// HTML that styles hide elsewhere. Called by Question.tsx.
import type { MatchQuestion, NumberQuestion, Question, TextQuestion } from '../../grading/quiz.ts';
import { html } from './Said.tsx';

export function Answers({ question }: { readonly question: Question }) {
  return (
    <details class="no-js">
      <summary>Answers and why</summary>
      <List question={question} />
    </details>
  );
}

function List({ question }: { readonly question: Question }) {
  if (question.kind === 'number') return <NumberAnswer question={question} />;
  if (question.kind === 'text') return <TextAnswer question={question} />;
  if (question.kind === 'match') return <Pairs question={question} />;
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
  if (question.kind === 'line') {
    const noted = question.lines.filter((line) => line.feedback !== '');
    return (
      <>
        {noted.map((line) => (
          <p key={line.no}>
            <b>
              Line {line.no} {line.right ? '✓' : '✗'}
            </b>{' '}
            <span {...html(line.feedback)} />
          </p>
        ))}
        <p>
          Any other line: <span {...html(question.otherwise)} />
        </p>
      </>
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

const spelled = (value: number) => Number(value.toPrecision(6)).toLocaleString('en-US');

function NumberAnswer({ question }: { readonly question: NumberQuestion }) {
  return (
    <>
      <p>
        <b>
          {spelled(question.answer)} {question.unit}
          {question.tolerance > 0 && ` (within ${spelled(question.tolerance)})`}.
        </b>{' '}
        <span {...html(question.right)} />
      </p>
      {question.mistakes.map((mistake) => (
        <p key={mistake.from}>
          {mistake.from === mistake.to
            ? spelled(mistake.from)
            : `${spelled(mistake.from)} to ${spelled(mistake.to)}`}
          : <span {...html(mistake.feedback)} />
        </p>
      ))}
    </>
  );
}

function TextAnswer({ question }: { readonly question: TextQuestion }) {
  return (
    <>
      <p>
        <b>{question.answer}.</b> <span {...html(question.right)} />
      </p>
      {question.mistakes.map((mistake) => (
        <p key={mistake.example}>
          ‘{mistake.example}’: <span {...html(mistake.feedback)} />
        </p>
      ))}
    </>
  );
}

function Pairs({ question }: { readonly question: MatchQuestion }) {
  const others = question.choices.filter((choice) => choice.feedback !== undefined);
  return (
    <ul>
      {question.pairs.map((pair) => (
        <li key={pair.left}>
          <b {...html(`${pair.left}: ${question.choices[pair.right]?.text ?? ''}.`)} />{' '}
          <span {...html(pair.feedback)} />
        </li>
      ))}
      {others.map((choice) => (
        <li key={choice.text}>
          Belongs to none: <b {...html(`${choice.text}.`)} /> <span {...html(choice.feedback ?? '')} />
        </li>
      ))}
    </ul>
  );
}
