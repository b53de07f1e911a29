// NAME.submission.json, version 1: what a student put in, and nothing of what it earned. Refuses unknown fields (a score
// above all), more than the limits, code outside the files of an exercise, and work for another assignment. Every text
// in it is a stranger's. Pure. Written by the student's page; read by `brownout grade`.
import { z } from 'zod';
import type { Answer } from '../grading/quiz.ts';
import { RunProblem } from '../runtime/runtime.ts';
import { TRIES_MAX } from './assignment.ts';
import { readJson } from './explain.ts';

export const SUBMISSION_BYTES_MAX = 2_000_000;
const CODE_CHARACTERS_MAX = 200_000;
const FILES_MAX = 20;
const QUESTIONS_MAX = 2000;

const indices = z.array(z.number().int().min(-1).max(1000)).max(1000);
const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['one', 'many', 'line']), chosen: indices }),
  z.strictObject({ kind: z.literal('number'), value: z.number().nullable() }),
  z.strictObject({ kind: z.literal('text'), value: z.string().max(2000) }),
  z.strictObject({ kind: z.literal('order'), order: indices }),
  z.strictObject({ kind: z.literal('match'), matched: indices }),
]) satisfies z.ZodType<Answer>;

const key = z.string().max(300);
const bounded = <V extends z.ZodType>(value: V, most: number) =>
  z
    .record(key, value)
    .refine((all) => Object.keys(all).length <= most, `expected at most ${most} entries, found more`);
const said = z.union([z.number(), z.array(z.number().nullable()).max(2000)]);

export const submissionSchema = z.strictObject({
  format: z.literal('brownout-submission'),
  version: z.literal(1),
  assignment: z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits, found something else'),
  /** The code under which the student works: seeds depend on it. */
  student: z.string().trim().min(1).max(120),
  course: z.string().max(20),
  /** By questionName in assignment.ts. What is put in order counts places as they were shown. Times are the browser's, and only told. */
  answers: bounded(
    z.strictObject({
      tries: z
        .array(z.strictObject({ atMs: z.number().int().min(0), answer }))
        .min(1)
        .max(TRIES_MAX),
    }),
    QUESTIONS_MAX,
  ).default({}),
  /** By `sandbox/exercise`, then by file. */
  exercises: bounded(bounded(z.string().max(CODE_CHARACTERS_MAX), FILES_MAX), 200).default({}),
  /** By `chapter:prediction`, then by part. They earn nothing. */
  predictions: bounded(bounded(said, 50), 500).default({}),
});

export type Submission = z.output<typeof submissionSchema>;
export type Tries = Submission['answers'][string]['tries'];

/** Throws RunProblem, also where it answers another assignment than the one with `assignmentId`. */
export function readSubmission(name: string, bytes: Uint8Array, assignmentId: string): Submission {
  if (bytes.length > SUBMISSION_BYTES_MAX)
    throw new RunProblem({
      file: name,
      expected: `at most ${SUBMISSION_BYTES_MAX.toLocaleString('en-US')} bytes`,
      found: bytes.length.toLocaleString('en-US'),
      fix: 'ask for the file that the site exports.',
    });
  const submission = readJson(name, textOf(name, bytes), submissionSchema);
  if (submission.assignment === assignmentId) return submission;
  throw new RunProblem({
    file: name,
    expected: `work for this assignment (${assignmentId})`,
    found: `work for ${submission.assignment}`,
    fix: 'grade it with its own assignment file, or ask for the right work.',
  });
}

function textOf(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RunProblem({
      file: name,
      expected: 'text in UTF-8',
      found: 'other bytes',
      fix: 'ask for the file that the site exports.',
    });
  }
}
