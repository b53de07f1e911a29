// The reader's own run beside a prediction: which runs count as the same scenario, how one that was done at another moment
// is moved, and that what a guest says of itself stays text. Pure; no cluster runs.
import { expect, test } from 'vitest';
import type { Action } from '../../src/datacenter/contract.ts';
import { type Own, type OwnRun, standingOf } from '../../src/grading/own-run.ts';
import type { Prediction } from '../../src/grading/predict.ts';

const theory = { label: 'l', text: 't' };
const kill = (second: number, machine = 'app2'): Action => ({ atNs: second * 1e9, do: 'kill', machine });
const prediction: Prediction = {
  chapter: 'c',
  id: 'p',
  ask: '?',
  seed: 1,
  why: 'w',
  again: { sandbox: 's', untilNs: 6e9, actions: [kill(2)], deeds: ['kill app2'] },
  parts: [
    {
      kind: 'choice',
      id: 'who',
      ask: '?',
      run: '',
      theory,
      measures: 'answeredBy',
      options: ['<b>one</b>', 'both'],
      matches: [{ is: 'app1' }, { is: 'app1, app2' }],
      holds: 0,
    },
    {
      kind: 'number',
      id: 'lost',
      ask: '?',
      run: '',
      theory,
      measures: 'lost',
      unit: '',
      value: 20,
      near: 1,
    },
    { kind: 'number', id: 'bound', ask: '?', run: '', theory, unit: '', value: 20, near: 1 },
    {
      kind: 'curve',
      id: 'when',
      ask: '?',
      run: '',
      theory,
      series: 'lost',
      unit: 'lost',
      seconds: [0, 1, 2, 3, 4],
      given: 1,
      values: [0, 0, 10, 10, 0],
      expected: [0, 0, 10, 10, 0],
      most: 20,
      near: 1,
      total: '',
      mark: { atSeconds: 2, words: 'kill' },
    },
  ],
};

/** Ten requests a second; after the kill all are lost for two seconds. */
function runOf(actions: readonly Action[], nowS: number, by = 'app1'): OwnRun {
  const killedMs = (actions[0]?.atNs ?? 1e15) / 1e6;
  const samples = Array.from({ length: nowS * 10 }, (_, index) => {
    const intendedMs = index * 100 + 50;
    const ok = intendedMs < killedMs || intendedMs > killedMs + 2000;
    return { atNs: (intendedMs + 5) * 1e6, intendedMs, latencyMs: 5, ok, by: ok ? by : '' };
  });
  const machines = [{ name: 'app1', role: 'server' as const }];
  return { sandbox: 's', seed: 7, original: true, nowNs: nowS * 1e9, actions, machines, samples };
}

function wholeOf(run: OwnRun): Own {
  const standing = standingOf(prediction, run);
  if (standing.is !== 'whole') throw new Error(`expected a whole run, found one that is ${standing.is}`);
  return standing.own;
}

test('a run of the same deeds counts when it has come as far', () => {
  expect(standingOf(prediction, runOf([kill(2)], 5))).toEqual({ is: 'underWay', untilSeconds: 6 });
  expect(wholeOf(runOf([kill(2)], 6)).parts).toEqual({
    who: { html: '<b>one</b>' },
    lost: { text: '20' },
    when: { values: [0, 0, 10, 10, 0] },
  });
  // What is done after that changes nothing.
  expect(wholeOf(runOf([kill(2), kill(6.5, 'app1')], 9))).toEqual(wholeOf(runOf([kill(2)], 6)));
});

test('a deed done later or earlier is moved to where the recorded run has it', () => {
  const later = wholeOf(runOf([kill(5.5)], 10));
  expect(later.moved).toEqual({ fromSeconds: 5.5, toSeconds: 2 });
  expect(later.parts['when']).toEqual({ values: [0, 0, 10, 10, 0] });
  const earlier = wholeOf(runOf([kill(1)], 5));
  expect(earlier.parts['when']).toEqual({ values: [Number.NaN, 0, 10, 10, 0] });
});

test('what is something else does not count', () => {
  const others: OwnRun[] = [
    runOf([], 9),
    runOf([kill(2, 'app1')], 9),
    runOf([kill(2), kill(3, 'app1')], 9),
    { ...runOf([kill(2)], 9), original: false },
    { ...runOf([kill(2)], 9), sandbox: 'other' },
    runOf([{ atNs: 2e9, do: 'input', machine: 'clients', text: '{"ratePerSecond": 9}\n' }], 9),
  ];
  expect(others.map((run) => standingOf(prediction, run).is)).toEqual(others.map(() => 'other'));
  const { again: _, ...only } = prediction;
  expect(standingOf(only, runOf([kill(2)], 9)).is).toBe('other');
});

test('names that a guest made up are text, and short', () => {
  const { parts } = wholeOf(runOf([kill(2)], 6, `<img src=x onerror=alert(1)>${'y'.repeat(500)}`));
  expect(parts['who']).toEqual({ text: `<img src=x onerror=alert(1)>${'y'.repeat(52)}` });
});
