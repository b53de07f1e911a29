// /labs/<sandbox>.json: a sandbox's files as text, fetched by a lab when its reader presses Run; and /labs/_you.json: the
// programs of the machine `you`, fetched when the Console is first opened. Built once for each; hold what
// SandboxBundle and ConsoleBundle say and nothing else.
import type { APIRoute, GetStaticPaths } from 'astro';
import { consoleBundle, sandboxBundle, sandboxNames } from '../../build/sandbox-files.ts';

const consoleName = '_you';

export const getStaticPaths: GetStaticPaths = () =>
  [...sandboxNames(), consoleName].map((sandbox) => ({ params: { sandbox } }));

export const GET: APIRoute = ({ params }) => {
  const { sandbox = '' } = params;
  return new Response(JSON.stringify(sandbox === consoleName ? consoleBundle() : sandboxBundle(sandbox)));
};
