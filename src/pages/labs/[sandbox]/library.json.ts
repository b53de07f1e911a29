// /labs/<sandbox>/library.json: modules of Node's library that the sandbox's programs use and most others do not, by id.
// Fetched with the rest of the library when the reader presses Run; build/page-library.ts parts it.
import { readFileSync } from 'node:fs';
import type { APIRoute, GetStaticPaths } from 'astro';
import { inRepository } from '../../../build/root.ts';
import { sandboxNames } from '../../../build/sandbox-files.ts';

export const getStaticPaths: GetStaticPaths = () =>
  sandboxNames().map((sandbox) => ({ params: { sandbox } }));

export const GET: APIRoute = ({ params }) => {
  const own = JSON.parse(readFileSync(inRepository('.generated', 'page-library-own.json'), 'utf8')) as Record<
    string,
    object
  >;
  return new Response(JSON.stringify(own[params['sandbox'] ?? ''] ?? {}));
};
