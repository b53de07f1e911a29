// Colors program text at build time with Shiki, as spans that use the site's CSS variables (so light, dark and print
// need no second copy). Tones of ink only: color means state elsewhere. Called by mdx/Code.
import { createCssVariablesTheme, createHighlighter, type Highlighter } from 'shiki';

const theme = createCssVariablesTheme({ name: 'ink', variablePrefix: '--code-', fontStyle: false });
let highlighter: Promise<Highlighter> | undefined;

/** HTML of each line of a TypeScript or JSON text. */
export async function highlightedLines(text: string, path: string): Promise<string[]> {
  highlighter ??= createHighlighter({
    themes: [theme],
    langs: ['typescript', 'json', 'yaml', 'shellscript'],
  });
  const lang = path.endsWith('.json') ? 'json' : path.endsWith('.yml') ? 'yaml' : 'typescript';
  const { tokens } = (await highlighter).codeToTokens(text, { lang, theme: 'ink' });
  return tokens.map((line) => line.map((token) => span(token.content, token.color ?? '')).join(''));
}

/** 'var(--code-token-comment)' becomes class 'c'; plain text stays bare. */
function span(text: string, color: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const kind = /--code-token-(keyword|string|comment|function|constant|string-expression)\)/.exec(color)?.[1];
  const letter =
    kind === undefined
      ? ''
      : { keyword: 'k', string: 's', 'string-expression': 's', comment: 'c', function: 'f', constant: 'n' }[
          kind
        ];
  return letter === undefined || letter === '' ? safe : `<span class="${letter}">${safe}</span>`;
}
