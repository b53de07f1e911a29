// How often something was put on the page that is being built: two uses of a word must not share an id.
// Forgets a page when it is done. Called by MDX components.

const pages = new WeakMap<Request, Map<string, number>>();

/** 1 for the first use on the page of this request, 2 for the second. */
export function timesOn(page: Request, what: string): number {
  const counts = pages.get(page) ?? new Map<string, number>();
  pages.set(page, counts);
  const times = (counts.get(what) ?? 0) + 1;
  counts.set(what, times);
  return times;
}
