// Where a page's preview card is: one PNG a page below /cards/, named by the page's address. Pure.
// Called by layouts/Page.astro, which names it, and by cards.ts, which draws it.

/** '/chapters/load-balancing/' → '/cards/chapters-load-balancing.png' */
export function cardOf(address: string): string {
  const name = address
    .replace(/(?:index)?\.html$/, '')
    .replaceAll(/^\/|\/$/g, '')
    .replaceAll('/', '-');
  return `/cards/${name === '' ? 'home' : name}.png`;
}
