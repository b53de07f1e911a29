// Short answers in words: made alike, then compared with patterns. Pure. A pattern must match the whole answer.
// Refuses answers longer than a line: they are cut before any pattern sees them. Called by quiz.ts and quiz-file.ts.

/** What is done to every short answer before it is compared; shown beside the field. */
export const normalisation = 'Capitals, extra spaces, quotation marks and a final full stop do not matter.';

const lengthMax = 120;

export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .slice(0, lengthMax)
    .toLowerCase()
    .replaceAll(/["'`‘’“”]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/ ?[.!?]+$/, '');
}

/** Whether `pattern` matches the whole of an answer. Patterns see it normalised. */
export function accepts(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(normalised(text));
}
