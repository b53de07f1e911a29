// The Watch tool: what the cluster names to be watched (cluster.json, `watch`), and how busy each machine's CPU was.
// Says so where nothing was published yet or the runtime cannot tell. Opened by tools.tsx; drawn by watch-charts.tsx.
import type { ComponentChildren } from 'preact';
import { linesMax, NumberLine, TextLine, type WatchedEntry } from '../../grading/watched.ts';
import { wear } from './styles.ts';
import type { ToolProps } from './tools.tsx';
import styles from './watch.css?inline';
import { Numbers, Words } from './watch-charts.tsx';
import { linesOf, type NumberRow, type Span, spanOf } from './watch-rows.ts';

const marksMax = 100;
const eachWords = {
  last: 'at the end of each second',
  mean: 'mean of each second',
  most: 'highest of each second',
};

export function Watch({ store }: ToolProps) {
  wear(styles);
  store.pulse.value;
  const { model } = store.session;
  if (model.machines.length === 0)
    return (
      <p class="ck-soft">
        Run the cluster to see what its machines tell of themselves, and how busy they are.
      </p>
    );
  const span = spanOf(store.untilNs, model.nowNs);
  const acted = new Set(model.actions.map((action) => action.atNs / 1e9));
  const marks = [...acted].filter((at) => at >= span.from && at <= span.to).slice(-marksMax);
  const busy = store.data.cluster.machines.flatMap(({ name }): NumberRow[] => {
    const shares = model.utilization.of(name);
    if (shares === null) return [];
    const most = shares.length === 0 ? null : shares.reduce((a, b) => Math.max(a, b));
    return [{ name, now: shares.at(-1) ?? null, most, seconds: shares, first: 0 }];
  });
  return (
    <div class="ck-requests">
      {model.watched.map((entry) => (
        <Watched key={entry.spec.label} entry={entry} span={span} marks={marks} nowNs={model.nowNs} />
      ))}
      {busy.length === 0 ? null : (
        <Numbers
          label="How busy each machine is"
          rows={busy}
          kind="share"
          unit="of one core"
          heads={['last second', 'highest']}
          each="CPU"
          span={span}
          marks={marks}
        >
          <About>
            The share of each second of virtual time in which the machine computed. Near 100% its requests
            wait for one another: latency grows long before anything fails. The engine charges for work that
            waits for the clock to move; code that only passes something on costs nothing here, so a balancer
            shows 0%.
          </About>
        </Numbers>
      )}
    </div>
  );
}

interface WatchedProps {
  readonly entry: WatchedEntry;
  readonly span: Span;
  readonly marks: readonly number[];
  readonly nowNs: number;
}

function Watched({ entry, span, marks, nowNs }: WatchedProps) {
  const { label, kind, unit = '', each = 'last', about } = entry.spec;
  const lines = linesOf(entry);
  const below = (
    <>
      {lines.length === 0 ? <About>Nothing of it has been published yet.</About> : null}
      {entry.isCut ? <About>There are more than {linesMax} lines: the rest is left out.</About> : null}
      {about === undefined ? null : <About>{about}</About>}
    </>
  );
  if (kind === 'text') {
    const texts = lines.flatMap(({ name, line }) => (line instanceof TextLine ? [{ name, line }] : []));
    return (
      <Words label={label} lines={texts} nowNs={nowNs} span={span} marks={marks}>
        {below}
      </Words>
    );
  }
  const rows = lines.flatMap(({ name, line }): NumberRow[] => {
    if (!(line instanceof NumberLine)) return [];
    const { now, most, seconds, first } = line;
    return [{ name, now, most, seconds, first }];
  });
  return (
    <Numbers
      label={label}
      rows={rows}
      kind={kind}
      unit={unit}
      heads={['now', 'highest']}
      each={eachWords[each]}
      span={span}
      marks={marks}
    >
      {below}
    </Numbers>
  );
}

function About({ children }: { readonly children: ComponentChildren }) {
  return <p class="ck-soft">{children}</p>;
}
