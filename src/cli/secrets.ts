// What nobody but a grader may have, as far as it can be looked for: canaries, texts and formulas of graded.yml that no page shows, and
// the words of hidden checks. What public texts say too is no secret and is left out. Reads files, runs nothing.
// Called by leaks.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chapterOf, writtenChapters } from '../build/chapter.ts';
import { gradedFile } from '../build/quiz-file.ts';
import type { Entry } from '../build/quiz-schema.ts';
import { inRepository } from '../build/root.ts';

export interface Secrets {
  /** Exact strings, each with where it comes from. */
  readonly strings: ReadonlyMap<string, string>;
  /** Sequences of words, by their first three. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
  /** Texts whose order is the right one. */
  readonly orders: readonly { readonly from: string; readonly items: readonly string[] }[];
}
export interface Phrase {
  readonly words: readonly string[];
  readonly from: string;
}
interface Found {
  readonly strings: Map<string, string>;
  readonly texts: { readonly text: string; readonly from: string }[];
  readonly orders: { readonly from: string; readonly items: readonly string[] }[];
  /** Of the same files, what everybody sees. */
  readonly shown: string[];
}

/** So many words in a row are nobody's by chance. */
const WORDS = 7;
const WORDS_MIN = 4;
const FORMULA_MIN = 12;

export function secrets(): Secrets {
  const found: Found = { strings: new Map(), texts: [], orders: [], shown: [] };
  for (const slug of writtenChapters()) addGraded(found, chapterOf(slug).folder);
  const isHidden = (path: string) => /\/hidden\//.test(path);
  const sandboxes = filesIn('sandboxes');
  for (const path of sandboxes.filter(isHidden)) addHidden(found, path);
  const isOpen = (path: string) => !path.endsWith('/graded.yml');
  const open = [...filesIn('content').filter(isOpen), ...sandboxes.filter((path) => !isHidden(path))];
  const publicTexts = [...open.map((path) => readFileSync(inRepository(path), 'utf8')), ...found.shown];
  const strings = new Map(
    [...found.strings].filter(([text]) => !publicTexts.some((one) => one.includes(text))),
  );
  return { strings, phrases: phrasesOf(found.texts, publicTexts), orders: found.orders };
}

/** Words as they are in any dress: markdown, HTML, JSON, a string of a program. */
export function wordsOf(text: string): string[] {
  const bare = text
    .replaceAll(/\\u003c/gi, '<')
    .replaceAll(/<\/?[a-z][^<>]{0,300}>/gi, ' ')
    .replaceAll(/&(?:[a-z]+|#\d+);|\\(?:u[0-9a-f]{4}|[nrt"'`\\])/gi, ' ');
  return bare.match(/[\p{L}\p{N}]+/gu) ?? [];
}

function addGraded({ strings, texts, orders, shown }: Found, folder: string): void {
  const file = gradedFile(folder);
  if (file === null) return;
  strings.set(file.value.canary, `the canary of ${file.path}`);
  for (const entry of file.value.questions) {
    const from = `${file.path}: ${entry.id}`;
    shown.push(entry.id, entry.ask, ...shownOf(entry));
    const open = new Set([entry.id, entry.ask, ...shownOf(entry)]);
    for (const text of textsIn(entry)) if (!open.has(text)) texts.push({ text, from });
    if (entry.kind === 'order') orders.push({ from, items: entry.items.map(({ text }) => text) });
    if (entry.kind !== 'number') continue;
    const formulas = [entry.answer, entry.tolerance, ...Object.values(entry.formulas)];
    for (const mistake of entry.feedback.mistakes)
      formulas.push(...('is' in mistake ? [mistake.is] : [mistake.from, mistake.to]));
    for (const formula of formulas)
      if (typeof formula === 'string' && formula.length >= FORMULA_MIN) strings.set(formula, from);
  }
}

/** Besides the id and the ask. */
function shownOf(entry: Entry): string[] {
  if (entry.kind === 'one' || entry.kind === 'many') return entry.options.map(({ text }) => text);
  if (entry.kind === 'order') return entry.items.map(({ text }) => text);
  if (entry.kind === 'match')
    return [
      ...entry.pairs.flatMap(({ left, right }) => [left, right]),
      ...entry.others.map(({ text }) => text),
    ];
  // Lines of programs are public, and so is what stands in them.
  if (entry.kind === 'bug' || entry.kind === 'trace-line')
    return entry.lines.flatMap(({ at, to = '' }) => [at, to]);
  return entry.kind === 'number' ? [entry.unit] : [];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Comments and strings: names and formatting do not outlive a bundler. */
function addHidden({ texts }: Found, path: string): void {
  const source = readFileSync(inRepository(path), 'utf8');
  for (const [text] of source.matchAll(
    /\/\/.*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`/g,
  ))
    texts.push({ text, from: path });
}

/** All runs of WORDS words in the texts that no public text has. What `{…}` stands for differs from page to page. */
function phrasesOf(texts: Found['texts'], publicTexts: readonly string[]): Map<string, readonly Phrase[]> {
  const all = new Map<string, Phrase>();
  for (const { text, from } of texts)
    for (const part of text.split(/\$?\{[^}]*\}/)) {
      const words = wordsOf(part);
      if (words.length < WORDS_MIN) continue;
      for (let at = 0; at === 0 || at + WORDS <= words.length; at++) {
        const phrase = words.slice(at, at + WORDS);
        all.set(phrase.join(' '), { words: phrase, from });
      }
    }
  const open = publicTexts.map((text) => ` ${wordsOf(text).join(' ')} `).join('\n');
  for (const phrase of all.keys()) if (open.includes(` ${phrase} `)) all.delete(phrase);
  return Map.groupBy(all.values(), ({ words }) => words.slice(0, 3).join(' '));
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(inRepository(folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|mdx?|ts|m?js|json|txt|html)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(inRepository().length + 1)
        .replaceAll('\\', '/'),
    );
}
