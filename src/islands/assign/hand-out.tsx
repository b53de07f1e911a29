// What comes of it: the id, the file, the link, a look at it as a student; or what is still missing, with ways there. Says
// when it is another assignment than the one that was opened. Part of the page /assign/.
import { useEffect, useState } from 'preact/hooks';
import { assignmentSchema, idOf, type Problem } from '../../teaching/assignment.ts';
import { copied, save } from '../lab/hand-over.ts';
import { type Draft, fileOf, weightId } from './draft.ts';
import { sentence } from './field.tsx';
import { assignmentFragment, MAIL_CHARACTERS_MAX } from './link.ts';

interface Props {
  readonly draft: Draft;
  readonly problems: readonly Problem[];
}

/** Field of a complaint: where it stands, and what it is called there. */
const places: Readonly<Record<string, readonly [id: string, name: string]>> = {
  title: ['title', 'Title'],
  items: ['items', 'What is to be done'],
  due: ['due-local', 'Due'],
  late: ['late', 'What being late costs'],
  triesMax: ['triesMax', 'Tries'],
  points: ['points', 'Points'],
  salt: ['salt', 'Salt'],
};

export function HandOut({ draft, problems }: Props) {
  return (
    <section aria-labelledby="hand-out">
      <h2 id="hand-out" tabIndex={-1}>
        Hand it out
      </h2>
      {problems.length > 0 ? <Missing draft={draft} problems={problems} /> : <Ready draft={draft} />}
    </section>
  );
}

function placeOf(at: string, { picks }: Draft): readonly [id: string, name: string] {
  const [, index = ''] = /^items\.(\d+)\.weight$/.exec(at) ?? [];
  const picked = picks[index === '' ? -1 : Number(index)]?.[0];
  if (picked !== undefined) return [weightId(picked), `Weight of ${picked}`];
  return places[at.split('.')[0] ?? ''] ?? ['main', at];
}

function Missing({ draft, problems }: Props) {
  return (
    <>
      <p role="status">
        {problems.length === 1 ? 'One thing is' : `${problems.length} things are`} still missing or wrong:
      </p>
      <ul>
        {problems.map((problem) => {
          const [id, name] = placeOf(problem.at, draft);
          return (
            <li key={problem.at}>
              <a href={`#${id}`}>{name}</a>: {sentence(problem)}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Ready({ draft }: { readonly draft: Draft }) {
  const file = assignmentSchema.parse(fileOf(draft));
  const json = `${JSON.stringify(file, null, 2)}\n`;
  const id = idOf(file);
  const [link, setLink] = useState('');
  const [said, say] = useState('');
  useEffect(() => {
    let isOld = false;
    say('');
    assignmentFragment(file).then(
      (fragment) => isOld || setLink(new URL(`/work/${fragment}`, location.href).href),
      (error: unknown) => {
        if (isOld) return;
        setLink('');
        say(error instanceof Error ? `${error.message}` : String(error));
      },
    );
    return () => {
      isOld = true;
    };
  }, [json]);
  const saveFile = (): void => {
    save(new TextEncoder().encode(json), 'assignment.json', 'application/json');
    say('Saved as assignment.json. Keep it: grading needs it.');
  };
  return (
    <>
      <p>
        Its id is <code>{id}</code>. Work that is handed in names it, and is graded with this very assignment
        only.
      </p>
      <Another draft={draft} id={id} />
      <p class="row">
        <button type="button" class="go" onClick={saveFile}>
          Save assignment.json
        </button>
        <button type="button" disabled={link === ''} onClick={() => void copied(link).then(say)}>
          Copy the link
        </button>
        <a class="button" href={link === '' ? undefined : link} target="_blank" rel="noopener">
          Preview as a student<span class="unseen">, in a new tab</span>
        </a>
      </p>
      <p role="status">{said}</p>
      {link !== '' && <Link link={link} />}
      <details>
        <summary>The file</summary>
        <pre>{json}</pre>
      </details>
    </>
  );
}

function Link({ link }: { readonly link: string }) {
  return (
    <div class="field">
      <label for="link">The link</label>
      <input
        id="link"
        readOnly
        value={link}
        aria-describedby="link-help"
        onFocus={(event) => event.currentTarget.select()}
      />
      <p id="link-help" class="help">
        {link.length.toLocaleString('en')} characters. The whole assignment is in it; no server gets it.{' '}
        {link.length > MAIL_CHARACTERS_MAX &&
          'Some mail programs cut or break a link that is so long: put it on a page of your course, or share the file.'}
      </p>
    </div>
  );
}

function Another({ draft: { opened }, id }: { readonly draft: Draft; readonly id: string }) {
  if (opened === null) return null;
  if (opened.id === id)
    return <p role="status">It is the assignment that you opened, ‘{opened.title}’, unchanged.</p>;
  return (
    <p role="status">
      <strong>This is another assignment now</strong> than ‘{opened.title}’, which you opened (
      <code>{opened.id}</code>): whatever changes, salt, items, times or words, changes the id. Work handed in
      for that one belongs to the old file: keep it, and grade with it. More time for some, or for all, needs
      no new assignment: see <a href="/teach/#more-time">the guide</a>.
    </p>
  );
}
