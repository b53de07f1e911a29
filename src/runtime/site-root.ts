// Where the site's files are, from the page that runs: '' on the site itself, whose addresses begin at the host;
// '../..' in a page of an LMS package, which lies wherever the platform puts it (build/lms-pages.ts writes it there).
// Put before an address that begins with '/'. Called by whatever fetches while it runs.

export function siteRoot(): string {
  return document.documentElement.dataset['root'] ?? '';
}
