// Splits an inline command into words, with quotes and escapes as Redis knows them: "a\x00b\n", 'it\'s'.
// Refuses a quote that is not closed, or closed in the middle of a word. Used by resp.ts.

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\x07' };
const isBlank = (character: string | undefined): boolean =>
  character !== undefined && ' \n\r\t\v\f\0'.includes(character);

/** The words of a line; undefined where its quotes are not balanced. */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (isBlank(line[at])) at++;
    if (at >= line.length) return words;
    let word = '';
    while (at < line.length && !isBlank(line[at])) {
      const character = line[at] ?? '';
      if (character !== '"' && character !== "'") {
        word += character;
        at++;
        continue;
      }
      const quoted = character === '"' ? doubleQuoted(line, at + 1) : singleQuoted(line, at + 1);
      if (quoted === undefined) return undefined;
      word += quoted.text;
      at = quoted.next;
      if (at < line.length && !isBlank(line[at])) return undefined;
    }
    words.push(word);
  }
}

interface Quoted {
  readonly text: string;
  /** After the closing quote. */
  readonly next: number;
}

function doubleQuoted(line: string, from: number): Quoted | undefined {
  let text = '';
  for (let at = from; at < line.length; at++) {
    const character = line[at] ?? '';
    if (character === '"') return { text, next: at + 1 };
    if (character !== '\\' || at + 1 >= line.length) {
      text += character;
      continue;
    }
    const hex = /^x([0-9a-fA-F]{2})/.exec(line.slice(at + 1, at + 4))?.[1];
    const escaped = line[at + 1] ?? '';
    text += hex === undefined ? (escapes[escaped] ?? escaped) : String.fromCharCode(Number.parseInt(hex, 16));
    at += hex === undefined ? 1 : 3;
  }
  return undefined;
}

function singleQuoted(line: string, from: number): Quoted | undefined {
  let text = '';
  for (let at = from; at < line.length; at++) {
    if (line[at] === "'") return { text, next: at + 1 };
    if (line[at] === '\\' && line[at + 1] === "'") at++;
    text += line[at];
  }
  return undefined;
}
