// `brownout` as a whole: help, unknown words, scenarios with their hash, exercises with their first failure.
// And the bench's report, from made-up figures: its speed is never asserted.
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { measureBoot } from '../../src/cli/bench/boot.ts';
import { type Figures, figuresAsJson, figuresAsTable } from '../../src/cli/bench/report.ts';
import { inWords, spreadOf } from '../../src/cli/bench/spread.ts';
import { numberOption, readOptions, UsageError } from '../../src/cli/command.ts';
import { sandboxFromDisk } from '../sandboxes/read.ts';
import { brownout } from './command-line.ts';

test('help lists the commands, and each has its own', async () => {
  const { code, out } = await brownout(['--help']);
  expect(code).toBe(0);
  const names = [...out.matchAll(/^ {2}(\w+) {2,}/gm)].map((match) => match[1]);
  expect(names).toEqual([
    'exec',
    'run',
    'check',
    'new',
    'grade',
    'key',
    'experiments',
    'lab',
    'take',
    'gift',
    'package',
    'bench',
    'conformance',
  ]);
  for (const name of names) {
    const own = await brownout([String(name), '--help']);
    expect(own.out).toMatch(new RegExp(`^Usage: brownout ${name} `));
    expect(own.code).toBe(0);
  }
});

test('an unknown command is named, with those there are', async () => {
  expect(await brownout(['fly'])).toEqual({
    code: 2,
    out: '',
    err: "brownout: expected a command (exec, run, check, new, grade, key, experiments, lab, take, gift, package, bench, conformance), found 'fly': see `brownout --help`\n",
  });
});

test('run prints the same hash twice, and another for another seed', async () => {
  const run = async (...more: string[]) =>
    JSON.parse((await brownout(['run', 'shared-hosting', '--scenario', 'calm', '--json', ...more])).out) as {
      hash: string;
      seed: number;
      passed: boolean;
    };
  const [first, second, other] = [await run(), await run(), await run('--seed', '1')];
  expect(first.hash).toMatch(/^[0-9a-f]{16}$/);
  expect(second).toEqual(first);
  expect(first.passed).toBe(true);
  expect([other.seed, other.hash === first.hash]).toEqual([1, false]);
});

test('run names the sandboxes and scenarios there are', async () => {
  const stranger = await brownout(['run', 'load-balancer', '--scenario', 'storm']);
  expect(stranger.err).toMatch(
    /^brownout: expected --scenario with one of calm, drain, freeze-app, .*, found 'storm': name one of them\n$/,
  );
  expect(stranger.code).toBe(2);
  const nowhere = await brownout(['run', 'load-balance', '--scenario', 'calm']);
  expect(nowhere.err).toMatch(
    /^brownout: expected the sandbox 'load-balance' .*, found .*load-balancer\/cluster\.json.*: correct the name\n$/,
  );
  expect(nowhere.code).toBe(1);
});

test('check names seed, time and the command of the first failure; the solution passes', async () => {
  const start = await brownout(['check', 'load-balancer/retry']);
  expect(start.code).toBe(1);
  expect(start.out).toMatch(
    /^0 of 50 seeds kept every promise\nseed=1, at \d+\.\d{3} s: .*expected .*found /,
  );
  expect(start.out).toMatch(/\nagain: npx brownout check load-balancer\/retry --seed 1\n$/);
  const files = 'sandboxes/load-balancer/exercises/retry/solution';
  const solved = await brownout(['check', 'load-balancer/retry', '--seed', '7', '--files', files]);
  expect(solved).toEqual({ code: 0, out: '1 of 1 seeds kept every promise\n', err: '' });
});

test('check names the exercises there are', async () => {
  expect(await brownout(['check', 'load-balancer/again'])).toEqual({
    code: 2,
    out: '',
    err: "brownout: expected an exercise of load-balancer (retry), found 'again': correct the name\n",
  });
});

test('options are read with and without `=`, and wrong ones are refused', () => {
  const known = { seed: 'N', json: null };
  expect(readOptions('x', ['--seed=1', 'a', '--json', '--seed', '2'], known)).toEqual({
    options: { seed: ['1', '2'], json: [''] },
    words: ['a'],
  });
  expect(readOptions('x', ['a', '--json'], known, true).words).toEqual(['a', '--json']);
  expect(() => readOptions('x', ['--seed'], known)).toThrow(UsageError);
  expect(() => readOptions('x', ['--json=1'], known)).toThrow(UsageError);
  const seed = (text: string) =>
    numberOption(readOptions('x', [`--seed=${text}`], known), 'seed', { least: 0, most: 9, whole: true });
  expect(seed('9')).toBe(9);
  for (const wrong of ['10', '-1', '1.5', '', 'NaN']) expect(() => seed(wrong)).toThrow(UsageError);
});

test('the bench finds the first answer of the data center and of real processes', async () => {
  const figures = await measureBoot(sandboxFromDisk('load-balancer'), resolve('sandboxes/load-balancer'), 1);
  const { virtualMs: _, ...spreads } = figures;
  for (const [name, spread] of Object.entries(spreads))
    expect([name, spread.median > 0]).toEqual([name, true]);
});

test('the bench reports medians with their spread, and null for what was not measured', () => {
  const spread = spreadOf([3, 1, 2, 4]);
  expect(spread).toEqual({ median: 2.5, least: 1, most: 4, tries: 4 });
  expect(inWords(spread, 1)).toBe('2.5 (1.0 to 4.0)');
  const bytes = { html: 5, css: 20, js: 300, json: 0, other: 7 };
  const firstAnswers = { coldMs: spread, warmMs: spreadOf([7]) };
  const boots = { coldBootMs: spread, coldUpMs: spread, firstAnswers };
  const page = { before: bytes, lab: bytes, ...boots, browser: 'Chromium 1' };
  const scale = {
    bootManyMs: spread,
    bootFewMs: spread,
    mbPerMachine: spread,
    fewEventsPerSecond: spread,
    manyEventsPerSecond: spread,
    ratio: spreadOf([0.8]),
  };
  const figures: Figures = { computer: 'a test', scale, forward: { timesReal: spread }, page };
  expect(figuresAsJson(figures)).toMatchObject({
    bootRatio: null,
    coldBootMs: 2.5,
    firstAnswerColdMs: 2.5,
    firstAnswerWarmMs: 7,
    throughputRatio: null,
    scaleRatio: 0.8,
    boot100Ms: 2.5,
    mbPerMachine: 2.5,
    fastForwardX: 2.5,
    bytesBeforeIntent: 320,
    jsBytesBeforeIntent: 300,
    bytesLab: 332,
  });
  expect(figuresAsTable(figures)).toContain('bytesBeforeIntent (CSS and JS)');
});
