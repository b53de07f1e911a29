// A question about lines, of a program or of a trace: one is chosen by pointer, by arrows, or by typing its number.
// Lines are radio buttons in a block of text that scrolls by itself where it is too wide. Called by Question.tsx.
import type { AskedLine } from '../../grading/asked.ts';
import { html, type Props, Said } from './Said.tsx';
import { type AnswerState, choose } from './state.ts';

export function Lines({ question, state }: Props<AskedLine>) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const chosen = answer?.kind === 'line' ? answer.chosen[0] : undefined;
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      event.currentTarget.form?.requestSubmit();
    } else if (state !== undefined && verdict === null) {
      typeNumber(event, question, state);
    }
  };
  return (
    <div class={`lines code ${question.source}`}>
      <p class="lines-of">
        {question.caption}
        <span class="needs-js"> Click a line, move with the arrows, or type its number.</span>
      </p>
      {/* Once checked, nothing in it can be focused, and what scrolls must be. */}
      <section
        class="lines-in"
        aria-label={`Lines of ${question.caption}`}
        tabIndex={verdict === null ? undefined : 0}
      >
        {question.lines.map((line, index) => {
          const remark = verdict?.remarks.find((each) => each.index === index);
          const held = remark === undefined ? '' : remark.right ? ' holds' : ' fails';
          return (
            <div key={line.no} class={`choice${held}`}>
              <label class="line-pick">
                <input
                  type="radio"
                  name={`q-${question.id}`}
                  value={index}
                  checked={chosen === index}
                  disabled={verdict !== null}
                  aria-label={`Line ${line.no}: ${spoken(line.text)}`}
                  onInput={() => state !== undefined && choose(state, index)}
                  onKeyDown={onKeyDown}
                />
                <span class="no" aria-hidden="true">
                  {line.no}
                </span>
                <code {...html(line.text === '' ? ' ' : line.text)} />
              </label>
              {remark !== undefined && (
                <Said
                  remark={remark}
                  word={remark.right ? 'this line' : wordFor(index, chosen)}
                  mark={remark.right}
                />
              )}
            </div>
          );
        })}
      </section>
    </div>
  );
}

function wordFor(index: number, chosen: number | undefined): string {
  return index === chosen ? 'not this line' : 'nor this one';
}

/** A line's text for those who hear it. */
function spoken(text: string): string {
  const words = text
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
  return words === '' ? 'empty' : words;
}

const typing = new WeakMap<AnswerState, string>();

/** Digits add up as long as some line's number begins with them; then they begin anew. */
function typeNumber(
  event: KeyboardEvent & { readonly currentTarget: HTMLInputElement },
  question: AskedLine,
  state: AnswerState,
): void {
  if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const begins = (digits: string) => question.lines.some((line) => String(line.no).startsWith(digits));
  const longer = (typing.get(state) ?? '') + event.key;
  const digits = begins(longer) ? longer : event.key;
  typing.set(state, digits);
  const index = question.lines.findIndex((line) => String(line.no) === digits);
  if (index < 0) return;
  event.currentTarget.form?.querySelectorAll<HTMLInputElement>('.line-pick > input')[index]?.focus();
  choose(state, index);
}
