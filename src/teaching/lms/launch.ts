// The page by which a platform opens a chapter: one line that says how things stand, and the chapter in a frame below it.
// Its script is islands/lms/player.ts. Without scripts it leads to the chapter. Called by package.ts.
import type { Launch } from './launch-data.ts';

const STYLE = `
:root { color-scheme: light dark; --paper: light-dark(#fbf8f1, #191714); --ink: light-dark(#211e1a, #ece5d8); --soft: light-dark(#635c52, #ada496); --line: light-dark(#d9d1c2, #3b362f); --ok: light-dark(#2c6e49, #7cc49a); --down: light-dark(#b3261e, #f28b82); --accent: light-dark(#a8381b, #f08a63); }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
:root[data-theme="contrast"] { --paper: light-dark(#fff, #000); --ink: light-dark(#000, #fff); --soft: light-dark(#2b2721, #e6e0d4); --line: light-dark(#4a443b, #b8ae9e); --ok: light-dark(#0b4a26, #8fe0b0); --down: light-dark(#8c0f0a, #ffb0a8); --accent: light-dark(#8a1f06, #ffb08f); }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--paper); color: var(--ink); font: 0.875rem/1.4 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.1rem 1.25rem; padding: 0.45rem 1rem; border-bottom: 1px solid var(--line); }
p { margin: 0; }
#counts { font-variant-numeric: tabular-nums; }
#said { flex: 1 1 16rem; color: var(--soft); }
p:empty { display: none; }
#aside { flex: 1 0 100%; }
#aside::before { content: "→ "; color: var(--accent); }
@media (max-width: 40rem) { header { gap: 0 0.8rem; padding: 0.4rem 0.9rem; font-size: 0.8125rem; } #counts { flex: 1 0 100%; } #said { flex-basis: 12rem; } }
#said::before { content: "○ "; }
#said[data-how="well"]::before { content: "● "; color: var(--ok); }
#said[data-how="wrong"]::before { content: "▲ "; color: var(--down); }
a { color: var(--accent); }
details { flex: none; }
details[open] { flex: 1 0 100%; }
summary { cursor: pointer; color: var(--soft); min-height: 24px; }
details p { max-width: 44rem; padding: 0.2rem 0 0.3rem; }
iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: var(--paper); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

const THEME = `try { const theme = localStorage.getItem('brownout:theme'); if (theme) document.documentElement.dataset.theme = theme; } catch {}`;

export function launchPage(launch: Launch, script: string): string {
  const { title, page, questions } = launch;
  const name = escaped(title);
  const score =
    launch.standard === 'cmi5' ? ' The score told is the one when the chapter was completed.' : '';
  const quiz =
    questions.length === 0
      ? 'It has no quiz.'
      : `The score is how many of its ${questions.length} questions were answered right last; it is for practice, and counted in this browser.${score}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<script>${THEME}</script>
<style>${STYLE}</style>
</head>
<body>
<header>
<p id="counts"></p>
<p id="said" role="status">Connecting with the learning platform…</p>
<p id="exit"></p>
<details>
<summary>What counts</summary>
<p>The chapter is complete when every section was read and every question of its quiz was answered once, right or wrong. A section counts when it was in view from its heading to its end, for some seconds. ${quiz} Code that you change in a lab stays in this browser.</p>
</details>
<p id="aside" role="status"></p>
</header>
<iframe title="${name}" allow="clipboard-write; fullscreen"></iframe>
<noscript><p>Without scripts nothing is told to the learning platform. <a href="${escaped(page)}">The chapter can be read all the same.</a></p></noscript>
<script type="application/json" id="launch">${JSON.stringify(launch).replaceAll('<', '\\u003c')}</script>
<script src="${escaped(script)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
