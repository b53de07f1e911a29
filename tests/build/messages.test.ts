// What authors are told when content is wrong: each message with file, line, expected, found, fix, word for word.
// And that inline text, regions and standard values come out as they should.
import { describe, expect, it } from 'vitest';
import { inlineHtml } from '../../src/build/inline.ts';
import { parseLab, sandboxFor } from '../../src/build/lab-file.ts';
import { parseQuiz } from '../../src/build/quiz-file.ts';
import { regionOf } from '../../src/build/regions.ts';
import { inWords } from '../../src/build/series.ts';
import { printed } from '../../src/build/values.ts';
import { standardValues } from '../../src/grading/run-values.ts';

function complaintOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no complaint';
}

const option = (text: string, more = '') => `      - text: ${text}\n        feedback: because\n${more}`;
const quiz = (options: string) =>
  `questions:\n  - id: q\n    kind: one\n    ask: Why?\n    options:\n${options}`;

describe('quiz.yml', () => {
  const complaint = (text: string) => complaintOf(() => parseQuiz('quiz.yml', text));

  it('must have feedback on every option', () => {
    expect(complaint(quiz(`${option('a', '        right: true\n')}      - text: b\n`))).toBe(
      'quiz.yml:9:9: expected `feedback` (string) in questions 1, options 2, found none: add `feedback:` there.',
    );
  });

  it('must have one right option where one is asked for', () => {
    expect(complaint(quiz(option('a') + option('b')))).toBe(
      'quiz.yml:2:5: expected exactly one option with `right: true`, found 0: mark the right one, or make the question `kind: many`.',
    );
  });

  it('must have known keys, ids of their own and be YAML', () => {
    expect(complaint(quiz(option('a', '        right: true\n') + option('b', '        rihgt: true\n')))).toBe(
      'quiz.yml:9:9: expected only the known keys in questions 1, options 2, found `rihgt`: remove it or correct its spelling.',
    );
    const good = quiz(option('a', '        right: true\n') + option('b'));
    expect(complaint(good)).toBe('no complaint');
    expect(complaint(`${good}${good.replace('questions:\n', '')}`)).toContain(
      'expected each question id once, found `q` again: give it an id of its own.',
    );
    expect(complaint('questions: [')).toMatch(
      /^quiz\.yml:1:\d+: expected YAML, found .+: correct it there\.$/,
    );
  });
});

describe('lab.yml', () => {
  it('must say what is missing', () => {
    const message = complaintOf(() =>
      parseLab('lab.yml', 'sandbox: load-balancer\ntitle: A lab\nabout: it\nscenario: calm\nopen: [a.ts]\n'),
    );
    expect(message).toBe('lab.yml:1:1: expected `seed` (number) in the file, found none: add `seed:` there.');
  });
});

describe('a sandbox that prose asks for', () => {
  const lab = parseLab(
    'lab.yml',
    'sandbox: a\nalso: [b]\ntitle: A lab\nabout: it\nscenario: calm\nopen: [a.ts]\nseed: 1\n',
  );
  it("is the lab's own where none is named, or one that lab.yml names", () => {
    expect([sandboxFor(lab), sandboxFor(lab, 'a'), sandboxFor(lab, 'b')]).toEqual(['a', 'a', 'b']);
  });
  it('is no other', () => {
    expect(complaintOf(() => sandboxFor(lab, 'c'))).toBe(
      "lab.yml: expected a sandbox of the chapter (a, b), found 'c': correct the name, or add it to `also`.",
    );
  });
});

describe('regions', () => {
  const source = 'a;\n// #region one\n  b;\n  // #region two\n    c;\n  // #endregion\n// #endregion\n';
  it('are cut without their markers and common indentation', () => {
    expect(regionOf('x.ts', source, 'one')).toEqual({
      name: 'one',
      firstLine: 3,
      text: 'b;\n  c;',
      lineNumbers: [3, 5],
    });
    expect(regionOf('x.ts', source, undefined).lineNumbers).toEqual([1, 3, 5]);
  });
  it('that are wrong are told apart', () => {
    expect(complaintOf(() => regionOf('x.ts', source, 'three'))).toBe(
      'x.ts: expected region `three`, found regions one and two: use one of those, or write // #region three … // #endregion around the lines.',
    );
    expect(complaintOf(() => regionOf('x.ts', '// #region a\nx', 'a'))).toBe(
      'x.ts:1: expected // #endregion after region `a`, found the end of the file: close it.',
    );
    expect(complaintOf(() => regionOf('x.ts', 'x\n// #endregion', 'a'))).toBe(
      'x.ts:2: expected a region to be open here, found #endregion without #region: remove it.',
    );
  });
});

describe('inline text', () => {
  it('knows code, emphasis, links and measured values, and escapes the rest', () => {
    const html = inlineHtml(
      '`a<b` *so* **very** [x](/y/) {kill:lost} <script>',
      (run, value) => `${run}/${value}`,
    );
    expect(html).toBe(
      '<code>a&lt;b</code> <em>so</em> <strong>very</strong> <a href="/y/">x</a> kill/lost &lt;script&gt;',
    );
    expect(inlineHtml('[x](javascript:alert(1))', () => '')).not.toContain('href');
  });
});

describe('values of a run', () => {
  const sample = (id: number, by: string, ok: boolean) => ({
    id,
    intendedMs: id * 1000,
    latencyMs: 10 + id,
    ok,
    status: ok ? 200 : 502,
    by,
    error: '',
  });
  it('are counted from its samples', () => {
    const machine = { name: 'app1', address: '', role: 'server', state: 'up', served: 2 } as const;
    const samples = [sample(0, 'app1', true), sample(1, '', false), sample(2, 'app1', true)];
    expect(standardValues({ seed: 7, untilNs: 3e9, samples, machines: [machine] })).toEqual({
      seed: 7,
      seconds: 3,
      sent: 3,
      answered: 2,
      lost: 1,
      p50Ms: 10,
      p99Ms: 12,
      maxMs: 12,
      answeredPerSecond: 2 / 3,
      answeredBy: '',
      'servedBy.app1': 2,
    });
  });
  it('are printed for people', () => {
    expect([1234, 26.44, 8.126, 151.6, 0].map((value) => printed(value))).toEqual([
      '1,234',
      '26.4',
      '8.13',
      '152',
      '0',
    ]);
    expect(inWords({ atNs: 0, do: 'powerOff', machine: 'app2' })).toBe('power off app2');
    expect(inWords({ atNs: 0, do: 'cut', from: 'a', to: 'b', oneWay: true })).toBe('cut a → b');
    expect(inWords({ atNs: 0, do: 'input', machine: 'a', text: '{"rate":200}\n' })).toBe('a: rate 200');
  });
});
