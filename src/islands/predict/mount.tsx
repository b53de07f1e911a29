// Brings a prediction to life where its HTML already stands: takes over what was chosen meanwhile, recalls what was
// locked before, and keeps what is locked now. Called by islands/intent.ts.
import { batch, effect, signal } from '@preact/signals';
import { hydrate } from 'preact';
import { type OwnRun, standingOf } from '../../grading/own-run.ts';
import type { Prediction as PredictionData, PredictionPart, Said, SaidPart } from '../../grading/predict.ts';
import { blankCurve, compare, unsaid } from '../../grading/predict.ts';
import { ownRun } from '../own-run.ts';
import { showNotice } from '../progress/notice.ts';
import { openProgress } from '../progress/open.ts';
import { numberIn } from '../quiz/Fields.tsx';
import { Prediction, type PredictionState } from './Prediction.tsx';

export async function mount(element: HTMLElement): Promise<void> {
  const data = element.querySelector('script[type="application/json"]')?.textContent;
  const root = element.querySelector<HTMLElement>('.island');
  if (data === null || data === undefined || root === null)
    throw new Error('expected a prediction in the page, found none');
  const prediction = JSON.parse(data) as PredictionData;
  const progress = await openProgress();
  const name = `${prediction.chapter}:${prediction.id}`;
  const kept = progress.get('predicted', name)?.said;
  const locked = kept !== undefined && unsaid(prediction, kept).length === 0;
  const said = locked ? kept : chosenInPage(prediction, root);
  // Hydrates as the build rendered it, and only then says what is known: hydration does not correct attributes.
  const state: PredictionState = {
    said: signal({}),
    locked: signal(false),
    note: signal(''),
    standing: signal({ is: 'other' }),
  };
  hydrate(<Prediction prediction={prediction} state={state} />, root);
  batch(() => {
    state.said.value = said;
    state.locked.value = locked;
  });
  const noteSaid = (mine: Said): void => {
    const rows = compare(prediction, mine);
    const near = rows.filter((row) => row.close).length;
    progress.update('predicted', name, () => ({ said: mine, near, of: rows.length }));
  };
  if (locked && progress.get('predicted', name)?.of === null) noteSaid(said);
  showNotice(progress, element);
  effect(() => {
    if (ownRun.value !== null) look(prediction, state, ownRun.value);
  });
  let before = locked;
  effect(() => {
    if (!state.locked.value || before) return;
    before = true;
    noteSaid(state.said.peek());
    requestAnimationFrame(() => root.querySelector<HTMLElement>('.outcome')?.focus({ preventScroll: true }));
  });
}

/** A run that is there whole stays, through rewinds and further deeds, until another is. */
function look(prediction: PredictionData, { standing }: PredictionState, run: OwnRun): void {
  const next = standingOf(prediction, run);
  const before = standing.peek();
  if (before.is === 'whole' && next.is !== 'whole') return;
  if (JSON.stringify(next) !== JSON.stringify(before)) standing.value = next;
}

/** What stands in the plain HTML by now; an order is said as it is shown. */
function chosenInPage(prediction: PredictionData, root: HTMLElement): Said {
  const said: Record<string, SaidPart> = {};
  for (const part of prediction.parts) {
    const value = partInPage(part, `${prediction.id}-${part.id}`, root);
    if (value !== undefined) said[part.id] = value;
  }
  return said;
}

function partInPage(part: PredictionPart, name: string, root: HTMLElement): SaidPart | undefined {
  if (part.kind === 'order') return part.shown;
  const typedIn = (selector: string) => root.querySelector<HTMLInputElement>(selector)?.value ?? '';
  if (part.kind === 'curve') {
    const values = blankCurve(part).map((value, index) =>
      index < part.given
        ? value
        : (numberIn(typedIn(`[name="${name}-${part.seconds[index]}"]`)) ?? Number.NaN),
    );
    return values.slice(part.given).some(Number.isFinite) ? values : undefined;
  }
  const value = typedIn(part.kind === 'number' ? `[name="${name}"]` : `[name="${name}"]:checked`);
  return numberIn(value) ?? undefined;
}
