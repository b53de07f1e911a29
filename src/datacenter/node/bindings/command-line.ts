// Reads command lines: `node [OPTIONS] FILE ARGUMENTS` into its parts, and a line of a shell into words.
// Refuses what only a shell could do (pipes, variables, redirection). Pure. Called by process-wrap.ts.

import { hasText } from '../loader/main.ts';

export interface CommandLine {
  /** Node's own options, before the file. */
  readonly options: readonly string[];
  /** The file and its arguments. */
  readonly command: readonly string[];
}

/** Options that take the word after them. */
const WITH_VALUE: ReadonlySet<string> = new Set([
  '-e',
  '--eval',
  '-p',
  '--print',
  '-pe',
  '-r',
  '--require',
  '--import',
  '-C',
  '--conditions',
  '--title',
]);

export function commandLine(words: readonly string[]): CommandLine {
  let at = 0;
  while (at < words.length && (words[at] ?? '').startsWith('-')) {
    if (words[at] === '--') return { options: words.slice(0, at), command: words.slice(at + 1) };
    at += WITH_VALUE.has(words[at] ?? '') ? 2 : 1;
  }
  const options = words.slice(0, at);
  return { options, command: hasText(options) ? ['[eval]', ...words.slice(at)] : words.slice(at) };
}

/** Words of a plain line, with quotes taken off; null where a shell would do more than split it. */
export function shellWords(line: string): string[] | null {
  const words: string[] = [];
  const pattern = /\s*(?:((?:[^\s"'\\|&;<>()$`*?#~]|"[^"\\$`]*"|'[^']*')+)|$)/y;
  while (pattern.lastIndex < line.length) {
    const match = pattern.exec(line);
    if (match === null) return null;
    const word = match[1];
    if (word === undefined) break;
    words.push(word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double, single) => String(double ?? single)));
  }
  return words;
}
