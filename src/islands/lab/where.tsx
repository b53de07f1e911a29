// The tool that says where the programs run: in the data center, as real Node in the reader's tab by WebContainer, or as
// processes of this computer behind `brownout lab`, where the page's address has its token. Choosing loads what is
// needed; nothing boots before Run, but for what runs already. Opened by tools.tsx.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Runtime } from '../../runtime/runtime.ts';
import { siteRoot } from '../../runtime/site-root.ts';
import type { WebContainerRuntime } from '../../runtime/webcontainer.ts';
import type { LabStore, Where } from './lab-store.ts';
import { wear } from './styles.ts';
import type { ToolProps } from './tools.tsx';
import styles from './where.css?inline';

const TERMS = 'https://stackblitz.com/terms-of-service';
/** One for the page: an instance takes long to boot and there may be but one. */
let container: Promise<WebContainerRuntime> | null = null;

function webContainer(): Promise<WebContainerRuntime> {
  container ??= import('../../runtime/webcontainer.ts').then((module) => module.webContainerRuntime());
  container.catch(() => {
    container = null;
  });
  return container;
}

/** The token of `brownout lab` in the page's address; '' where there is none. */
function localToken(): string {
  return /^#local=([\w-]+)$/.exec(location.hash)?.[1] ?? '';
}

async function runtimeOf(where: Where): Promise<Runtime | undefined> {
  if (where === 'webcontainer') return webContainer();
  if (where === 'local') return (await import('../../runtime/remote.ts')).remoteRuntime(localToken());
  return undefined;
}

export function WhereItRuns({ store }: ToolProps) {
  store.pulse.value;
  const [problem, setProblem] = useState('');
  const token = localToken();
  const isPackaged = siteRoot() !== '';
  const choose = (where: Where): void => {
    setProblem('');
    runtimeOf(where).then(
      (runtime) => {
        store.use(where, runtime);
        if (where === 'local') store.run();
      },
      () => setProblem('This part could not be loaded. Check the connection and try again.'),
    );
  };
  useEffect(() => {
    wear(styles);
    if (token !== '' && store.where.peek() === 'datacenter') choose('local');
  }, []);
  return (
    <div class="ck-where">
      <fieldset>
        <legend>Where the programs run</legend>
        <Choice store={store} where="datacenter" label="The data center" choose={choose}>
          Simulated network, clock, CPU and disk, inside this page. Every fault, any speed, and time that goes
          back: the same seed gives the same run, to the byte. Needs no network.
        </Choice>
        {isPackaged ? null : (
          <Choice store={store} where="webcontainer" label="WebContainer" choose={choose}>
            Real Node in this tab, by a service of StackBlitz that is loaded from its servers when you press
            Run, under <a href={TERMS}>its terms</a>. Real time: no step, no rewind, no two runs alike.
          </Choice>
        )}
        {token === '' ? null : (
          <Choice store={store} where="local" label="This computer" choose={choose}>
            The processes that <code>brownout lab</code> has started here. Edit their files with your own
            editor; a restart takes them over.
          </Choice>
        )}
      </fieldset>
      <p class="ck-wrong" role="status">
        {problem}
      </p>
      {token === '' ? (
        <p class="ck-prose">
          As processes of your own computer: <code>npx brownout lab {store.data.sandbox}</code> in a clone of
          the course.
          {isPackaged ? null : (
            <>
              {' '}
              What differs from the data center is told <a href="/engine/real/">on a page of its own</a>.
            </>
          )}
        </p>
      ) : null}
      <Reach store={store} />
    </div>
  );
}

interface ChoiceProps {
  readonly store: LabStore;
  readonly where: Where;
  readonly label: string;
  readonly choose: (where: Where) => void;
  readonly children: ComponentChildren;
}

function Choice({ store, where, label, choose, children }: ChoiceProps) {
  return (
    <label class="ck-choice">
      <input
        type="radio"
        name="ck-where"
        value={where}
        checked={store.where.value === where}
        onChange={() => choose(where)}
      />
      <span>
        <b>{label}</b> <span class="ck-soft">{children}</span>
      </span>
    </label>
  );
}

/** How a reader gets at the machines themselves. */
function Reach({ store }: { readonly store: LabStore }) {
  const places = store.session.run?.places ?? {};
  const names = Object.keys(places);
  if (names.length === 0) return null;
  if (store.where.value === 'webcontainer') return <Previews places={places} names={names} />;
  return (
    <>
      <h4>Where they listen</h4>
      <ul class="ck-places">
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code> is at <code>{places[name]}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function Previews({ places, names }: { places: Readonly<Record<string, string>>; names: readonly string[] }) {
  const [shown, setShown] = useState<{ readonly name: string; readonly url: string } | null>(null);
  const [note, setNote] = useState('');
  const show = async (name: string): Promise<void> => {
    const url = (await webContainer()).previews(places)[name];
    setNote(url === undefined ? `Nothing listens at ${name} now.` : '');
    setShown(url === undefined ? null : { name, url });
  };
  return (
    <>
      <h4>What they answer</h4>
      <div class="ck-buttons">
        {names.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={shown?.name === name}
            onClick={() => void show(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <p role="status">{note}</p>
      {shown === null ? null : (
        <iframe
          class="ck-preview"
          title={`What ${shown.name} answers`}
          src={shown.url}
          sandbox="allow-scripts allow-same-origin allow-forms"
          {...{ credentialless: true }}
        />
      )}
    </>
  );
}
