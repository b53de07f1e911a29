// The bar of the cockpit: what runs, at which moment, and how fast.
// Run boots the first time and goes on after that. Nothing else boots. Rendered by lab.tsx.
import { useId } from 'preact/hooks';
import { type LabStore, speeds } from './lab-store.ts';
import type { SessionStatus } from './session.ts';
import { seconds } from './words.ts';

const statusWords: Readonly<Record<SessionStatus, string>> = {
  idle: 'not started',
  booting: 'booting…',
  running: 'running',
  paused: 'paused',
  replaying: 'replaying…',
  ended: 'ended: nothing is left to happen',
  failed: 'stopped by a problem',
};

const whereWords = { webcontainer: 'in WebContainer', local: 'on this computer' } as const;

export function Controls({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { session, data } = store;
  const { status, model, isReal } = session;
  const version = store.versionRun;
  const running = status === 'running';
  const started = status !== 'idle' && status !== 'failed' && status !== 'booting';
  return (
    <div class="ck-bar">
      <div class="ck-title">
        <h3>{data.title}</h3>
        <p class="ck-clock">
          seed {session.spec?.seed ?? data.seed} · t ={' '}
          <b data-time>{seconds(model.nowNs, session.speed === 0.001 ? 4 : 2)}</b> ·{' '}
          <span data-status={status}>{statusWords[status]}</span>
          {store.where.value === 'datacenter' ? '' : ` · ${whereWords[store.where.value]}`}
          {version === 'original'
            ? ''
            : version === 'mine'
              ? ' · my version'
              : ' · not the files shown in Code'}
        </p>
      </div>
      <div class="ck-controls">
        <button
          type="button"
          class="ck-go"
          aria-disabled={status === 'booting' || status === 'replaying' || status === 'ended'}
          onClick={() => (running ? store.pause() : store.run())}
        >
          <span aria-hidden="true">{running ? '❚❚' : '▶'}</span> {running ? 'Pause' : 'Run'}
        </button>
        {isReal ? (
          <span class="ck-soft">Real time: a pause holds only the picture.</span>
        ) : (
          <PlayerControls store={store} started={started} />
        )}
      </div>
    </div>
  );
}

/** What only time that is simulated can do. */
function PlayerControls({ store, started }: { readonly store: LabStore; readonly started: boolean }) {
  const { session } = store;
  return (
    <>
      <button
        type="button"
        title="Runs on until the next line of the trace, then pauses"
        aria-disabled={!started || session.status === 'ended'}
        onClick={() => {
          if (started) void session.step().then(() => store.redraw());
        }}
      >
        Step
      </button>
      <button
        type="button"
        title="Replays the run to just before the last thing you did; if there is none, to the start"
        aria-disabled={!started}
        onClick={() => {
          if (started) store.rewind();
        }}
      >
        Rewind
      </button>
      <SpeedChoice store={store} />
    </>
  );
}

function SpeedChoice({ store }: { readonly store: LabStore }) {
  const group = useId();
  return (
    <fieldset class="ck-speed">
      <legend class="ck-hidden">Speed</legend>
      {speeds.map(({ label, help, speed }) => (
        <label key={label} title={help}>
          <input
            type="radio"
            name={group}
            value={label}
            checked={store.session.speed === speed}
            onChange={() => {
              store.session.setSpeed(speed);
              store.redraw();
            }}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
