// What is to be done: each chapter with its graded questions, practice questions and exercises, to be picked as a whole or
// one by one, each with its weight; and how much of the grade rests on what. Part of the page /assign/.
import type { Catalogue, CatalogueChapter, CatalogueQuestion } from './catalogue.ts';
import {
  type Choice,
  choicesOf,
  type Draft,
  numberOf,
  type Pick,
  pickOf,
  toggled,
  unknownIn,
  weightId,
  withoutUnknown,
  withPick,
} from './draft.ts';
import { Wrong, type WrongAt } from './field.tsx';

interface Props {
  readonly draft: Draft;
  readonly catalogue: Catalogue;
  readonly change: (next: Draft, field: string) => void;
  readonly wrong: WrongAt;
}

const kinds: Readonly<Record<CatalogueQuestion['kind'], string>> = {
  one: 'choose one',
  many: 'choose all that hold',
  number: 'a number',
  order: 'put in order',
  match: 'match',
  text: 'a word or two',
  line: 'find the line',
};

export function Items({ draft, catalogue, change, wrong }: Props) {
  const unknown = unknownIn(draft, catalogue);
  return (
    <section aria-labelledby="items">
      <h2 id="items" tabIndex={-1}>
        What is to be done
      </h2>
      <dl class="trust">
        <dt>Graded questions</dt>
        <dd>Their key is nowhere on this site. Whoever grades has it. No verdict is shown to students.</dd>
        <dt>Practice questions</dt>
        <dd>They stand in the chapter, with their key, so that it can answer at once. Who looks finds it.</dd>
        <dt>Exercises</dt>
        <dd>
          The lab has a check and a solution of each. What is handed in is run again when you grade: it must
          work, but nothing shows whose work it is.
        </dd>
      </dl>
      {catalogue.chapters.map((chapter) => (
        <Chapter
          key={chapter.slug}
          chapter={chapter}
          draft={draft}
          catalogue={catalogue}
          change={change}
          wrong={wrong}
        />
      ))}
      <Wrong id="items-wrong" text={wrong('items')} />
      {unknown.length > 0 && (
        <p>
          <button type="button" onClick={() => change(withoutUnknown(draft, catalogue), 'items')}>
            Take away what this course does not have
          </button>
        </p>
      )}
      <Rests draft={draft} />
    </section>
  );
}

function Chapter({
  chapter,
  draft,
  catalogue,
  change,
  wrong,
}: Props & { readonly chapter: CatalogueChapter }) {
  const choices = choicesOf(chapter);
  const picks = choices.map((choice) => pickOf(draft, choice.name));
  const isAll = picks.every((pick) => pick?.questions === 'all');
  const isSome = picks.some((pick) => pick !== undefined);
  const pickAll = (): void => {
    let next = draft;
    for (const { name } of choices) {
      const pick: Pick = { questions: 'all', weight: pickOf(draft, name)?.weight ?? '1' };
      next = withPick(next, catalogue, name, isAll ? null : pick);
    }
    change(next, 'items');
  };
  return (
    <fieldset class="pick">
      <legend>
        <span class="no">{chapter.number}</span> {chapter.title}
      </legend>
      <Tick
        label="The whole chapter"
        checked={isAll}
        partly={isSome && !isAll}
        toggle={pickAll}
        class="whole"
      />
      {choices.map((choice) => (
        <Row
          key={choice.name}
          choice={choice}
          draft={draft}
          wrong={wrong}
          set={(pick) => change(withPick(draft, catalogue, choice.name, pick), 'items')}
        />
      ))}
      {chapter.graded.length === 0 && <p class="help">This chapter has no graded questions yet.</p>}
    </fieldset>
  );
}

interface RowProps {
  readonly choice: Choice;
  readonly draft: Draft;
  readonly wrong: WrongAt;
  readonly set: (pick: Pick | null) => void;
}

function Row({ choice, draft, wrong, set }: RowProps) {
  const { name, questions } = choice;
  const pick = pickOf(draft, name);
  const id = weightId(name);
  const label = labelOf(choice);
  const at = draft.picks.findIndex(([each]) => each === name);
  const problem = pick === undefined ? '' : wrong(`items.${at}.weight`);
  const isAll = pick?.questions === 'all';
  return (
    <div class="pick-row">
      <Tick
        label={label}
        checked={isAll}
        partly={pick !== undefined && !isAll}
        toggle={() => set(isAll ? null : { questions: 'all', weight: pick?.weight ?? '1' })}
      />
      {pick !== undefined && (
        <label class="weight" for={id}>
          <span>
            weight<span class="unseen"> of {label}</span>
          </span>
          <input
            id={id}
            value={pick.weight}
            inputMode="decimal"
            autocomplete="off"
            aria-invalid={problem !== ''}
            aria-describedby={problem === '' ? undefined : `${id}-wrong`}
            onInput={(event) => set({ ...pick, weight: event.currentTarget.value })}
          />
        </label>
      )}
      <Wrong id={`${id}-wrong`} text={problem} />
      {questions.length > 0 && <Single choice={choice} pick={pick} set={set} />}
    </div>
  );
}

function labelOf({ kind, questions, title }: Choice): string {
  if (kind === 'exercise') return `Exercise: ${title}`;
  const count = `${questions.length} ${kind} question${questions.length === 1 ? '' : 's'}`;
  return questions.length === 1 ? count : `All ${count}`;
}

/** The questions one by one; folded away, for they are many. */
function Single({ choice, pick, set }: SingleProps) {
  const picked =
    pick === undefined
      ? []
      : pick.questions === 'all'
        ? choice.questions.map(({ id }) => id)
        : pick.questions;
  const isPart = pick !== undefined && pick.questions !== 'all';
  return (
    <details>
      <summary>
        {isPart ? `${picked.length} of ${choice.questions.length} picked` : 'Pick single ones'}
        <span class="unseen"> of the {choice.kind} questions</span>
      </summary>
      {choice.questions.map(({ id, words, kind, numbers }) => (
        <Tick
          key={id}
          label={words}
          note={`${kinds[kind]}${numbers ? ' · each student gets other numbers' : ''}`}
          checked={picked.includes(id)}
          partly={false}
          toggle={() =>
            set(
              pick === undefined
                ? toggled(choice, { questions: [], weight: '1' }, id)
                : toggled(choice, pick, id),
            )
          }
        />
      ))}
    </details>
  );
}
interface SingleProps {
  readonly choice: Choice;
  readonly pick: Pick | undefined;
  readonly set: (pick: Pick | null) => void;
}

interface TickProps {
  readonly label: string;
  readonly note?: string;
  readonly checked: boolean;
  readonly partly: boolean;
  readonly toggle: () => void;
  readonly class?: string;
}

function Tick({ label, note, checked, partly, toggle, class: own = '' }: TickProps) {
  return (
    <label class={`tick ${own}`}>
      <input type="checkbox" checked={checked} indeterminate={partly} onChange={toggle} />
      <span>
        {label}
        {note !== undefined && <small> {note}</small>}
      </span>
    </label>
  );
}

/** How much of the grade rests on what can be trusted how far. */
function Rests({ draft }: { readonly draft: Draft }) {
  const sums = { graded: 0, practice: 0, exercise: 0 };
  for (const [name, { weight }] of draft.picks) {
    const kind = name.startsWith('graded quiz ')
      ? 'graded'
      : name.startsWith('quiz ')
        ? 'practice'
        : 'exercise';
    sums[kind] += numberOf(weight);
  }
  const all = sums.graded + sums.practice + sums.exercise;
  if (!(all > 0)) return null;
  const share = (part: number): string => `${Math.round((100 * part) / all)}%`;
  return (
    <p class="rests">
      Of the grade, {share(sums.graded)} rests on graded questions, {share(sums.exercise)} on exercises,{' '}
      {share(sums.practice)} on practice questions
      {sums.practice > 0 && ', whose key every student can find'}. An exercise earns all or nothing; of
      questions, the share that is right. What weighs 0 is asked and does not count.
    </p>
  );
}
