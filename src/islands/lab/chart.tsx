// The live chart: requests per second above, latency p50 and p99 below, the reader's actions marked in both.
// uPlot comes as its own chunk when the charts are nearly in sight; without it (offline, blocked) the table below says
// the same.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveChart } from './chart-draw.ts';
import type { LabStore } from './lab-store.ts';
import type { SecondPoint } from './series.ts';
import { latency } from './words.ts';

const rowsShown = 12;

export function Chart({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const rate = useRef<HTMLDivElement>(null);
  const times = useRef<HTMLDivElement>(null);
  const chart = useRef<LiveChart | null>(null);
  const [missing, setMissing] = useState(false);
  const { model } = store.session;

  useEffect(() => {
    let gone = false;
    const draw = (): void => {
      import('./chart-draw.ts').then(
        ({ createLiveChart }) => {
          if (gone || rate.current === null || times.current === null) return;
          chart.current = createLiveChart([rate.current, times.current]);
          chart.current.show(store.session.model, store.untilNs);
        },
        () => setMissing(true),
      );
    };
    const near = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        draw();
      },
      { rootMargin: '20% 0px' },
    );
    if (rate.current !== null) near.observe(rate.current);
    return () => {
      gone = true;
      near.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [store]);
  useEffect(() => chart.current?.show(model, store.untilNs));

  return (
    <section class="ck-chart" aria-label="Charts">
      <p class="ck-legend" aria-hidden="true">
        <span class="ck-soft">per second</span>
        <span class="ck-key">answered</span>
        <span class="ck-key ck-key-lost">lost</span>
      </p>
      <div
        ref={rate}
        class="ck-plot"
        role="img"
        aria-label="Requests answered and lost per second over the run; the table below says the same."
      />
      <p class="ck-legend" aria-hidden="true">
        <span class="ck-soft">latency</span>
        <span class="ck-key ck-key-p50">p50</span>
        <span class="ck-key">p99</span>
      </p>
      <div
        ref={times}
        class="ck-plot ck-plot-latency"
        role="img"
        aria-label="Latency of the answers of each second, p50 and p99; the table below says the same."
      />
      {missing ? <p class="ck-soft">The chart could not be loaded; the table has its numbers.</p> : null}
      <ChartTable points={model.requests.points().slice(-rowsShown)} />
    </section>
  );
}

function ChartTable({ points }: { readonly points: readonly SecondPoint[] }) {
  return (
    <details class="ck-help">
      <summary>The chart as a table</summary>
      <table>
        <caption class="ck-hidden">The last {rowsShown} seconds</caption>
        <thead>
          <tr>
            <th scope="col">second</th>
            <th scope="col" class="ck-number">
              answered
            </th>
            <th scope="col" class="ck-number">
              lost
            </th>
            <th scope="col" class="ck-number">
              p50
            </th>
            <th scope="col" class="ck-number">
              p99
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.second}>
              <th scope="row">{point.second}</th>
              <td class="ck-number">{point.answered}</td>
              <td class="ck-number">{point.lost}</td>
              <td class="ck-number">{latency(point.p50Ms)}</td>
              <td class="ck-number">{latency(point.p99Ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
