// A zone file cut into entries and words: parentheses, comments, quotes and blanks are done with after this.
// Refuses a quote or a parenthesis that is not closed. Called by zone-file.ts; pure.
import { Unreadable, type Word } from './zone-words.ts';

/** What stands between two ends of line that count: inside parentheses they do not. */
export interface Entry {
  readonly line: number;
  /** The line begins with a blank: its owner is that of the record before. */
  readonly isIndented: boolean;
  readonly words: readonly Word[];
}

/** Cuts a text into entries, and lines into words. */
export function* entriesOf(
  text: string,
  told: (line: number, problem: Unreadable) => void,
): Generator<Entry> {
  const token = /[ \t\r\f]+|;[^\n]*|\n|[()]|"(?:[^"\\\n]|\\[^\n])*"|(?:[^\s;()"\\]|\\[^\n])+|[\s\S]/gy;
  let line = 1;
  let depth = 0;
  let entry = { line, isIndented: false, words: [] as Word[] };
  let isFresh = true;
  for (const [found] of text.matchAll(token)) {
    if (found === '\n') {
      line++;
      if (depth > 0) continue;
      if (entry.words.length > 0) yield entry;
      entry = { line, isIndented: false, words: [] };
      isFresh = true;
      continue;
    }
    if (isFresh) entry.isIndented = /^[ \t]/.test(found);
    isFresh = false;
    if (found === '(') depth++;
    else if (found === ')' && depth > 0) depth--;
    else if (found === ')') told(line, new Unreadable('`(` before `)`', '`)`', 'take it away, or open it'));
    else if (found === '"' || found === '\\')
      told(line, new Unreadable('a text that ends on its line', `\`${found}\``, 'close the quote'));
    else if (!/^[\s;]/.test(found)) entry.words.push({ text: found, isQuoted: found.startsWith('"') });
  }
  if (depth > 0)
    told(entry.line, new Unreadable('`)` for the `(` of this record', 'the end of the file', 'close it'));
  else if (entry.words.length > 0) yield entry;
}
