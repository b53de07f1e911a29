// Text as HTML: for what students and guests wrote, so that none of it is a tag or leaves an attribute in double quotes,
// as all of ours are. Pure; refuses nothing. Used by report.ts, plots.ts and gift.ts.

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
