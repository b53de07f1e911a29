// The strip at the foot: the memory of the run. p99 as a line, lost requests as bars, what the reader did as marks;
// what lies ahead after a rewind is pale. A slider by pointer and by keys: moving it rewinds (replays) or goes on.
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Action } from '../../datacenter/contract.ts';
import type { LabStore } from './lab-store.ts';
import { type SecondPoint, thinned } from './series.ts';
import { deedLabel, seconds } from './words.ts';

const height = 132;
const top = 44;
const floor = 104;
const side = 10;
const pointsDrawnMax = 800;

interface Scale {
  x(ns: number): number;
  y(ms: number): number;
  readonly lostMax: number;
}

export function Strip({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { session } = store;
  const { model, ahead } = session;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [dragNs, setDragNs] = useState<number | null>(null);
  const until = store.untilNs;
  const all = model.requests.points();
  const points = thinned(all, pointsDrawnMax);
  const later = ahead === null ? [] : thinned(ahead.requests.points().slice(all.length - 1), pointsDrawnMax);
  const scale = makeScale([...points, ...later], until, width);
  const shownNs = dragNs ?? store.wantedNs.value ?? model.nowNs;
  const live = !session.isReal && !['idle', 'booting', 'failed'].includes(session.status);
  const atPointer = (event: PointerEvent): number => {
    const left = frame.current?.getBoundingClientRect().left ?? 0;
    const ns = ((event.clientX - left - side) / Math.max(1, width - side * 2)) * until;
    return Math.min(session.furthestNs, Math.max(0, ns));
  };
  return (
    <section class="ck-strip" aria-label="Timeline">
      <div
        ref={frame}
        class="ck-track"
        role="slider"
        tabIndex={0}
        aria-label="Moment of the run"
        aria-disabled={!live}
        aria-valuemin={0}
        aria-valuemax={Math.round(session.furthestNs / 1e8) / 10}
        aria-valuenow={Math.round(shownNs / 1e8) / 10}
        aria-valuetext={valueText(shownNs, session.recorded)}
        onKeyDown={(event) => {
          const next = live ? keyMove(event.key, event.shiftKey, shownNs, session.furthestNs) : null;
          if (next === null) return;
          event.preventDefault();
          store.goTo(next);
        }}
        onPointerDown={(event) => {
          if (!live || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          session.pause();
          setDragNs(atPointer(event));
        }}
        onPointerMove={(event) => {
          if (dragNs !== null) setDragNs(atPointer(event));
        }}
        onPointerUp={() => {
          if (dragNs !== null) store.goTo(dragNs);
          setDragNs(null);
        }}
        onPointerCancel={() => setDragNs(null)}
      >
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <Ground until={until} width={width} scale={scale} />
          <Curves points={points} scale={scale} nowNs={model.nowNs} pale={false} />
          <Curves points={later} scale={scale} nowNs={session.furthestNs} pale={true} />
          <ActionMarks actions={session.recorded} done={model.actions.length} scale={scale} width={width} />
          <g class="ck-now" transform={`translate(${scale.x(shownNs)} 0)`}>
            <path d={`M0 ${top - 8}V${floor + 4}`} />
            <circle cy={floor + 4} r={7} />
          </g>
        </svg>
      </div>
      <StripWords store={store} />
    </section>
  );
}

function useWidth(frame: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(600);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 600)));
    measure.observe(element);
    return () => measure.disconnect();
  }, [frame]);
  return width;
}

function StripWords({ store }: { readonly store: LabStore }) {
  const { session } = store;
  return (
    <p class="ck-soft ck-strip-help">
      p99 (line) and lost requests (bars).
      {session.isReal ? '' : ' Drag to rewind, or use the arrow keys: 1 s, with Shift 0.1 s.'}
      {session.pending.length > 0 ? (
        <b class="ck-pending">
          {' '}
          {session.pending.length === 1
            ? 'One action lies ahead: Run repeats it; do something else now and it is dropped.'
            : `${session.pending.length} actions lie ahead: Run repeats them; do something else now and they are dropped.`}
        </b>
      ) : null}
      {session.note === '' ? null : <b> {session.note}</b>}
      {session.replayMatched === true ? (
        <span> Replayed: the trace is the same as before, to the byte.</span>
      ) : null}
      {session.replayMatched === false ? (
        <b class="ck-tone-down">
          {' '}
          Replayed, but the trace differs from before. This is a fault of the engine; please report it.
        </b>
      ) : null}
    </p>
  );
}

export function keyMove(key: string, shift: boolean, nowNs: number, furthestNs: number): number | null {
  const step = shift ? 1e8 : 1e9;
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: nowNs - step,
    ArrowDown: nowNs - step,
    ArrowRight: nowNs + step,
    ArrowUp: nowNs + step,
    PageDown: nowNs - 5e9,
    PageUp: nowNs + 5e9,
    Home: 0,
    End: furthestNs,
  };
  const next = moves[key];
  return next === undefined ? null : Math.min(furthestNs, Math.max(0, next));
}

function valueText(ns: number, actions: readonly Action[]): string {
  const last = actions.findLast((action) => action.atNs <= ns);
  return last === undefined
    ? seconds(ns)
    : `${seconds(ns)}, after: ${deedLabel(last)} at ${seconds(last.atNs)}`;
}

function makeScale(points: readonly SecondPoint[], untilNs: number, width: number): Scale {
  const slowest = Math.max(50, ...points.map((point) => point.p99Ms ?? 0));
  return {
    x: (ns) => side + (ns / untilNs) * (width - side * 2),
    y: (ms) => floor - (ms / slowest) * (floor - top - 4),
    lostMax: Math.max(10, ...points.map((point) => point.lost)),
  };
}

function Ground({ until, width, scale }: { until: number; width: number; scale: Scale }) {
  const wanted = Math.max(2, Math.floor(width / 90));
  const step =
    [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600].find((one) => until / 1e9 / one <= wanted) ?? 7200;
  const ticks = Array.from({ length: Math.floor(until / 1e9 / step) + 1 }, (_, index) => index * step);
  return (
    <g class="ck-ground">
      <path d={`M${side} ${floor}H${width - side}`} />
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${scale.x(tick * 1e9)} ${floor}v5`} />
          <text
            x={scale.x(tick * 1e9)}
            y={floor + 24}
            text-anchor={tick === 0 ? 'start' : tick * 1e9 > until * 0.97 ? 'end' : 'middle'}
          >
            {tick} s
          </text>
        </g>
      ))}
    </g>
  );
}

function Curves(props: { points: readonly SecondPoint[]; scale: Scale; nowNs: number; pale: boolean }) {
  const { points, scale, nowNs, pale } = props;
  // A second stands at its middle; the running one not beyond now.
  const at = (point: SecondPoint): string => scale.x(Math.min((point.second + 0.5) * 1e9, nowNs)).toFixed(1);
  let line = '';
  let pen = 'M';
  for (const point of points) {
    if (point.p99Ms === null) {
      pen = 'M';
      continue;
    }
    line += `${pen}${at(point)} ${scale.y(point.p99Ms).toFixed(1)}`;
    pen = 'L';
  }
  const bars = points
    .filter((point) => point.lost > 0)
    .map((point) => {
      const tall = Math.max(3, (point.lost / scale.lostMax) * (floor - top - 10));
      return `M${at(point)} ${floor}v${-tall.toFixed(1)}`;
    })
    .join('');
  return (
    <g class={pale ? 'ck-curves ck-pale' : 'ck-curves'}>
      <path class="ck-bars" d={bars} />
      <path class="ck-line-p99" d={line} />
    </g>
  );
}

/** Labels stand in up to three rows; one that finds no room is left out (its mark stays). */
function ActionMarks(props: { actions: readonly Action[]; done: number; scale: Scale; width: number }) {
  const { actions, done, scale, width } = props;
  const ends = [0, 0, 0];
  return (
    <g>
      {actions.slice(-60).map((action, index) => {
        const x = scale.x(action.atNs);
        const label = deedLabel(action);
        const room = label.length * 7.3 + 10;
        const left = x + room > width;
        const start = left ? x - room : x;
        const row = ends.findIndex((end) => end <= start);
        if (row >= 0) ends[row] = start + room;
        const order = index + Math.max(0, actions.length - 60);
        return (
          <g key={`${action.atNs} ${label} ${order}`} class={order < done ? 'ck-mark' : 'ck-mark ck-pale'}>
            <path d={`M${x} ${row < 0 ? top - 6 : 4 + row * 14}V${floor}`} />
            {row < 0 ? null : (
              <text x={left ? x - 5 : x + 5} y={13 + row * 14} text-anchor={left ? 'end' : 'start'}>
                {label}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
