// /labs/<sandbox>/checks.json: what judges a reader's version, one module's text by each exercise's name. Fetched when the
// reader first checks a version: few do, and Run should not wait for it.
import type { APIRoute, GetStaticPaths } from 'astro';
import { checksOf, sandboxNames } from '../../../build/sandbox-files.ts';

export const getStaticPaths: GetStaticPaths = () =>
  sandboxNames().map((sandbox) => ({ params: { sandbox } }));

export const GET: APIRoute = ({ params }) => new Response(JSON.stringify(checksOf(params['sandbox'] ?? '')));
