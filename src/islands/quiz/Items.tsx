// A question about an order: items that buttons move up and down, so that no pointer is needed and none is dragged.
// Called by Question.tsx.
import type { AskedOrder } from '../../grading/asked.ts';
import type { OrderQuestion } from '../../grading/quiz.ts';
import { plainText } from '../../grading/report.ts';
import { html, type Props, Said } from './Said.tsx';
import { move } from './state.ts';

export function Items({ question, state }: Props<OrderQuestion | AskedOrder>) {
  const verdict = state?.verdict.value ?? null;
  const answer = state?.answer.value;
  const shown = 'shown' in question ? question.shown : [...question.items.keys()];
  const order = answer?.kind === 'order' ? answer.order : shown;
  const shift = (event: MouseEvent, place: number, by: -1 | 1) => {
    if (state === undefined) return;
    const list = event.currentTarget instanceof HTMLElement ? event.currentTarget.closest('ol') : null;
    move(state, place, by);
    requestAnimationFrame(() => focusMoved(list, place + by, by));
  };
  return (
    <ol class="items">
      {order.map((item, place) => {
        const text = question.items[item]?.text ?? '';
        const remark = verdict?.remarks[place];
        return (
          <li
            key={item}
            class={remark === undefined ? 'choice' : remark.right ? 'choice holds' : 'choice fails'}
          >
            <span class="option">
              <span {...html(text)} />
              {verdict === null && <Moves text={text} place={place} count={order.length} shift={shift} />}
            </span>
            {remark !== undefined && (
              <Said
                remark={remark}
                word={remark.right ? 'in its place' : `belongs at ${item + 1}`}
                mark={remark.right}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}

interface MovesProps {
  readonly text: string;
  readonly place: number;
  readonly count: number;
  readonly shift: (event: MouseEvent, place: number, by: -1 | 1) => void;
}

export function Moves({ text, place, count, shift }: MovesProps) {
  return (
    <span class="moves needs-js">
      <button
        type="button"
        disabled={place === 0}
        onClick={(event) => shift(event, place, -1)}
        aria-label={`Move up: ${plainText(text)}`}
      >
        ↑
      </button>
      <button
        type="button"
        disabled={place === count - 1}
        onClick={(event) => shift(event, place, 1)}
        aria-label={`Move down: ${plainText(text)}`}
      >
        ↓
      </button>
    </span>
  );
}

/** The same button where the item now is; the other one where that is at an end. */
export function focusMoved(list: HTMLElement | null, place: number, by: -1 | 1): void {
  const buttons = list?.children[place]?.querySelectorAll<HTMLButtonElement>('button');
  const same = buttons?.[by === -1 ? 0 : 1];
  (same?.disabled === true ? buttons?.[by === -1 ? 1 : 0] : same)?.focus();
}
