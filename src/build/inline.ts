// Inline markdown of YAML files as HTML: `code`, *em*, **strong**, [text](url), and {run:value:digits} for measured
// values, which the caller looks up. All else is escaped. Pure. Used by the readers of quiz.yml and lab.yml.

export type Lookup = (run: string, value: string, digits: number | undefined) => string;

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const measured = /\{([a-z0-9-]+):([\w.-]+)(?::(\d))?\}/g;

/** Every `{run:value}` in a text. */
export function measuredIn(text: string): { run: string; value: string }[] {
  return [...text.matchAll(measured)].map((match) => ({ run: match[1] ?? '', value: match[2] ?? '' }));
}

export function inlineHtml(text: string, lookup: Lookup): string {
  const parts = text.trim().split(/(`[^`]+`)/);
  return parts
    .map((part) =>
      part.startsWith('`') && part.length > 2
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : phrase(part, lookup),
    )
    .join('');
}

function phrase(text: string, lookup: Lookup): string {
  return escapeHtml(text)
    .replace(measured, (_, run: string, value: string, digits?: string) =>
      escapeHtml(lookup(run, value, digits === undefined ? undefined : Number(digits))),
    )
    .replace(/\[([^\]]+)\]\(((?:https?:\/\/|\/|#)[^)\s]*)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*]+)\*/g, '<em>$1</em>')
    .replace(/(\w)'(\w)/g, '$1’$2');
}

/** A value as JSON that may stand inside <script>. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
