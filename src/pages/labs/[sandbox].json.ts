// /labs/<sandbox>.json: a sandbox's files as text and what each deed is in the real world, fetched by a lab when its
// reader presses Run; and /labs/_you.json: the programs of the machine `you`, fetched when the Console is first opened.
// Built once for each; hold what SandboxBundle, deedSentences and ConsoleBundle say and nothing else.
import type { APIRoute, GetStaticPaths } from 'astro';
import { deedSentences } from '../../build/engine-deeds.ts';
import { consoleBundle, sandboxBundle, sandboxNames } from '../../build/sandbox-files.ts';

const consoleName = '_you';

export const getStaticPaths: GetStaticPaths = () =>
  [...sandboxNames(), consoleName].map((sandbox) => ({ params: { sandbox } }));

export const GET: APIRoute = ({ params }) => {
  const { sandbox = '' } = params;
  const bundle =
    sandbox === consoleName ? consoleBundle() : { ...sandboxBundle(sandbox), deeds: deedSentences() };
  return new Response(JSON.stringify(bundle));
};
