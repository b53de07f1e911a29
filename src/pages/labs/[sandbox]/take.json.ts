// /labs/<sandbox>/take.json: the sandbox's folder as it is taken away, as texts by path, with the original programs.
// Fetched by the Share tool when the reader takes the folder; what nothing imports is left out there, not here.
import type { APIRoute, GetStaticPaths } from 'astro';
import { sandboxNames } from '../../../build/sandbox-files.ts';
import { takeawayOf } from '../../../build/sandbox-texts.ts';

export const getStaticPaths: GetStaticPaths = () =>
  sandboxNames().map((sandbox) => ({ params: { sandbox } }));

export const GET: APIRoute = async ({ params }) =>
  new Response(JSON.stringify(await takeawayOf(params['sandbox'] ?? '')));
