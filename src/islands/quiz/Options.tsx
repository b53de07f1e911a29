// Questions with options: one holds or several, with the lines of a trace above them where the question is about one.
// Keys 1 to 9 choose, Enter checks. Called by Question.tsx.
import type { AskedChoice } from '../../grading/asked.ts';
import type { Exhibit as ExhibitData } from '../../grading/quiz.ts';
import { digitOf, html, type Props, Said } from './Said.tsx';
import { choose } from './state.ts';

export function Options({ question, state }: Props<AskedChoice>) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const chosen = answer !== undefined && 'chosen' in answer ? answer.chosen : [];
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }) => {
    const index = digitOf(event);
    const { form } = event.currentTarget;
    if (event.key === 'Enter') {
      event.preventDefault();
      form?.requestSubmit();
    } else if (state !== undefined && question.options[index] !== undefined) {
      event.preventDefault();
      form?.querySelectorAll<HTMLInputElement>('.option > input')[index]?.focus();
      choose(state, index);
    }
  };
  return (
    <div class="options">
      {question.options.map((option, index) => {
        const remark = verdict?.remarks[index];
        // Right of the reader: what holds was chosen, what does not was left.
        const holds = remark?.right === chosen.includes(index);
        return (
          <div
            key={option.text}
            class={remark === undefined ? 'choice' : holds ? 'choice holds' : 'choice fails'}
          >
            <label class="option">
              <input
                type={question.kind === 'one' ? 'radio' : 'checkbox'}
                name={`q-${question.id}`}
                value={index}
                checked={chosen.includes(index)}
                disabled={verdict !== null}
                onInput={() => state !== undefined && choose(state, index)}
                onKeyDown={onKeyDown}
              />
              <span class="key" aria-hidden="true">
                {index + 1}
              </span>
              <span {...html(option.text)} />
            </label>
            <Said remark={remark} word={holds ? 'holds' : 'does not hold'} mark={holds} />
          </div>
        );
      })}
    </div>
  );
}

/** The trace as a table that scrolls by itself where it is too wide. */
export function Exhibit({ exhibit }: { readonly exhibit: ExhibitData }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="exhibit" tabIndex={0} aria-label="Trace">
      <table>
        <caption>
          <span>{exhibit.caption}</span>
        </caption>
        <thead>
          <tr>
            {exhibit.head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {exhibit.rows.map((row, index) => (
            <tr key={index} class={row.at(-1)?.endsWith('◆') === true ? 'asked' : undefined}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
