// Links within the built site: every `href` and `src` of a page must lead to a file of dist, every anchor to an id.
// Pure over a map of files. Used by links.test.ts. Links to other sites are not followed.

/** Text of HTML pages by path below dist; other files as ''. */
export type Site = ReadonlyMap<string, string>;

export function linkComplaints(site: Site): string[] {
  return [...site]
    .filter(([path]) => path.endsWith('.html'))
    .flatMap(([path, html]) => pageComplaints(site, path, html));
}

function pageComplaints(site: Site, page: string, html: string): string[] {
  const links = [...html.matchAll(/<(?:a|link|script|img|source|use)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(
    (match) => match[1] ?? '',
  );
  return [...new Set(links)].flatMap((link) => {
    if (/^(?:[a-z]+:|\/\/)/i.test(link)) return [];
    const { pathname, hash } = new URL(
      link.replaceAll('&amp;', '&'),
      `http://site/${page.replace(/index\.html$/, '')}`,
    );
    const target = fileOf(site, decodeURIComponent(pathname));
    if (target === undefined) return [`dist/${page} links to ${link}, which is not in the site.`];
    const id = decodeURIComponent(hash.slice(1));
    const there = id === '' || !target.endsWith('.html') || idsOf(site.get(target) ?? '').has(id);
    return there ? [] : [`dist/${page} links to ${link}, but ${target} has no id="${id}".`];
  });
}

function fileOf(site: Site, pathname: string): string | undefined {
  const path = pathname.slice(1);
  const candidates = pathname.endsWith('/') ? [`${path}index.html`] : [path];
  return candidates.find((candidate) => site.has(candidate));
}

function idsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1] ?? ''));
}

/** Ids that stand twice in one page. */
export function repeatedIds(html: string): string[] {
  const ids = [...html.matchAll(/<[^>]+?\sid="([^"]+)"/g)].map((match) => match[1] ?? '');
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}
