// Draws the preview card of a page, 1200 x 630: its title and description on the house's paper, above a small bench.
// The same words give the same PNG everywhere: resvg draws with our own faces and nothing of the system.
// Called by after-build.ts.
import { readFileSync } from 'node:fs';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { escapeHtml } from './inline.ts';
import { inRepository } from './root.ts';
import { fontInWoff } from './woff.ts';

export interface CardWords {
  readonly title: string;
  readonly description: string;
}

const SERIF = '@fontsource/source-serif-4/files/source-serif-4-latin';
const FACES = [
  `${SERIF}-400-normal.woff`,
  `${SERIF}-600-normal.woff`,
  '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff',
];
const INK = '#211e1a';
const BOLD = 'font-family="Source Serif 4 SemiBold, Source Serif 4" font-weight="600"';

let ready: Promise<readonly Uint8Array[]> | null = null;

function prepared(): Promise<readonly Uint8Array[]> {
  ready ??= initWasm(readFileSync(inRepository('node_modules/@resvg/resvg-wasm/index_bg.wasm'))).then(() =>
    FACES.map((face) => fontInWoff(readFileSync(inRepository('node_modules', face)))),
  );
  return ready;
}

export async function drawCard(words: CardWords): Promise<Uint8Array> {
  const fontBuffers = [...(await prepared())];
  const resvg = new Resvg(cardSvg(words), {
    font: { fontBuffers, loadSystemFonts: false, defaultFontFamily: 'Source Serif 4' },
  });
  const image = resvg.render();
  const png = image.asPng();
  image.free();
  resvg.free();
  return png;
}

/** Words of a text in lines of at most so many characters; the last ends in an ellipsis if there were more. */
export function wrapped(text: string, charactersMax: number, linesMax: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= charactersMax)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= linesMax) return lines;
  const kept = lines.slice(0, linesMax);
  kept[linesMax - 1] = `${(kept[linesMax - 1] ?? '').replace(/[\s.,:;]+$/, '')} …`;
  return kept;
}

export function cardSvg({ title, description }: CardWords): string {
  const large = wrapped(title, 26, 2);
  const below = 190 + large.length * 84;
  const text = (line: string, y: number, style: string): string =>
    `<text x="80" y="${y}" ${style}>${escapeHtml(line)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">
<rect width="1200" height="630" fill="#fbf8f1"/>
<path d="${grid()}" stroke="#f0e9da" stroke-width="1"/>
<rect width="1200" height="10" fill="#a8381b"/>
${text('Brownout', 110, `${BOLD} font-size="34" fill="${INK}"`)}
${large.map((line, index) => text(line, 210 + index * 84, `${BOLD} font-size="76" letter-spacing="-1.5" fill="${INK}"`)).join('\n')}
${wrapped(description, 68, 2)
  .map((line, index) =>
    text(line, below + index * 44, 'font-family="Source Serif 4" font-size="31" fill="#635c52"'),
  )
  .join('\n')}
${BENCH}
</svg>`;
}

function grid(): string {
  const across = Array.from({ length: 13 }, (_, index) => `M0 ${472 + index * 22}H1200`);
  const down = Array.from({ length: 54 }, (_, index) => `M${index * 22 + 14} 450V630`);
  return [...across, ...down].join('');
}

const box = (x: number, y: number, name: string, state: string, color: string): string =>
  `<rect x="${x}" y="${y}" width="170" height="48" rx="4" fill="#fffdf8" stroke="${color}" stroke-width="2"${color === INK ? '' : ' stroke-dasharray="6 4"'}/>` +
  `<text x="${x + 14}" y="${y + 31}" font-family="IBM Plex Mono" font-size="20" fill="${INK}">${name}</text>` +
  `<text x="${x + 156}" y="${y + 31}" font-family="IBM Plex Mono" font-size="18" text-anchor="end" fill="${color === INK ? '#2c6e49' : color}">${state}</text>`;

const BENCH = [
  '<path d="M250 540H420M590 540 900 480M590 540 900 600" stroke="#8d8475" stroke-width="2"/>',
  '<path d="M590 540H900" stroke="#b3261e" stroke-width="2" stroke-dasharray="4 7"/>',
  '<path d="m732 530 20 20m0-20-20 20" stroke="#b3261e" stroke-width="4"/>',
  '<g fill="#a8381b"><circle cx="290" cy="540" r="7"/><circle cx="345" cy="540" r="7"/><circle cx="700" cy="518.7" r="7"/><circle cx="810" cy="582.6" r="7"/></g>',
  box(80, 516, 'clients', '', INK),
  box(420, 516, 'balancer', 'up', INK),
  box(900, 456, 'app1', 'up', INK),
  box(900, 516, 'app2', 'no power', '#b3261e'),
  box(900, 576, 'app3', 'up', INK),
].join('\n');
