// What curl prints at the end for `-w`: its format with the variables filled in, times in seconds. What it does not know
// stays as it is written. Pure. Used by curl.ts.

/** Times are milliseconds since the start, by the names that curl has for them. */
export function writtenOut(
  format: string,
  code: number,
  size: number,
  timesMs: Readonly<Record<string, number>>,
): string {
  const known: Record<string, string> = {
    http_code: String(code).padStart(3, '0'),
    size_download: String(size),
  };
  for (const [name, ms] of Object.entries(timesMs)) known[`time_${name}`] = (ms / 1000).toFixed(6);
  return format
    .replaceAll(/%\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
}
