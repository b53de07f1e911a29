// Until when, and what being late costs: the due time in a zone, what it is elsewhere, and each step of the late timeline
// in a sentence with its moment. A time that the zone skips or has twice is asked about. Part of the page /assign/.
import { useRef } from 'preact/hooks';
import { instantOf } from '../../teaching/due.ts';
import { type Draft, numberOf } from './draft.ts';
import { Field, Wrong, type WrongAt } from './field.tsx';

interface Props {
  readonly draft: Draft;
  readonly change: (next: Draft, field: string) => void;
  readonly wrong: WrongAt;
}

const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
const HOUR_MS = 3_600_000;

export function Due({ draft, change, wrong }: Props) {
  const { local, zone } = draft;
  const at = (which: 'earlier' | 'later') => instantOr({ local, zone, which });
  const [earlier, later] = [at('earlier'), at('later')];
  const isTwice = earlier !== later;
  return (
    <section aria-labelledby="due">
      <h2 id="due" tabIndex={-1}>
        Until when
      </h2>
      <div class="pair">
        <Field
          id="due-local"
          label="Due"
          type="datetime-local"
          value={local}
          set={(value) => change({ ...draft, local: value, which: null }, 'due')}
          wrong={wrong('due', true)}
        />
        <Field
          id="due-zone"
          label="In the time zone"
          list="zones"
          value={zone}
          set={(value) => change({ ...draft, zone: value.trim(), which: null }, 'due')}
          wrong=""
          help="Type a city or a continent."
        />
      </div>
      <datalist id="zones">
        {zones.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {isTwice && earlier !== null && later !== null && (
        <fieldset class="either">
          <legend>Clocks are set back then, and the time comes twice. Which one?</legend>
          {(['earlier', 'later'] as const).map((which) => (
            <label class="tick" key={which}>
              <input
                type="radio"
                name="which"
                checked={draft.which === which}
                onChange={() => change({ ...draft, which }, 'due')}
              />
              <span>
                the {which}, {moment(which === 'earlier' ? earlier : later, 'UTC')} UTC
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <Elsewhere draft={draft} />
    </section>
  );
}

function Elsewhere({ draft }: { readonly draft: Draft }) {
  const due = dueOf(draft);
  if (due === null) return null;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <p class="soft" role="status">
      That is {moment(due, draft.zone)} in {draft.zone}
      {draft.zone !== 'UTC' && <>, {moment(due, 'UTC')} in UTC</>}
      {own !== draft.zone && own !== 'UTC' && (
        <>
          , and {moment(due, own)} where you are ({own})
        </>
      )}
      . Work that comes in that very second is in time.
    </p>
  );
}

export function Late({ draft, change, wrong }: Props) {
  const add = useRef<HTMLButtonElement>(null);
  const { late } = draft;
  const set = (index: number, part: Partial<Draft['late'][number]>): void => {
    const next = late.map((step, at) => (at === index ? { ...step, ...part } : step));
    change({ ...draft, late: next }, 'late');
  };
  const another = (): void => {
    const last = late.at(-1);
    const [hours, percent] = [numberOf(last?.hours ?? '0') || 0, numberOf(last?.percent ?? '100') || 0];
    const step = { hours: String(hours + 24), percent: String(Math.max(0, percent - 20)) };
    change({ ...draft, late: [...late, step] }, 'late');
  };
  return (
    <section aria-labelledby="late">
      <h2 id="late" tabIndex={-1}>
        What being late costs
      </h2>
      {late.map((step, index) => (
        <fieldset class="step" key={index}>
          <legend class="unseen">Step {index + 1}</legend>
          <Field
            id={`late-${index}-hours`}
            label="Later than (hours)"
            isNumber
            value={step.hours}
            set={(hours) => set(index, { hours })}
            wrong={wrong(`late.${index}.afterHours`)}
          />
          <Field
            id={`late-${index}-percent`}
            label="Percent left"
            isNumber
            value={step.percent}
            set={(percent) => set(index, { percent })}
            wrong={wrong(`late.${index}.percent`)}
          />
          <button
            type="button"
            onClick={() => {
              change({ ...draft, late: late.toSpliced(index, 1) }, 'late');
              add.current?.focus();
            }}
          >
            Remove<span class="unseen"> step {index + 1}</span>
          </button>
        </fieldset>
      ))}
      <p>
        <button type="button" ref={add} onClick={another} disabled={late.length >= 50}>
          Add a step
        </button>
      </p>
      <Wrong id="late-wrong" text={wrong('late')} />
      <Timeline draft={draft} />
    </section>
  );
}

/** One sentence a step, with a bar as long as what is left. */
function Timeline({ draft }: { readonly draft: Draft }) {
  const due = dueOf(draft);
  const { late, zone } = draft;
  if (late.length === 0)
    return <p class="soft">Being late costs nothing. The report says how late each was.</p>;
  const steps = late.map(({ hours, percent }) => ({ hours: numberOf(hours), percent: numberOf(percent) }));
  if (due === null || !steps.every(({ hours, percent }) => hours >= 0 && percent >= 0 && percent <= 100))
    return null;
  const until = (hours: number) => moment(due + hours * HOUR_MS, zone);
  const lines = [{ hours: 0, percent: 100 }, ...steps].map(({ hours, percent }, index, all) => {
    const next = all[index + 1];
    const from = index === 0 ? '' : `later than ${until(hours)}`;
    const to = next === undefined ? '' : `until ${until(next.hours)}`;
    return { percent, words: [from, to].filter((part) => part !== '').join(', ') };
  });
  return (
    <ol class="timeline-of-late">
      {lines.map(({ percent, words }) => (
        <li key={words}>
          <span class="bar" aria-hidden="true">
            <span style={{ width: `${percent}%` }} />
          </span>
          <strong>{percent === 100 ? 'All' : percent === 0 ? 'Nothing' : `${percent}%`}</strong> {words}
        </li>
      ))}
    </ol>
  );
}

function dueOf({ local, zone, which }: Draft): number | null {
  return instantOr(which === null ? { local, zone } : { local, zone, which });
}

function instantOr(due: Parameters<typeof instantOf>[0]): number | null {
  try {
    return instantOf(due);
  } catch {
    return null;
  }
}

function moment(instantMs: number, zone: string): string {
  return new Date(instantMs).toLocaleString('en-GB', {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}
