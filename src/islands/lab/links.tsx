// The table of links that packets have used (or that someone changed): cut and mend in the row, every other fault of
// a link behind 'More', both ways or one. Says in words what lies on each. Rendered by lab.tsx.
import { useState } from 'preact/hooks';
import type { LinkView } from '../../datacenter/contract.ts';
import { FaultChooser } from './fault-chooser.tsx';
import { linkDeed, linkForms, type Way } from './fault-forms.ts';
import { linkFaults } from './fault-words.ts';
import type { LabStore } from './lab-store.ts';
import { roadKey } from './model.ts';
import { Inline } from './prose.tsx';

export function Links({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { model } = store.session;
  const links = model.links.filter(
    (link) => model.roads.has(roadKey(link.a, link.b)) || linkFaults(link).length > 0,
  );
  return (
    <section class="ck-part ck-links">
      <table class="ck-table" aria-label="Links">
        <caption>Links</caption>
        <thead>
          <tr>
            <th scope="col">between</th>
            <th scope="col">state</th>
            <th scope="col" class="ck-number">
              packets
            </th>
            <th scope="col">break it</th>
          </tr>
        </thead>
        <tbody>
          {links.map((link) => (
            <LinkRow key={`${link.a} ${link.b}`} link={link} store={store} />
          ))}
        </tbody>
      </table>
      {links.length === 0 ? (
        <p class="ck-soft">Links appear here when the first packet has used them.</p>
      ) : null}
      <details class="ck-help">
        <summary>What the buttons are in the real world</summary>
        <dl>
          {(['cut', 'mend'] as const).map((deed) => (
            <div key={deed}>
              <dt>{labels[deed]}</dt>
              <dd id={`ck-help-${deed}`}>
                <Inline text={store.data.deeds[deed] ?? ''} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

const labels = { cut: 'Cut', mend: 'Mend' } as const;

function LinkRow({ link, store }: { readonly link: LinkView; readonly store: LabStore }) {
  const [more, setMore] = useState(false);
  const { model, status } = store.session;
  const ready = status === 'running' || status === 'paused' || status === 'ended';
  const id = `${link.a}-${link.b}`;
  const faults = linkFaults(link);
  const can = { cut: ready && !link.cut.every(Boolean), mend: ready && faults.length > 0 };
  return (
    <>
      <tr>
        <th scope="row" id={`ck-link-${id}`}>
          {link.a} – {link.b}
        </th>
        <td
          class={`ck-state ck-tone-${link.cut.some(Boolean) ? 'down' : faults.length > 0 ? 'slow' : 'plain'}`}
        >
          {faults.length === 0 ? 'as built' : faults.map((fault) => <span key={fault}>{fault}</span>)}
        </td>
        <td class="ck-number">
          {(model.roads.get(roadKey(link.a, link.b))?.packets ?? 0).toLocaleString('en')}
        </td>
        <td>
          <div class="ck-buttons">
            {(['cut', 'mend'] as const).map((deed) => (
              <button
                key={deed}
                type="button"
                title={store.data.deeds[deed]}
                aria-describedby={`ck-link-${id} ck-help-${deed}`}
                aria-disabled={!can[deed]}
                onClick={() => {
                  if (can[deed]) store.act({ do: deed, from: link.a, to: link.b });
                }}
              >
                {labels[deed]}
              </button>
            ))}
            <button
              type="button"
              aria-expanded={more}
              aria-controls={`ck-more-${id}`}
              aria-describedby={`ck-link-${id}`}
              onClick={() => setMore(!more)}
            >
              More
            </button>
          </div>
        </td>
      </tr>
      {more ? <MoreRow link={link} store={store} ready={ready} /> : null}
    </>
  );
}

interface MoreProps {
  readonly link: LinkView;
  readonly store: LabStore;
  readonly ready: boolean;
}

function MoreRow({ link, store, ready }: MoreProps) {
  const [way, setWay] = useState<Way>('both');
  const id = `${link.a}-${link.b}`;
  return (
    <tr class="ck-more">
      <td colSpan={4}>
        <FaultChooser
          store={store}
          id={`ck-more-${id}`}
          row={`ck-link-${id}`}
          forms={linkForms}
          ready={ready}
          deedOf={(fault, amounts) => linkDeed(fault, link, way, amounts)}
        >
          <select
            aria-label="direction"
            aria-describedby={`ck-link-${id}`}
            value={way}
            onChange={(event) => setWay(asWay(event.currentTarget.value))}
          >
            <option value="both">both ways</option>
            <option value="forth">{`only ${link.a} → ${link.b}`}</option>
            <option value="back">{`only ${link.b} → ${link.a}`}</option>
          </select>
        </FaultChooser>
      </td>
    </tr>
  );
}

function asWay(value: string): Way {
  return value === 'forth' || value === 'back' ? value : 'both';
}
