// Predictions drawn by hand or put in order: strokes that stay on the paper and leave nothing out, what counts as said,
// how far from the run it was; and what authors are told of a curve that the run or the theory does not bear out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partSchema, readyPart } from '../../src/build/prediction-parts.ts';
import type { Recorded } from '../../src/build/recorded.ts';
import {
  blankCurve,
  type CurvePart,
  compare,
  onPaper,
  type Prediction,
  stepOf,
  stroke,
  unsaid,
} from '../../src/grading/predict.ts';

const theory = { label: 'l', text: 't' };
const curve: CurvePart = {
  kind: 'curve',
  id: 'when',
  ask: '?',
  run: '',
  theory,
  series: 'lost',
  unit: 'lost',
  seconds: [8, 9, 10, 11, 12, 13],
  given: 2,
  values: [0, 0, 30, 20, 0, 0],
  expected: [0, 0, 30, 30, 0, 0],
  most: 90,
  near: 5,
  total: 'all',
  mark: { atSeconds: 10, words: 'kill' },
};
const prediction: Prediction = {
  chapter: 'c',
  id: 'p',
  ask: '?',
  seed: 1,
  why: 'w',
  parts: [
    curve,
    { kind: 'order', id: 'tail', ask: '?', run: 'a, b, c', theory, items: ['a', 'b', 'c'], shown: [1, 2, 0] },
  ],
};

describe('a curve', () => {
  it('gets a value for every second a stroke crosses, on the paper, and keeps what is given', () => {
    const point = fc.record({
      index: fc.integer({ min: 0, max: 5 }),
      value: fc.double({ min: -50, max: 200, noNaN: true }),
    });
    fc.assert(
      fc.property(point, point, (from, to) => {
        const drawn = stroke(curve, blankCurve(curve), from, to);
        expect(drawn.slice(0, 2)).toEqual([0, 0]);
        drawn.slice(2).forEach((value, at) => {
          const index = at + 2;
          const crossed = index >= Math.min(from.index, to.index) && index <= Math.max(from.index, to.index);
          expect(Number.isFinite(value), `second ${index}`).toBe(crossed);
          if (crossed) expect(onPaper(curve, value)).toBe(value);
        });
      }),
    );
  });
  it('runs straight between two points, whichever way it is drawn, and can be drawn over', () => {
    const forth = stroke(curve, blankCurve(curve), { index: 2, value: 60 }, { index: 5, value: 0 });
    expect(forth).toEqual([0, 0, 60, 40, 20, 0]);
    expect(stroke(curve, blankCurve(curve), { index: 5, value: 0 }, { index: 2, value: 60 })).toEqual(forth);
    const dot = { index: 4, value: 33.4 };
    expect(stroke(curve, forth, dot, dot)).toEqual([0, 0, 60, 40, 33, 0]);
    expect([90, 100, 1500, 0.5, 7].map((most) => stepOf({ ...curve, most }))).toEqual([1, 1, 20, 0.005, 0.1]);
  });
  it('is said once it is whole, and close within its mean distance from the run', () => {
    const order = [0, 1, 2];
    expect(unsaid(prediction, { when: blankCurve(curve), tail: [0, 1] })).toEqual(['when', 'tail']);
    expect(unsaid(prediction, { when: curve.values, tail: [0, 0, 1] })).toEqual(['tail']);
    expect(unsaid(prediction, { when: 4, tail: 1 })).toEqual(['when', 'tail']);
    const said = (when: number[], tail = order) =>
      compare(prediction, { when, tail }).map(({ close, how, you }) => ({ close, how, you }));
    expect(said([0, 0, 30, 30, 10, 0])).toEqual([
      { close: true, how: 'close: 5 off in a second, on average', you: '' },
      { close: true, how: 'as the run', you: 'a, b, c' },
    ]);
    expect(said([0, 0, 30, 30, 30, 0], [0, 2, 1])).toEqual([
      { close: false, how: '10 off in a second, on average', you: '' },
      { close: false, how: '1 of 3 in their place', you: 'a, c, b' },
    ]);
  });
});

describe('a curve of lab.yml', () => {
  const sample = (id: number, ok: boolean) => ({
    id,
    intendedMs: id * 500,
    latencyMs: 5,
    ok,
    status: ok ? 200 : 502,
    by: ok ? 'app1' : 'balancer',
    error: '',
  });
  const run: Recorded = {
    name: 'kill-app',
    seed: 1,
    untilNs: 4e9,
    hash: '',
    asBuilt: true,
    samples: [0, 1, 2, 3, 4, 5, 6, 7].map((id) => sample(id, id < 2 || id > 5)),
    machines: [{ name: 'app1', address: '', role: 'server', state: 'up', served: 4 }],
    events: [{ seq: 0, atNs: 1e9, kind: 'action', action: { atNs: 1e9, do: 'kill', machine: 'app2' } }],
    packets: [],
    findings: [],
    values: {},
  };
  const entry = {
    id: 'when',
    kind: 'curve',
    ask: '?',
    unit: 'lost',
    series: 'lost',
    fromS: 0,
    drawS: 1,
    toS: 4,
    most: 9,
    near: 1,
    theory: { label: 'l', text: 't', steps: [{ fromS: 0, toS: 4, value: 1 }] },
  };
  const ready = (change: object) =>
    readyPart(partSchema.parse({ ...entry, ...change }), {
      sandbox: 'load-balancer',
      run,
      html: (text) => text,
      at: (...path) => ({ file: 'lab.yml', line: path.length, column: 1 }),
    });

  it('takes its values from the run, second by second', async () => {
    expect(await ready({})).toMatchObject({
      seconds: [0, 1, 2, 3],
      given: 1,
      values: [0, 2, 2, 0],
      expected: [1, 1, 1, 1],
      mark: { atSeconds: 1, words: 'kill app2' },
    });
    expect(await ready({ series: 'app1' })).toMatchObject({ values: [2, 0, 0, 2] });
  });
  it('that does not fit is refused, with the place and what to do', async () => {
    const refused: readonly [object, string][] = [
      [
        { toS: 5 },
        'lab.yml:1:1: expected `fromS` ≤ `drawS` < `toS` ≤ 4, the seconds of the run kill-app, found 0, 1, 5: correct them.',
      ],
      [
        { series: 'lots' },
        "lab.yml:1:1: expected one of the series lost, p99Ms, app1, found 'lots': correct it.",
      ],
      [
        { most: 1 },
        'lab.yml:1:1: expected a value up to `most` (1) in every second of the run kill-app, found 2 in second 1: raise `most`, or ask for other seconds.',
      ],
      [
        { series: 'p99Ms' },
        'lab.yml:1:1: expected a value up to `most` (9) in every second of the run kill-app, found none in second 1: raise `most`, or ask for other seconds.',
      ],
      [
        { theory: { ...entry.theory, steps: [{ fromS: 1, toS: 4, value: 1 }] } },
        'lab.yml:2:1: expected a step for every second from 0 to 4, found none for second 0: add one; its value may be 0.',
      ],
    ];
    for (const [change, message] of refused) await expect(ready(change)).rejects.toThrow(message);
  });
});
