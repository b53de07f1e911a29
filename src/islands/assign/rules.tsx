// Which try counts and how many there are, what everything right earns, and the salt of the numbers. Part of the page
// /assign/.
import type { Draft } from './draft.ts';
import { Field, type WrongAt } from './field.tsx';

interface Props {
  readonly draft: Draft;
  readonly change: (next: Draft, field: string) => void;
  readonly wrong: WrongAt;
}

const attempts = [
  ['last', 'The last try counts'],
  ['best', 'The best try counts'],
] as const;

export function Rules({ draft, change, wrong }: Props) {
  const isGuessing = draft.attempts === 'best' && draft.triesMax.trim() !== '1';
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts" tabIndex={-1}>
        Tries and points
      </h2>
      <fieldset class="either">
        <legend>At a question</legend>
        {attempts.map(([value, words]) => (
          <label class="tick" key={value}>
            <input
              type="radio"
              name="attempts"
              checked={draft.attempts === value}
              onChange={() => change({ ...draft, attempts: value }, 'attempts')}
            />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
      <div class="pair">
        <Field
          id="triesMax"
          label="Tries at a question, at most"
          isNumber
          value={draft.triesMax}
          set={(triesMax) => change({ ...draft, triesMax }, 'triesMax')}
          wrong={wrong('triesMax')}
          help="From 1 to 100. Later ones are not looked at."
        />
        <Field
          id="points"
          label="Points for everything right"
          isNumber
          value={draft.points}
          set={(points) => change({ ...draft, points }, 'points')}
          wrong={wrong('points')}
        />
      </div>
      {isGuessing && (
        <p role="status">
          <strong>The best of many tries lets one guess:</strong> who tries all four options has the right one
          among them. Take the last try, or few tries.
        </p>
      )}
    </section>
  );
}

export function newSalt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function Salt({ draft, change, wrong }: Props) {
  return (
    <section aria-labelledby="salt-title">
      <h2 id="salt-title">Numbers for each student</h2>
      <Field
        id="salt"
        label="Salt"
        value={draft.salt}
        set={(salt) => change({ ...draft, salt }, 'salt')}
        wrong={wrong('salt')}
        help="Some questions have numbers of their own for each student. They are drawn from the salt, the question and the student’s code, so that the grader finds the same ones again. Another class or year takes another salt, and last year’s answers do not fit. It is no secret: every student’s file holds it."
      />
      <p>
        <button type="button" onClick={() => change({ ...draft, salt: newSalt() }, 'salt')}>
          Draw another salt
        </button>
      </p>
    </section>
  );
}
