// Texts of a GIFT file: what stands for itself there, what is escaped, and what is cut out. Pure.
// Refuses (with null) a plain text that Moodle's reader would change whatever is written. Called by gift.ts.

/** `~ = # { } :` and the backslash mean something in GIFT; an empty line would end the question. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[\\~=#{}:]/g, '\\$&')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\n', '\\n');
}

/**
 * HTML with the mark that says so; also where nothing else would be assumed, for a text may begin with `[plain]`.
 * Links into the course's own site lead nowhere from Moodle: their words stay.
 */
export function html(source: string): string {
  const text = source
    .replaceAll(/<a href="[/#][^"]*">(.*?)<\/a>/gs, '$1')
    // An arrow divides pairs; `&&` and three digits is how Moodle's reader puts escaped letters aside.
    .replaceAll('->', '-&gt;')
    .replaceAll(/&(?=&)/g, '&amp;')
    .trim();
  return `[html]${escaped(text)}`;
}

/** Where GIFT has no markup: choices of a matching question, short answers. Null where it cannot be said. */
export function plain(text: string): string | null {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return /&&\d{3}/.test(line) ? null : escaped(line);
}

/** A folder of Moodle's question bank. Its reader takes only the backslash for itself there. */
export function category(path: readonly string[]): string {
  const names = path.map((name) => name.replaceAll(/\s+/g, ' ').trim().replaceAll('/', '//'));
  return `$CATEGORY: ${['$course$', 'top', ...names].join('/').replaceAll('\\', '\\\\')}`;
}

/** The words of HTML, its marks taken away. */
export function wordsOf(source: string): string {
  return source
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
