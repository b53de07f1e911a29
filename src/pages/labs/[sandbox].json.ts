// /labs/<sandbox>.json: a sandbox's files as text, fetched by a lab when its reader presses Run.
// Built once for each sandbox; holds what SandboxBundle says and nothing else.
import type { APIRoute, GetStaticPaths } from 'astro';
import { sandboxBundle, sandboxNames } from '../../build/sandbox-files.ts';

export const getStaticPaths: GetStaticPaths = () =>
  sandboxNames().map((sandbox) => ({ params: { sandbox } }));

export const GET: APIRoute = ({ params }) =>
  new Response(JSON.stringify(sandboxBundle(params['sandbox'] ?? '')));
