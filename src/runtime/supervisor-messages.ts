// What a supervisor may say, checked line by line before anyone believes it: programs of strangers print beside it.
// Called by real-running.ts. Anything else ends the run.
import * as z from 'zod/mini';
import { batchShape, complaintSchema } from './messages.ts';
import type { Answer } from './supervisor/lines.ts';

const call = z.int();
const place = z.string().check(z.regex(/^[a-z0-9.-]+:\d{1,5}$/i), z.maxLength(300));
const answer = z.union([
  z.object({
    call,
    batch: z.object({ ...batchShape, leftOut: z.int() }),
    places: z.optional(z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]*:\d{1,5}$/)), place)),
  }),
  z.object({ call, refused: complaintSchema }),
  z.object({ call, failed: z.string().check(z.maxLength(10_000)) }),
  z.object({ call, stopped: z.literal(true) }),
]);

/** The line as an answer, or null where it is none. Never throws. */
export function readAnswer(line: string): Answer | null {
  try {
    const result = answer.safeParse(JSON.parse(line));
    return result.success ? (result.data as Answer) : null;
  } catch {
    return null;
  }
}
