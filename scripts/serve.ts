// Serves the built site from dist/ on localhost: `node scripts/serve.ts [PORT]`, with the headers of dist/_headers, as a
// static host would. Refuses to start without a built site, or where the port is taken. Used by `npm start` and by the
// browser tests.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { siteAnswers } from '../src/build/site-answers.ts';

const ROOT = resolve(import.meta.dirname, '../dist');
const PORT_DEFAULT = 4321;

const port = Number(process.argv[2] ?? PORT_DEFAULT);
if (!existsSync(join(ROOT, 'index.html'))) {
  console.error('Expected a built site in dist/, found none: run `npm run build` first.');
  process.exit(1);
}
const server = createServer(siteAnswers(ROOT));
server.on('error', (error: NodeJS.ErrnoException) => {
  const why =
    error.code === 'EADDRINUSE'
      ? `port ${port} is taken: stop what uses it, or pass another port`
      : error.message;
  console.error(`Expected to serve on port ${port}, found: ${why}.`);
  process.exit(1);
});
server.listen(port, 'localhost', () =>
  console.log(`Brownout is on http://localhost:${port}/ (Ctrl-C stops it)`),
);
