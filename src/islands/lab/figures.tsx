// Three figures of the moment: answered per second, p99, lost so far.
// Numbers keep their width as they change. Rendered by lab.tsx from the model.
import type { LabStore } from './lab-store.ts';
import { latency } from './words.ts';

export function Figures({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { requests, nowNs } = store.session.model;
  return (
    <dl class="ck-figures">
      <div>
        <dt>answered /s</dt>
        <dd data-figure="rate">{requests.answeredPerSecond(nowNs)}</dd>
      </div>
      <div>
        <dt>p99, last 5 s</dt>
        <dd data-figure="p99">{latency(requests.recent(nowNs, 0.99))}</dd>
      </div>
      <div class={requests.lost > 0 ? 'ck-tone-down' : ''}>
        <dt>lost so far</dt>
        <dd data-figure="lost">{requests.lost.toLocaleString('en')}</dd>
      </div>
    </dl>
  );
}
