// Serves what build/engine.ts made for the page's data center: the worker's script, Node's library and its terms; and
// the supervisor of real processes. Fetched by src/runtime when a reader presses Run, and not before.
import { readFileSync } from 'node:fs';
import type { APIRoute, GetStaticPaths } from 'astro';
import { inRepository } from '../../build/root.ts';

/** Names of what is served; the library is the one that was parted for pages. */
const TYPES: Readonly<Record<string, string>> = {
  'compiler.js': 'text/javascript; charset=utf-8',
  'guest.js': 'text/javascript; charset=utf-8',
  'node-library.json': 'application/json; charset=utf-8',
  'node-library-licence.txt': 'text/plain; charset=utf-8',
  'node-library-more.json': 'application/json; charset=utf-8',
  'supervisor.mjs': 'text/javascript; charset=utf-8',
};

export const getStaticPaths: GetStaticPaths = () => Object.keys(TYPES).map((file) => ({ params: { file } }));

export const GET: APIRoute = ({ params }) => {
  const file = params['file'] ?? '';
  return new Response(
    readFileSync(inRepository('.generated', file.replace('node-library', 'page-library'))),
    {
      headers: { 'content-type': TYPES[file] ?? 'text/plain' },
    },
  );
};
