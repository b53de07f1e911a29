// The lab's styles as texts of its own chunk, put into the page when a lab is mounted. Imported the usual way, the
// build would link them in every chapter's head, before any reader asked. Called by mount-lab.tsx and chart-draw.ts.
import bench from './bench.css?inline';
import cockpit from './cockpit.css?inline';
import code from './code.css?inline';
import tables from './tables.css?inline';
import narrow from './wide-and-narrow.css?inline';

const worn = new Set<string>();

/** Adds a style sheet to the page, once. */
export function wear(text: string): void {
  if (worn.has(text)) return;
  worn.add(text);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
}

/** The cockpit's own, in the order in which they build on each other. */
export function dress(): void {
  for (const text of [cockpit, bench, tables, code, narrow]) wear(text);
}
