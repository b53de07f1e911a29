// Tables as CSV (RFC 4180): reads quotes, either line end and a byte order mark; writes cells that no spreadsheet runs
// as a formula. Refuses a quote that never ends and tables too large to be a class. Pure. Used by moodle.ts, canvas.ts,
// extensions.ts and tables.ts.
import { RunProblem } from '../runtime/runtime.ts';

export type Row = readonly string[];
const CHARACTERS_MAX = 20_000_000;

/** Throws RunProblem. Lines with nothing on them are left out. */
export function parseCsv(name: string, source: string): Row[] {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  if (text.length > CHARACTERS_MAX) throw bad(name, 'a table of at most 20 MB', 'more');
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      const end = closing(text, at + 1);
      if (end < 0) throw bad(name, 'a closing quotation mark', `none for the one in row ${rows.length + 1}`);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    const rest = /[,\r\n]/g;
    rest.lastIndex = at;
    const stop = rest.exec(text)?.index ?? text.length;
    cell += text.slice(at, stop);
    row.push(cell);
    if (text[stop] === ',') {
      at = stop + 1;
      if (at < text.length) continue;
      row.push('');
    } else at = text.startsWith('\r\n', stop) ? stop + 2 : stop + 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}

export function csvText(rows: readonly Row[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/**
 * What a spreadsheet would run begins with = + - @, a tab or a return (OWASP, CSV injection), also in full width: an
 * apostrophe goes before it. Numbers stay numbers.
 */
export function cellText(text: string): string {
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(text);
  const safe = !isNumber && /^\s*[=+\-@＝＋－＠\t\r\n]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** At most `digits` after the point, without zeros at the end: the same text for the same number everywhere. */
export function numberText(value: number, digits = 2): string {
  return String(Number(value.toFixed(digits)));
}

function bad(file: string, expected: string, found: string): RunProblem {
  return new RunProblem({ file, expected, found, fix: 'export the table again.' });
}
