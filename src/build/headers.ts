// The headers that every answer of the site carries, as rules by path: written as dist/_headers, which static hosts read
// (Netlify, Cloudflare Pages) and scripts/serve.ts too. What a rule sets is added to what earlier ones set, so the
// policy for all is the least, and each part of the site narrows it. Scripts in a page are named by their hash. Pure.
import { createHash } from 'node:crypto';

export interface HeaderRule {
  /** '/', '/chapters/*': a star at the end stands for whatever follows. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A built page, by its address. */
export interface HtmlPage {
  readonly address: string;
  readonly html: string;
}

/** For every answer. Isolation gives labs exact clocks and shared memory, and keeps other sites' windows away. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  'content-security-policy': "base-uri 'none'; object-src 'none'; form-action 'self'",
  // With require-corp, WebKit starts no worker in a lab's frame (tried: WebKitGTK 2.50), and no lab would run.
  'cross-origin-embedder-policy': 'credentialless',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
/** Frames of WebContainer, which comes only where a reader chooses it: the service, and what machines there answer. */
const WEBCONTAINER = 'https://stackblitz.com https://*.webcontainer.io https://*.webcontainer-api.io';
/** Labs for other sites' pages: the only part that may be framed elsewhere. */
const EMBEDDED = '/embed/*';
const REVALIDATED = 'no-cache';
const FOREVER = 'public, max-age=31536000, immutable';

/** Scripts that run in the page itself: not JSON, not those with a source. */
export function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\s(?:src=|type="application))[^>]*>([\s\S]*?)<\/script>/g)].map(
    (match) => match[1] ?? '',
  );
}

export function scriptHash(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/**
 * `files` are the addresses of all that is served. `guestScript` runs in the frame of a lab, which is made of a text
 * and so is under its page's policy too.
 */
export function headerRules(
  files: readonly string[],
  pages: readonly HtmlPage[],
  guestScript: string,
): HeaderRule[] {
  const pagesOf = Map.groupBy(pages, ({ address }) => partOf(address));
  const parts = [...new Set([...files, ...pages.map(({ address }) => address)].map(partOf))].sort();
  const rules = parts.map((path) => {
    const own = pagesOf.get(path);
    const policy = own === undefined ? {} : { 'content-security-policy': policyOf(own, guestScript) };
    const headers = {
      'cache-control': path === '/_astro/*' ? FOREVER : REVALIDATED,
      // What may stand in anyone's page must say so even to pages that are isolated themselves.
      'cross-origin-resource-policy': path === EMBEDDED ? 'cross-origin' : 'same-origin',
    };
    return { path, headers: { ...headers, ...policy } };
  });
  return [{ path: '/*', headers: EVERYWHERE }, ...rules];
}

/** '/', '/404.html', or the first folder of an address with all below it. */
function partOf(address: string): string {
  const folder = /^\/[^/]+\//.exec(address)?.[0];
  return folder === undefined ? address : `${folder}*`;
}

function policyOf(pages: readonly HtmlPage[], guestScript: string): string {
  const hasLab = pages.some(({ html }) => html.includes('data-island="lab"'));
  const searches = pages.some(({ html }) => html.includes('data-search'));
  const isEmbedded = pages.some(({ address }) => partOf(address) === EMBEDDED);
  const scripts = new Set(pages.flatMap(({ html }) => inlineScripts(html)).map(scriptHash));
  // A lab's guests are compiled in a worker of the frame, which has the page's policy and a narrower one of its own.
  if (hasLab || isEmbedded)
    for (const word of [scriptHash(guestScript), "'unsafe-eval'", 'blob:']) scripts.add(word);
  if (searches) scripts.add("'wasm-unsafe-eval'");
  return [
    "default-src 'self'",
    `script-src 'self' ${[...scripts].sort().join(' ')}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `worker-src 'self'${hasLab || isEmbedded ? ' blob:' : ''}`,
    `frame-src 'self'${hasLab ? ` ${WEBCONTAINER}` : ''}`,
    `frame-ancestors ${isEmbedded ? '*' : "'self'"}`,
  ].join('; ');
}

/** What an address is answered with: every rule that fits, and where two set the same header, both. */
export function headersFor(rules: readonly HeaderRule[], address: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { path, headers } of rules) {
    if (path.endsWith('*') ? !address.startsWith(path.slice(0, -1)) : address !== path) continue;
    for (const [name, value] of Object.entries(headers)) {
      found[name] = found[name] === undefined ? value : `${found[name]}, ${value}`;
    }
  }
  return found;
}

/** The rules as the text of a `_headers` file, and back. */
export function headersFile(rules: readonly HeaderRule[]): string {
  const texts = rules.map(({ path, headers }) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
  );
  return `${texts.join('\n')}\n`;
}

export function readHeadersFile(text: string): HeaderRule[] {
  const rules: { path: string; headers: Record<string, string> }[] = [];
  for (const line of text.split('\n')) {
    const at = line.indexOf(':');
    if (line.startsWith('/')) rules.push({ path: line.trim(), headers: {} });
    else if (at > 0) {
      const last = rules.at(-1);
      if (last !== undefined) last.headers[line.slice(0, at).trim()] = line.slice(at + 1).trim();
    }
  }
  return rules;
}
