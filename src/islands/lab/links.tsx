// The table of links that packets have used (or that someone changed): cut, mend, delay, both ways or one.
// A delay is read from the row's own field; what is not a number from 0 to 10,000 is refused in place.
import { useState } from 'preact/hooks';
import type { LinkView } from '../../datacenter/contract.ts';
import type { LabStore } from './lab-store.ts';
import { roadKey } from './model.ts';
import { linkDeedWords } from './words.ts';

const delayMsMax = 10_000;

export function Links({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { model } = store.session;
  const links = model.links.filter(
    (link) => model.roads.has(roadKey(link.a, link.b)) || linkState(link) !== 'as built',
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
          {(['cut', 'mend', 'delay'] as const).map((deed) => (
            <div key={deed}>
              <dt>{linkDeedWords[deed].label}</dt>
              <dd>{linkDeedWords[deed].help}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function linkState(link: LinkView): string {
  const parts: string[] = [];
  if (link.cut[0] && link.cut[1]) parts.push('✕ cut');
  else if (link.cut[0]) parts.push(`✕ cut ${link.a} → ${link.b}`);
  else if (link.cut[1]) parts.push(`✕ cut ${link.b} → ${link.a}`);
  const [forth, back] = link.delayMs;
  if (forth === back && forth > 0) parts.push(`+${forth} ms`);
  else if (forth > 0) parts.push(`+${forth} ms → ${link.b}`);
  else if (back > 0) parts.push(`+${back} ms → ${link.a}`);
  const loss = Math.max(...link.loss);
  if (loss > 0) parts.push(`loses ${Math.round(loss * 100)}%`);
  return parts.length === 0 ? 'as built' : parts.join(', ');
}

function LinkRow({ link, store }: { readonly link: LinkView; readonly store: LabStore }) {
  const [way, setWay] = useState<'both' | 'forth' | 'back'>('both');
  const { model, status } = store.session;
  const ready = status === 'running' || status === 'paused' || status === 'ended';
  const [from, to] = way === 'back' ? [link.b, link.a] : [link.a, link.b];
  const ends = { from, to, ...(way === 'both' ? {} : { oneWay: true }) };
  const cut = link.cut.some(Boolean);
  const id = `ck-link-${link.a}-${link.b}`;
  const state = linkState(link);
  return (
    <tr>
      <th scope="row" id={id}>
        {link.a} – {link.b}
      </th>
      <td class={cut ? 'ck-state ck-tone-down' : 'ck-state'}>{state}</td>
      <td class="ck-number">
        {(model.roads.get(roadKey(link.a, link.b))?.packets ?? 0).toLocaleString('en')}
      </td>
      <td>
        <div class="ck-buttons">
          <select
            aria-label="direction"
            aria-describedby={id}
            value={way}
            onChange={(event) => setWay(asWay(event.currentTarget.value))}
          >
            <option value="both">both ways</option>
            <option value="forth">{`only ${link.a} → ${link.b}`}</option>
            <option value="back">{`only ${link.b} → ${link.a}`}</option>
          </select>
          <button
            type="button"
            title={linkDeedWords[cut ? 'mend' : 'cut'].help}
            aria-describedby={id}
            aria-disabled={!ready}
            onClick={() => {
              if (!ready) return;
              if (cut) store.act({ do: 'mend', from: link.a, to: link.b });
              else store.act({ do: 'cut', ...ends });
            }}
          >
            {cut ? 'Mend' : 'Cut'}
          </button>
          <DelayField id={id} ready={ready} act={(ms) => store.act({ do: 'delay', ...ends, ms })} />
        </div>
      </td>
    </tr>
  );
}

function DelayField(props: { id: string; ready: boolean; act: (ms: number) => void }) {
  const { id, ready, act } = props;
  const [delay, setDelay] = useState('200');
  const ms = Number(delay);
  const wrong = delay.trim() === '' || !Number.isFinite(ms) || ms < 0 || ms > delayMsMax;
  return (
    <span class="ck-joined">
      <input
        type="number"
        min={0}
        max={delayMsMax}
        step={10}
        aria-label="delay in milliseconds"
        aria-describedby={id}
        aria-invalid={wrong}
        value={delay}
        onInput={(event) => setDelay(event.currentTarget.value)}
      />
      <span aria-hidden="true">ms</span>
      <button
        type="button"
        title={linkDeedWords.delay.help}
        aria-describedby={id}
        aria-disabled={!ready || wrong}
        onClick={() => {
          if (ready && !wrong) act(ms);
        }}
      >
        Delay
      </button>
      {wrong ? (
        <span class="ck-wrong">a number of milliseconds from 0 to {delayMsMax.toLocaleString('en')}</span>
      ) : null}
    </span>
  );
}

function asWay(value: string): 'both' | 'forth' | 'back' {
  return value === 'forth' || value === 'back' ? value : 'both';
}
