// The Share tool: the run as a link that holds everything needed to repeat it, its packets as a file for Wireshark, and
// (take-away.tsx) the folder of programs and the lab as a frame. Makes nothing before it is asked; says what a link
// holds and that no server sees it. Opened by tools.tsx.
import { useState } from 'preact/hooks';
import { CONSOLE_FOLDER } from '../../runtime/console.ts';
import { siteRoot } from '../../runtime/site-root.ts';
import { linkOf, type SharedRun } from '../share/link.ts';
import { copied, save } from './hand-over.ts';
import { asComplaint, type LabStore } from './lab-store.ts';
import { packetsOf } from './recorded-packets.ts';
import { EmbedPart, FolderPart } from './take-away.tsx';
import type { ToolProps } from './tools.tsx';
import { seconds } from './words.ts';

export function Share({ store }: ToolProps) {
  store.pulse.value;
  const { session } = store;
  // An address in a learning platform leads nobody else there.
  const isPackaged = siteRoot() !== '';
  const isStarted = session.spec !== null && session.status !== 'failed' && session.status !== 'booting';
  return (
    <div class="ck-share">
      {isStarted ? null : (
        <p class="ck-soft">
          There is no run yet to share: press Run for {isPackaged ? 'its packets' : 'a link or its packets'}.
        </p>
      )}
      {isPackaged ? null : <LinkPart store={store} isStarted={isStarted} />}
      <CapturePart store={store} isStarted={isStarted} />
      <FolderPart store={store} />
      {isPackaged ? null : <EmbedPart store={store} />}
    </div>
  );
}

interface PartProps {
  readonly store: LabStore;
  readonly isStarted: boolean;
}

/** The run as it stands: what the reader changed and did, up to now. */
export function sharedRun(store: LabStore): SharedRun | null {
  const { session, data } = store;
  const { spec, model } = session;
  if (spec === null) return null;
  const files = Object.fromEntries(
    Object.entries(spec.files).filter(
      ([path, text]) => data.files[path] !== text && !path.startsWith(CONSOLE_FOLDER),
    ),
  );
  const actions = session.recorded.filter((action) => action.atNs <= model.nowNs);
  return { sandbox: data.sandbox, seed: spec.seed, files, actions, atNs: Math.floor(model.nowNs) };
}

function LinkPart({ store, isStarted }: PartProps) {
  const [link, setLink] = useState('');
  const [note, setNote] = useState('');
  const make = async (): Promise<void> => {
    if (!isStarted) return;
    store.session.pause();
    await store.session.settled();
    const run = sharedRun(store);
    if (run === null) return;
    try {
      const whole = new URL(await linkOf(run), location.href).href;
      setLink(whole);
      const changed = Object.keys(run.files).length;
      const held = `Seed ${run.seed}, ${counted(run.actions.length, 'action')}, ${counted(changed, 'changed file')}, ${seconds(run.atNs, 2)}; ${whole.length.toLocaleString('en')} characters.`;
      setNote(`${held} ${await copied(whole)}`);
    } catch (error) {
      setNote(asComplaint(error).found);
    }
  };
  return (
    <section aria-labelledby="ck-share-link">
      <h4 id="ck-share-link">A link to this moment</h4>
      <p class="ck-prose">
        It holds your edits, the seed, what you did and when, and the moment you see. Whoever opens it sees
        what it would run, and runs it by a click: the same run, to the byte. All of it is in the link itself;
        no server gets it.
      </p>
      <div class="ck-buttons">
        <button type="button" class="ck-go" aria-disabled={!isStarted} onClick={() => void make()}>
          Make and copy the link
        </button>
      </div>
      {link === '' ? null : (
        <label class="ck-link">
          <span class="ck-hidden">The link</span>
          <input type="text" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
      <p role="status">{note}</p>
    </section>
  );
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function CapturePart({ store, isStarted }: PartProps) {
  const [state, setState] = useState<'idle' | 'recording' | 'done'>('idle');
  const [note, setNote] = useState('');
  const record = async (): Promise<void> => {
    if (!isStarted || state === 'recording') return;
    setState('recording');
    setNote('The run is played again, with every packet recorded…');
    try {
      const bytes = await packetsOf(store.session);
      save(bytes, `${store.data.sandbox}-seed-${store.session.spec?.seed ?? 0}.pcapng`);
      setNote(
        `${Math.ceil(bytes.length / 1024).toLocaleString('en')} KiB, from 0 s to ${seconds(store.session.model.nowNs, 2)}.`,
      );
    } catch (error) {
      const { expected, found, fix } = asComplaint(error);
      setNote(`Expected ${expected}, found ${found}. ${fix}`);
    }
    setState('done');
  };
  return (
    <section aria-labelledby="ck-share-capture">
      <h4 id="ck-share-capture">The packets, as a file</h4>
      <p class="ck-prose">
        A capture (pcapng) of every packet up to this moment, with Ethernet, IP and TCP headers. Open it in
        Wireshark, or read it with <code>tshark -r</code>.
      </p>
      <div class="ck-buttons">
        <button
          type="button"
          aria-disabled={!isStarted || state === 'recording'}
          onClick={() => void record()}
        >
          Record and save
        </button>
      </div>
      <p role="status">{note}</p>
    </section>
  );
}
