// Finds `pick.ts:9:3` and the like in what programs write, so that a line of a stack leads to the line in the editor.
// Pure. Paths on a machine's disk (/srv/<path below sandboxes/>) become paths of the workspace; others stay text.
import type { Place } from './lab-store.ts';

export interface TextPart {
  readonly text: string;
  readonly place: Place | null;
}

const pattern =
  /(?:file:\/\/)?(?:\/srv\/)?((?:[\w.-]+\/)*[\w.-]+\.(?:ts|mts|js|mjs|cjs)):(\d{1,6})(?::\d{1,6})?/g;

/** The text in parts; a part with a place can be opened. `known` says which paths the workspace has. */
export function findPlaces(
  text: string,
  sandbox: string,
  known: (path: string) => boolean,
): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, written = '', line = '1'] = match;
    const path = [written, `${sandbox}/${written}`].find(known);
    if (path === undefined) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), place: null });
    parts.push({ text: whole, place: { path, line: Number(line) } });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), place: null });
  return parts;
}
