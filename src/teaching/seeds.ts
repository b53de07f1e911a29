// Which numbers a student is asked: a seed from the assignment's salt, the question and the student's code. Pure; the
// grader finds the same seed again. Used by score.ts, and by whatever shows an assignment's questions.
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** From 1 to 2^31 - 1. `question` is its questionName. Lengths stand before the parts, so that none can spill over. */
export function seedOf(salt: string, question: string, student: string): number {
  const words = [salt, question, student.normalize('NFC')].map((part) => `${part.length}:${part}`);
  const digest = sha256(utf8ToBytes(words.join('')));
  const number = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
  return (number % (2 ** 31 - 1)) + 1;
}
