// Two parts of the Share tool: the sandbox's folder with the reader's version of its files as a zip that runs with Node
// alone, and the lab as a frame for another page. Both need no run. Fetches the folder when asked, not before.
// Rendered by share.tsx.
import { useState } from 'preact/hooks';
import { siteRoot } from '../../runtime/site-root.ts';
import { withVersion } from '../../runtime/takeaway.ts';
import { zipOf } from '../../runtime/zip.ts';
import { copied, save } from './hand-over.ts';
import type { LabStore } from './lab-store.ts';

export function FolderPart({ store }: { readonly store: LabStore }) {
  const [isBusy, setBusy] = useState(false);
  const [note, setNote] = useState('');
  const take = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    try {
      setNote(await takeFolder(store));
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      setNote(`The folder could not be fetched: ${found}. Check the connection and try again.`);
    }
    setBusy(false);
  };
  return (
    <section aria-labelledby="ck-share-folder">
      <h4 id="ck-share-folder">Take the folder away</h4>
      <p class="ck-prose">
        The programs as a zip, with your changes. Unpack it and run <code>node run.mjs</code>: every machine
        becomes a real process on your computer, for you to <code>curl</code>, kill and freeze. It needs Node
        24 (or 22.18 and newer) and nothing else.
      </p>
      <div class="ck-buttons">
        <button type="button" aria-disabled={isBusy} onClick={() => void take()}>
          Save the zip
        </button>
      </div>
      <p role="status">{note}</p>
    </section>
  );
}

/** Fetches, packs and saves; says what it saved. */
async function takeFolder(store: LabStore): Promise<string> {
  const { sandbox, files: originals } = store.data;
  const answer = await fetch(`${siteRoot()}/labs/${sandbox}/take.json`);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const version = store.space.files();
  const files = withVersion((await answer.json()) as Readonly<Record<string, string>>, version);
  const name = `brownout-${sandbox}`;
  const bytes = await zipOf(name, files);
  save(bytes, `${name}.zip`, 'application/zip');
  const changed = Object.keys(files).filter(
    (path) => originals[path] !== undefined && files[path] !== originals[path],
  );
  const whose = changed.length === 0 ? 'all as the course has them' : `${changed.join(', ')} as you have it`;
  return `${name}.zip: ${Object.keys(files).length} files, ${Math.ceil(bytes.length / 1024)} KiB, ${whose}.`;
}

export function EmbedPart({ store }: { readonly store: LabStore }) {
  const [note, setNote] = useState('');
  const { sandbox, title } = store.data;
  const code = embedCode(sandbox, title, location.origin);
  return (
    <section aria-labelledby="ck-share-embed">
      <h4 id="ck-share-embed">This lab in another page</h4>
      <p class="ck-prose">
        A frame with just the lab, for a course page or a blog. <code>?theme=light</code> or{' '}
        <code>?theme=dark</code> fixes its colors; without it the reader’s system decides. To begin with a run
        of yours, put what follows <code>#</code> in its link after the address.
      </p>
      <label class="ck-link">
        <span class="ck-hidden">The embed code</span>
        <input type="text" readOnly value={code} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <div class="ck-buttons">
        <button type="button" onClick={() => void copied(code).then(setNote)}>
          Copy the embed code
        </button>
      </div>
      <p role="status">{note}</p>
    </section>
  );
}

/** Titles are the course's own, but stand in someone's HTML: quoted all the same. */
export function embedCode(sandbox: string, title: string, origin: string): string {
  const words = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<iframe src="${origin}/embed/${sandbox}/" title="${words}" width="100%" height="900" style="border: 0" allow="clipboard-write; fullscreen"></iframe>`;
}
