// The Requests tool: the latest, lost or slowest requests, and for any of them what led to its fate: its hops with
// their times as a table with bars, and what had been done on its way. Opened by tools.tsx.
import { useRef, useState } from 'preact/hooks';
import type { LabStore } from './lab-store.ts';
import type { SeenRequest, Span } from './request-log.ts';
import { hostOf, story } from './request-story.ts';
import type { ToolProps } from './tools.tsx';
import { latency, seconds } from './words.ts';

const shown = 8;
const kinds = [
  ['newest', 'Newest'],
  ['lost', 'Lost'],
  ['slowest', 'Slowest'],
] as const;
type Kind = (typeof kinds)[number][0];

export function Requests({ store }: ToolProps) {
  store.pulse.value;
  const [kind, setKind] = useState<Kind>('newest');
  const [chosen, setChosen] = useState<SeenRequest | null>(null);
  const detail = useRef<HTMLHeadingElement>(null);
  const rows = store.session.model.requestLog.list(kind, shown);
  const choose = (request: SeenRequest): void => {
    store.session.pause();
    setChosen(request);
    requestAnimationFrame(() => detail.current?.focus());
  };
  return (
    <div class="ck-requests">
      <div class="ck-buttons">
        <fieldset class="ck-speed">
          <legend class="ck-hidden">Which requests</legend>
          {kinds.map(([name, label]) => (
            <label key={name}>
              <input type="radio" name="ck-requests" checked={kind === name} onChange={() => setKind(name)} />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <span class="ck-soft">Choosing one pauses the run.</span>
      </div>
      <div class={chosen === null ? '' : 'ck-beside'}>
        {rows.length === 0 ? (
          <p class="ck-soft">{kind === 'lost' ? 'None was lost so far.' : 'None yet: press Run.'}</p>
        ) : (
          <RequestTable rows={rows} chosen={chosen} choose={choose} />
        )}
        {chosen === null ? null : (
          <section class="ck-story" aria-labelledby="ck-story-title">
            <h4 id="ck-story-title" ref={detail} tabIndex={-1}>
              What led to this? <code>{chosen.asked}</code>
            </h4>
            <Story store={store} request={chosen} />
          </section>
        )}
      </div>
    </div>
  );
}

function RequestTable(props: {
  rows: readonly SeenRequest[];
  chosen: SeenRequest | null;
  choose: (request: SeenRequest) => void;
}) {
  const { rows, chosen, choose } = props;
  return (
    <table class="ck-table">
      <caption class="ck-hidden">Requests</caption>
      <thead>
        <tr>
          <th scope="col" class="ck-number">
            due
          </th>
          <th scope="col">asked</th>
          <th scope="col">fate</th>
          <th scope="col" class="ck-number">
            took
          </th>
          <th scope="col">
            <span class="ck-hidden">its story</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.id} ${row.atNs}`} aria-current={row.id === chosen?.id ? 'true' : undefined}>
            <td class="ck-number">{seconds(row.atNs - row.latencyMs * 1e6, 3)}</td>
            <td>
              <code>{row.asked}</code>
            </td>
            <td class={row.ok ? 'ck-tone-ok' : 'ck-tone-down'}>
              {row.ok ? `● ${row.status} ${row.by}` : `✕ ${row.error === '' ? row.status : row.error}`}
            </td>
            <td class="ck-number">{latency(row.latencyMs)}</td>
            <td>
              <button type="button" aria-label={`Why? What led to ${row.asked}`} onClick={() => choose(row)}>
                Why?
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Story({ store, request }: { readonly store: LabStore; readonly request: SeenRequest }) {
  const { model } = store.session;
  const spans = model.requestLog.spans(request);
  const fromNs = request.atNs - request.latencyMs * 1e6;
  const toNs = Math.max(request.atNs, ...spans.map((span) => span.toNs ?? 0));
  return (
    <>
      <ul class="ck-told">
        {story(request, spans, model.actions).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {spans.length === 0 ? (
        <p class="ck-soft">Its hops are no longer kept: only those of the latest requests are.</p>
      ) : (
        <table class="ck-table ck-hops">
          <caption class="ck-hidden">Its hops, in the order in which they began</caption>
          <thead>
            <tr>
              <th scope="col">hop</th>
              <th scope="col" class="ck-number">
                began
              </th>
              <th scope="col">ended</th>
              <th scope="col" class="ck-wide">
                <span aria-hidden="true">0 to {latency((toNs - fromNs) / 1e6)}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {spans.map((span, index) => (
              <Hop key={`${span.machine} ${span.side} ${index}`} span={span} fromNs={fromNs} toNs={toNs} />
            ))}
          </tbody>
        </table>
      )}
      <div class="ck-buttons">
        <button type="button" onClick={() => store.goTo(Math.max(0, fromNs - 1e6), true)}>
          Go to just before it
        </button>
      </div>
    </>
  );
}

function Hop({
  span,
  fromNs,
  toNs,
}: {
  readonly span: Span;
  readonly fromNs: number;
  readonly toNs: number;
}) {
  const whole = Math.max(1, toNs - fromNs);
  const left = Math.max(0, ((span.fromNs - fromNs) / whole) * 100);
  const width = Math.max(0.5, (((span.toNs ?? toNs) - span.fromNs) / whole) * 100);
  const failed = span.error !== '' || (span.status ?? 0) >= 500;
  const tone = span.toNs === null ? 'ck-tone-slow' : failed ? 'ck-tone-down' : 'ck-tone-ok';
  const end =
    span.toNs === null
      ? '… nothing came back'
      : `${failed ? '✕' : '●'} ${span.error === '' ? (span.status ?? 'done') : span.error}`;
  return (
    <tr>
      <th scope="row">
        {span.side === 'client' ? `${span.machine} asks ${hostOf(span.peer)}` : `${span.machine} serves`}
      </th>
      <td class="ck-number">{latency((span.fromNs - fromNs) / 1e6)}</td>
      <td class={tone}>{end}</td>
      <td class="ck-wide" aria-hidden="true">
        <span
          class={`ck-span ${tone} ck-span-${span.side}`}
          style={`margin-left:${left}%;width:${Math.min(width, 100 - left)}%`}
        />
      </td>
    </tr>
  );
}
