// A question about pairs: each line has a list to choose from, which keys and pointers work alike.
// Called by Question.tsx.
import type { AskedMatch } from '../../grading/asked.ts';
import type { MatchQuestion } from '../../grading/quiz.ts';
import { plainText } from '../../grading/report.ts';
import { html, type Props, Said } from './Said.tsx';
import { matchWith } from './state.ts';

export function Match({ question, state }: Props<MatchQuestion | AskedMatch>) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const matched = answer?.kind === 'match' ? answer.matched : [];
  const lefts = 'pairs' in question ? question.pairs.map(({ left }) => left) : question.lefts;
  const rest = verdict?.remarks.slice(lefts.length) ?? [];
  return (
    <>
      <ul class="pairs">
        {lefts.map((left, index) => {
          const remark = verdict?.remarks[index];
          const held = remark === undefined ? '' : remark.right ? ' holds' : ' fails';
          const right = 'pairs' in question ? (question.pairs[index]?.right ?? -1) : -1;
          const belongs = plainText(question.choices[right]?.text ?? '');
          return (
            <li key={left} class={`choice${held}`}>
              <label class="option pair">
                <span {...html(left)} />
                <select
                  name={`q-${question.id}`}
                  disabled={verdict !== null}
                  value={String(matched[index] ?? -1)}
                  onInput={(event) =>
                    state !== undefined && matchWith(state, index, Number(event.currentTarget.value))
                  }
                >
                  <option value="-1">choose …</option>
                  {question.choices.map((choice, at) => (
                    <option key={choice.text} value={String(at)}>
                      {plainText(choice.text)}
                    </option>
                  ))}
                </select>
              </label>
              {remark !== undefined && (
                <Said
                  remark={remark}
                  word={remark.right ? 'right' : `belongs to: ${belongs}`}
                  mark={remark.right}
                />
              )}
            </li>
          );
        })}
      </ul>
      <p class="on-paper">
        To choose from: {question.choices.map((choice) => plainText(choice.text)).join(', ')}.
      </p>
      {rest.map((remark) => {
        const choice = question.choices[remark.index - lefts.length];
        const word = `${plainText(choice?.text ?? '')}: ${remark.right ? 'left out, rightly' : 'belongs to none'}`;
        return <Said key={remark.index} remark={remark} word={word} mark={remark.right} />;
      })}
    </>
  );
}
