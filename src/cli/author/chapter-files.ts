// data table: the files of a new chapter and of a new exercise, with `TO WRITE: …` wherever its author has the word.
// Pure. The chapter's lab, prediction and quiz can be read as they are; no program keeps the exercise's check.
// Called by cli/new.ts.
import type { Texts } from '../../runtime/sandbox.ts';

/** From exercises/NAME/. */
const shared = '../../../_shared';

const prose = (title: string, sandbox: string): string => `---
title: ${JSON.stringify(title)}
summary: "TO WRITE: one sentence of 20 to 200 letters, for lists and search"
opening: "TO WRITE: two or three sentences that end with the question the chapter answers"
minutes: 30
after: []
sandbox: ${sandbox}
---

TO WRITE: the chapter in 600 words or more, its programs shown by Code and its numbers by Measured

## What will happen?

<Predict id="first" />

<Lab />

## Check yourself

<Quiz />

TO WRITE: what to read on, each source shown by Cite with its key in content/references.yml

<Sources />
`;

const lab = (sandbox: string, scenario: string, file: string): string => `sandbox: ${sandbox}
title: "TO WRITE: the title of the lab"
scenario: ${scenario}
seed: 4711
open: [${file}]
about: "TO WRITE: what runs here, and what to try first"
predictions:
  - id: first
    ask: "TO WRITE: what the reader should guess before the run is shown"
    run: ${scenario}
    why: "TO WRITE: why it came so, with the numbers of the run"
    parts:
      - id: how-many
        kind: number
        ask: "TO WRITE: the question for one number of the run"
        value: requests
        near: 10
        theory: { label: "TO WRITE: which law", text: "TO WRITE: what it says" }
`;

const quiz = `title: Check yourself
questions:
  - id: first
    kind: one
    ask: "TO WRITE: a question; six in all, two of them whys, one with a number"
    options:
      - text: "TO WRITE: what is right"
        right: true
        feedback: "TO WRITE: what follows from it"
      - text: "TO WRITE: what many believe"
        feedback: "TO WRITE: where that thought goes wrong"
`;

/** `folder` as course.ts has it; `scenario` and `file` of the sandbox, the first that a reader meets. */
export function chapterFiles(
  folder: string,
  title: string,
  { sandbox, scenario, file }: { readonly sandbox: string; readonly scenario: string; readonly file: string },
): Texts {
  return {
    [`content/chapters/${folder}/index.mdx`]: prose(title, sandbox),
    [`content/chapters/${folder}/lab.yml`]: lab(sandbox, scenario, file),
    [`content/chapters/${folder}/quiz.yml`]: quiz,
  };
}

const exercise = (file: string): string => `title: "TO WRITE: two or three words"
text: >-
  TO WRITE: what goes wrong, what to change in ${file}, and each promise that must hold
edits: [${file}]
seeds: 4
limits: { seconds: 10, events: 60000 } # of one run
hints:
  - "TO WRITE: a hint that helps without the answer"
feedback:
  not-yet: >-
    TO WRITE: what was observed and why it happened; one text for start and one named as each folder of mistakes/
`;

const check = `// Judges the exercise by the run's trace. Pure, and alone in its module (types apart). Run once for each seed.
// TO WRITE: which promises it holds against a program
import type { Check, Finding } from '${shared}/check.ts';

/** Broken by every program until \`judge\` looks at the run. */
const unwritten: Finding = {
  name: 'what must hold',
  pass: false,
  expected: 'a promise that is looked for in run.events',
  found: 'none',
  feedback: 'not-yet',
};

export const check: Check = { seeds: 4, untilMs: 2000, plan: () => [], judge: () => [unwritten] };
`;

/** `source` is the file of the sandbox that the exercise lets edit; the solution begins as it. */
export function exerciseFiles(sandbox: string, name: string, file: string, source: string): Texts {
  const folder = `sandboxes/${sandbox}/exercises/${name}`;
  return {
    [`${folder}/exercise.yml`]: exercise(file),
    [`${folder}/check.ts`]: check,
    [`${folder}/start/${file}`]: source,
    [`${folder}/solution/${file}`]: source,
  };
}
