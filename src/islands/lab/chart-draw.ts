// Draws the two live charts with uPlot. Its own chunk. Colors come from the page's variables and change with its
// theme; line patterns differ too, so nothing hangs on color alone. Given a model; keeps nothing of it.
import uPlot from 'uplot';
import type { LabModel } from './model.ts';
import { wear } from './styles.ts';
import { latency, roundUp } from './words.ts';

export interface LiveChart {
  show(model: LabModel, untilNs: number): void;
  destroy(): void;
}

/** What uPlot's own sheet says of the parts that are used here: no title, no legend, no cursor. */
const uPlotStyles =
  '.uplot,.uplot *{box-sizing:border-box}.uplot{width:min-content}.u-wrap{position:relative;user-select:none}' +
  '.u-over,.u-under,.u-axis,.u-select{position:absolute}.u-under{overflow:hidden}.u-select{pointer-events:none}' +
  '.uplot canvas{display:block;position:relative;width:100%;height:100%}';

const plotHeight = 132;
/** Room above the highest tick, as a factor. */
const headroom = 1.06;

/** A color of the page as a canvas understands it: the variables hold light-dark(), which only elements resolve. */
function token(name: string, frame: Element): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  frame.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}

/** Vertical marks where the reader did something. */
function marks(actions: () => readonly number[], frame: Element): uPlot.Plugin {
  return {
    hooks: {
      drawAxes: (plot) => {
        const { ctx } = plot;
        ctx.save();
        ctx.strokeStyle = token('--soft', frame);
        ctx.lineWidth = devicePixelRatio;
        ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
        for (const at of actions()) {
          const x = Math.round(plot.valToPos(at, 'x', true));
          ctx.beginPath();
          ctx.moveTo(x, plot.bbox.top);
          ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
          ctx.stroke();
        }
        ctx.restore();
      },
    },
  };
}

function axisLatency(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : latency(ms);
}

function options(
  frame: HTMLElement,
  kind: 'rate' | 'latency',
  actions: () => readonly number[],
  until: () => number,
): uPlot.Options {
  const ink = token('--ink', frame);
  const soft = token('--soft', frame);
  const down = token('--down', frame);
  const grid = { stroke: token('--grid', frame), width: 1 };
  const font = `12px ${getComputedStyle(frame).fontFamily}`;
  const axis = { stroke: soft, grid, ticks: { show: false }, font };
  const series: uPlot.Series[] =
    kind === 'rate'
      ? [
          { stroke: ink, width: 1.6, points: { show: false } },
          { stroke: down, width: 1.6, dash: [5, 3], points: { show: false } },
        ]
      : [
          { stroke: soft, width: 1.6, dash: [2, 3], points: { show: false } },
          { stroke: ink, width: 1.6, points: { show: false } },
        ];
  return {
    width: Math.max(200, frame.clientWidth),
    height: kind === 'rate' ? plotHeight - 18 : plotHeight,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 20, kind === 'rate' ? 8 : 0, 0],
    plugins: [marks(actions, frame)],
    scales: {
      x: { time: false, range: () => [0, until()] },
      y: { range: (_plot, _min, max) => [0, roundUp(Math.max(10, max ?? 0)) * headroom] },
    },
    axes: [
      {
        ...axis,
        show: kind === 'latency',
        size: 26,
        values: (_plot, splits) => splits.map((split) => `${split} s`),
      },
      {
        ...axis,
        size: 58,
        splits: (_plot, _axis, min, max) => [min, max / 2 / headroom, max / headroom],
        values: (_plot, splits) =>
          splits.map((split) =>
            kind === 'rate' ? String(Math.round(split)) : split === 0 ? '0' : axisLatency(split),
          ),
      },
    ],
    series: [{}, ...series],
  };
}

/** Draws into two elements: requests per second, and latency. */
export function createLiveChart(frames: readonly [HTMLElement, HTMLElement]): LiveChart {
  wear(uPlotStyles);
  let actions: readonly number[] = [];
  let until = 30;
  let plots: uPlot[] = [];
  let data: uPlot.AlignedData[] = [];
  const build = (): void => {
    for (const plot of plots) plot.destroy();
    plots = frames.map((frame, index) => {
      const kind = index === 0 ? 'rate' : 'latency';
      return new uPlot(
        options(
          frame,
          kind,
          () => actions,
          () => until,
        ),
        data[index] ?? [[], [], []],
        frame,
      );
    });
  };
  build();
  const resize = new ResizeObserver(() => {
    for (const plot of plots)
      plot.setSize({ width: Math.max(200, frames[0].clientWidth), height: plot.height });
  });
  resize.observe(frames[0]);
  const theme = new MutationObserver(build);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', build);
  return {
    show(model, untilNs) {
      actions = model.actions.map((action) => action.atNs / 1e9);
      until = untilNs / 1e9;
      const points = model.requests.finished();
      // A second's value stands at its middle; the two ends keep the axis as long as the strip.
      const x = [...points.map((point) => point.second + 0.5), untilNs / 1e9];
      data = [
        [x, [...points.map((point) => point.answered), null], [...points.map((point) => point.lost), null]],
        [x, [...points.map((point) => point.p50Ms), null], [...points.map((point) => point.p99Ms), null]],
      ];
      plots.forEach((plot, index) => {
        plot.setData(data[index] ?? [[], [], []]);
      });
    },
    destroy() {
      resize.disconnect();
      theme.disconnect();
      scheme.removeEventListener('change', build);
      for (const plot of plots) plot.destroy();
    },
  };
}
