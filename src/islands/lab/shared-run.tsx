// What a link would run, before it is run: seed, moment, what was done, which files are changed. The reader looks,
// runs, takes over or lets it be. A link that cannot be read says why, and the lab stays usable. Rendered by lab.tsx.
import type { LabStore } from './lab-store.ts';
import type { SharedState } from './shared.ts';
import { deedLabel, seconds } from './words.ts';

const actionsShown = 12;

export function SharedRunNotice({ store }: { readonly store: LabStore }) {
  const state = store.shared.state.value;
  if (state.now === 'none') return null;
  return (
    <section class="ck-shared" aria-label="The link's run" role="status">
      {state.now === 'reading' ? <p>The link is being read…</p> : null}
      {state.now === 'wrong' ? (
        <>
          <p>
            <b>✕ This link cannot be opened.</b> Expected {state.complaint.expected}; found{' '}
            {state.complaint.found}. {state.complaint.fix}
          </p>
          <p class="ck-soft">Nothing of it was run. The lab below is as always.</p>
          <div class="ck-buttons">
            <button type="button" onClick={() => store.shared.leave()}>
              Close
            </button>
          </div>
        </>
      ) : null}
      {state.now === 'offered' || state.now === 'opened' ? <Offer store={store} state={state} /> : null}
    </section>
  );
}

function Offer(props: { store: LabStore; state: Extract<SharedState, { readonly changed: unknown }> }) {
  const { store, state } = props;
  const { run, changed, now } = state;
  const more = run.actions.length - actionsShown;
  return (
    <>
      <p>
        <b>
          {now === 'offered' ? 'This link brings a run. Nothing of it has been run yet.' : "The link's run."}
        </b>{' '}
        Seed {run.seed}, shown at {seconds(run.atNs, 2)}.
      </p>
      {run.actions.length === 0 ? null : (
        <ol class="ck-shared-actions" aria-label="What was done">
          {run.actions.slice(0, actionsShown).map((action, index) => (
            <li key={`${action.atNs} ${index}`}>
              {seconds(action.atNs, 2)} {deedLabel(action)}
            </li>
          ))}
          {more > 0 ? <li>and {more} more</li> : null}
        </ol>
      )}
      <p>
        {changed.length === 0 ? (
          'The programs are the original ones.'
        ) : (
          <>
            Changed: <code>{changed.join(', ')}</code>. Whoever made the link wrote that code. It runs shut
            off from this page, your files and the network; your own version is not touched.
          </>
        )}
      </p>
      <div class="ck-buttons">
        <button type="button" class="ck-go" onClick={() => void store.shared.run()}>
          {now === 'offered' ? 'Run it to that moment' : 'Run it again'}
        </button>
        {changed.length === 0 ? null : (
          <button type="button" onClick={() => store.shared.look()}>
            Look at its code
          </button>
        )}
        {now === 'opened' && changed.length > 0 ? (
          <button type="button" onClick={() => store.shared.takeOver()}>
            Take it over as my version
          </button>
        ) : null}
        <button type="button" onClick={() => store.shared.leave()}>
          {now === 'offered' ? 'Let it be' : 'Back to my version'}
        </button>
      </div>
    </>
  );
}
