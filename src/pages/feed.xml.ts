// The feed of what is new, as Atom: /feed.xml, linked in every page's head.
// Its entries are content/changelog.yml; its addresses need the site's own, from astro.config.mjs.
import type { APIRoute } from 'astro';
import { atom, changes } from '../build/changelog.ts';

export const GET: APIRoute = ({ site }) =>
  new Response(atom(changes(), site?.href ?? 'http://localhost:4321/'), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8' },
  });
