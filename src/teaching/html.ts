// Text as HTML: for what students and guests wrote, so that none of it is a tag or leaves an attribute. Pure; refuses
// nothing. Used by report.ts and plots.ts.

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
