// `npm run diagrams`: draws every content/chapters/*/figures/*.mmd as an SVG beside it, in the house style, with the
// installed Chromium. Skips those that are current (`--all` draws all). Refuses a source without accTitle and accDescr.
// The SVGs are committed: a build needs no browser. src/build/diagrams.ts tells whether they are current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { complain } from '../src/build/complain.ts';
import { diagramComplaint, diagramHash, diagramSources } from '../src/build/diagrams.ts';
import { inRepository } from '../src/build/root.ts';
import { browserArguments, findBrowser } from './browser.ts';

/** Everything a diagram may look like. Colors are the page's variables, with light ones for the file on its own. */
const style = `
ID { font: 14px var(--mono, "IBM Plex Mono", monospace); }
ID text { fill: var(--ink, #211e1a); stroke: none; }
ID .node rect, ID .node polygon, ID .node circle, ID .node path, ID .actor, ID .note { fill: var(--card, #fffdf8); stroke: var(--ink, #211e1a); stroke-width: 1.4px; }
ID .cluster rect { fill: none; stroke: var(--edge, #8d8475); stroke-dasharray: 2 4; }
ID .node .label rect, ID .labelBkg, ID .edgeLabel rect { fill: var(--paper, #fbf8f1); stroke: none; }
ID .edgeLabel text { font-size: 13px; }
ID .label text, ID .edgeLabel text, ID .actor text, ID .messageText { text-anchor: middle; }
ID .flowchart-link, ID .messageLine0, ID .messageLine1, ID .actor-line { fill: none; stroke: var(--soft, #635c52); stroke-width: 1.4px; }
ID .messageLine1, ID .edge-pattern-dotted { stroke-dasharray: 3 5; }
ID .edge-thickness-invisible { stroke: none; }
ID .marker path, ID .marker, ID marker path { fill: var(--soft, #635c52); stroke: none; }
ID .node.down rect, ID .node.down path, ID .node.down polygon { stroke: var(--down, #b3261e); stroke-dasharray: 5 4; fill: var(--shade, #f3edde); }
ID .node.ok rect, ID .node.ok path { stroke: var(--ok, #2c6e49); }
ID .node.slow rect, ID .node.slow path { stroke: var(--slow, #855900); }
ID .node.accent rect, ID .node.accent path, ID .node.accent polygon { stroke: var(--accent, #a8381b); stroke-width: 2px; }
`;

async function prepare(page: Page): Promise<void> {
  const font = readFileSync(
    inRepository('node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2'),
  );
  const face = `@font-face{font-family:"IBM Plex Mono";src:url(data:font/woff2;base64,${font.toString('base64')})}`;
  await page.setContent(`<!doctype html><style>${face} body{font:14px "IBM Plex Mono"}</style><p>Aa</p>`);
  await page.evaluate(() => document.fonts.load('14px "IBM Plex Mono"'));
  await page.addScriptTag({ path: inRepository('node_modules/mermaid/dist/mermaid.min.js') });
}

/** Mermaid's drawing of a source, its own style taken out. */
function draw(page: Page, id: string, source: string): Promise<string> {
  return page.evaluate(
    async ([name, text]) => {
      const { mermaid } = window as unknown as { mermaid: typeof import('mermaid').default };
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: 'loose',
        deterministicIds: true,
        deterministicIDSeed: name,
        htmlLabels: false,
        theme: 'base',
        fontFamily: '"IBM Plex Mono"',
        fontSize: 14,
        themeVariables: { fontFamily: '"IBM Plex Mono"', fontSize: '14px' },
        flowchart: {
          htmlLabels: false,
          curve: 'linear',
          nodeSpacing: 30,
          rankSpacing: 44,
          padding: 14,
          useMaxWidth: false,
        },
        sequence: { useMaxWidth: false, mirrorActors: false },
      });
      const { svg } = await mermaid.render(name, text);
      const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
      for (const own of root.querySelectorAll('style')) own.remove();
      for (const marked of root.querySelectorAll('[style]')) marked.removeAttribute('style');
      const [, , width = '0', height = '0'] = (root.getAttribute('viewBox') ?? '').split(' ');
      root.setAttribute('width', String(Math.ceil(Number(width))));
      root.setAttribute('height', String(Math.ceil(Number(height))));
      root.setAttribute('role', 'img');
      return new XMLSerializer().serializeToString(root);
    },
    [id, source] as const,
  );
}

const all = process.argv.includes('--all');
const due = diagramSources().filter((path) => {
  const drawn = inRepository(path.replace(/\.mmd$/, '.svg'));
  const svg = existsSync(drawn) ? readFileSync(drawn, 'utf8') : undefined;
  return all || diagramComplaint(path, readFileSync(inRepository(path), 'utf8'), svg) !== null;
});
for (const path of due) {
  const text = readFileSync(inRepository(path), 'utf8');
  for (const line of ['accTitle:', 'accDescr:']) {
    if (!text.includes(line))
      complain({
        file: path,
        expected: `a line \`${line} …\``,
        found: 'none',
        fix: 'say there what the drawing shows.',
      });
  }
}
if (due.length > 0) {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...browserArguments] });
  const page = await browser.newPage();
  await prepare(page);
  for (const path of due) {
    const source = readFileSync(inRepository(path), 'utf8');
    const id = `drawing-${/([^/]+)\.mmd$/.exec(path)?.[1] ?? 'figure'}`;
    const svg = await draw(page, id, source);
    const styled = svg.replace(
      '>',
      ` data-source="${diagramHash(source)}"><style>${style.replaceAll('ID', `#${id}`).trim()}</style>`,
    );
    writeFileSync(inRepository(path.replace(/\.mmd$/, '.svg')), `${styled}\n`);
    process.stdout.write(`drew ${path.replace(/\.mmd$/, '.svg')}\n`);
  }
  await browser.close();
}
process.stdout.write(`${diagramSources().length} diagrams, ${due.length} drawn\n`);
