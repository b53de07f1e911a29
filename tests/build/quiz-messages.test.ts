// What authors of a quiz are told when it is wrong, word for word: the place, what was expected, what was found, and
// how to mend it. Files, regions and programs are those of the load-balancer sandbox; none of these needs a run.
import { describe, expect, it } from 'vitest';
import { parseQuiz, readyQuiz } from '../../src/build/quiz-file.ts';

async function complaint(text: string): Promise<string> {
  try {
    await readyQuiz('c', parseQuiz('quiz.yml', text), 'load-balancer');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no complaint';
}

/** A quiz of one question; line 2 is its id, line 3 its kind, line 4 its text. */
const quiz = (kind: string, rest: string) =>
  `questions:\n  - id: q\n    kind: ${kind}\n    ask: How many {apps}?\n${rest.replace(/^/gm, '    ')}\n`;

describe('any question', () => {
  it('must be of a known kind', async () => {
    expect(await complaint(quiz('guess', ''))).toBe(
      "quiz.yml:3:11: expected questions 1, kind to be right (Invalid discriminator value. Expected 'one' | 'many' | 'number' | 'order' | 'match' | 'text' | 'bug' | 'trace' | 'trace-line'), found \"guess\": correct it there.",
    );
  });
  it('must have all that its kind has', async () => {
    expect(
      await complaint(
        quiz('match', 'pairs:\n  - { left: a, right: b, feedback: c }\n  - { left: a, right: b }'),
      ),
    ).toBe(
      'quiz.yml:7:9: expected `feedback` (string) in questions 1, pairs 2, found none: add `feedback:` there.',
    );
  });
});

describe('a number', () => {
  const number = (more: string, answer = 'lost', text = 'So {lost}.') =>
    quiz(
      'number',
      `parameters:\n  apps: { from: 3, to: 5 }\nformulas:\n  lost: apps * 30\nanswer: ${answer}\ntolerance: 1\nfeedback:\n  right: ${text}\n  wrong: No.\n${more}`,
    );

  it('is ready where formulas and texts agree', async () => {
    expect(await complaint(number(''))).toBe('no complaint');
  });
  it('must have formulas that can be read', async () => {
    expect(await complaint(number('', 'lost *'))).toBe(
      'quiz.yml:9:13: expected a number, a name or (, found the end in `lost *`: correct the formula.',
    );
    expect(await complaint(number('', 'loss'))).toBe(
      "quiz.yml:9:13: expected one of apps, lost, found 'loss' in `loss`: correct the formula.",
    );
  });
  it('must name only parameters and formulas in its texts', async () => {
    expect(await complaint(number('', 'lost', "'So {loss}.'"))).toBe(
      'quiz.yml:12:14: expected the name of a parameter or formula, found {loss}: use one of apps and lost, or add it to `parameters` or `formulas`.',
    );
  });
  it('must have an answer for every draw, and mistakes that are none of them right', async () => {
    expect(await complaint(number('', '1 / (apps - 4)'))).toBe(
      'quiz.yml:9:13: expected an answer that is a number and is accepted, found Infinity within 1 with apps = 4, lost = 120: correct the formulas, or narrow the parameters.',
    );
    expect(await complaint(number('  mistakes:\n    - { is: 120, feedback: Always 120. }'))).toBe(
      'quiz.yml:15:11: expected a mistake that is not right, found 119 to 121 for the answer 120 with apps = 4, lost = 120: correct the formulas, or narrow the parameters.',
    );
  });
  it('must have a range that goes upwards', async () => {
    expect(await complaint(number('').replace('to: 5', 'to: 2'))).toBe(
      'quiz.yml:6:13: expected questions 1, parameters, apps to be right (`from` below `to`), found {"from":3,"to":2}: correct it there.',
    );
  });
});

describe('a short text', () => {
  const text = (mistake: string) =>
    quiz(
      'text',
      `answer: idempotent\naccept: ['idempoten(?:ce|cy)']\nfeedback:\n  right: Yes.\n  wrong: No.\n  mistakes:\n    - ${mistake}`,
    );
  it('must have mistakes whose example their own pattern matches, and that are not right', async () => {
    expect(await complaint(text('{ pattern: safe, example: Safe., feedback: No. }'))).toBe('no complaint');
    expect(await complaint(text('{ pattern: Safe, example: safe, feedback: No. }'))).toBe(
      "quiz.yml:11:11: expected an `example` that this `pattern` is the first to match, found 'safe': correct the pattern or the example (patterns see small letters).",
    );
    expect(await complaint(text('{ pattern: idem.*, example: Idempotency, feedback: No. }'))).toBe(
      "quiz.yml:11:11: expected a mistake that is not accepted as right, found 'idempotency': narrow a pattern of `accept`.",
    );
    expect(await complaint(text("{ pattern: '(', example: x, feedback: No. }"))).toBe(
      'quiz.yml:11:22: expected questions 1, feedback, mistakes 1, pattern to be right (a regular expression), found "(": correct it there.',
    );
  });
});

describe('a line of a program', () => {
  const bug = (at: string, region = 'round-robin', file = 'pick.ts') =>
    quiz(
      'bug',
      `file: ${file}\nregion: ${region}\notherwise: No.\nlines:\n  - { at: '${at}', right: true, feedback: Yes. }`,
    );
  it('must be found, and only once, in a region and file that are there', async () => {
    expect(await complaint(bug('turn++'))).toBe('no complaint');
    expect(await complaint(bug('turn--'))).toBe(
      "quiz.yml:9:15: expected a text that is in exactly one line of load-balancer/pick.ts, found 'turn--' in none: copy a part of the line that no other line has.",
    );
    expect(await complaint(bug('turn'))).toContain("found 'turn' in 3: copy a part");
    expect(await complaint(bug('x', 'robin'))).toBe(
      "quiz.yml:6:13: expected one of the regions round-robin, least-connections and two-choices of sandboxes/load-balancer/pick.ts, found 'robin': use one of those, or write // #region robin … // #endregion around the lines.",
    );
    expect(await complaint(bug('x', 'watch', 'pickle.ts'))).toMatch(
      /^quiz\.yml:5:11: expected a file of sandboxes\/load-balancer, found 'pickle\.ts': use one of .*pick\.ts/,
    );
  });
});

describe('a trace', () => {
  it('must be of a run that there is', async () => {
    const text = quiz(
      'trace',
      'run: kill-ap\nrequest: { afterMs: 1, lost: true }\nbeforeMs: 1\nuntilMs: 1\noptions:\n  - { machine: app1, right: true, feedback: a }\n  - { machine: app2, feedback: b }',
    );
    expect(await complaint(text)).toBe(
      "quiz.yml:5:10: expected one of the runs calm, drain, freeze-app, kill-app, least-connections, power-off, slow-least-connections, slow-peak-ewma, slow-round-robin, slow-two-choices, found 'kill-ap': correct it, or write the scenario.",
    );
  });
});
