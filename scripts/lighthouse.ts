// `npm run lighthouse`: what Lighthouse says of the built first page and a chapter, on its mobile phone, and why each mark
// is below 100. Judges nothing itself; exit code 1 only where there is nothing built or Lighthouse cannot run.
// Lighthouse is no dependency (114 packages, 176 MB): npx fetches it, or BROWNOUT_LIGHTHOUSE names an installed one.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { findBrowser } from './browser.ts';

const PACKAGE = 'lighthouse@13.5.0';
const PAGES = ['/', '/chapters/load-balancing/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const REPORT_BYTES_MAX = 1 << 28;

const report = z.object({
  categories: z.record(
    z.string(),
    z.object({
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
  audits: z.record(
    z.string(),
    z.object({ title: z.string(), score: z.number().nullable(), displayValue: z.string().optional() }),
  ),
});
type Report = z.output<typeof report>;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

function reportOf(address: string): Report {
  const installed = process.env['BROWNOUT_LIGHTHOUSE'];
  const [command, ...words] = installed === undefined ? ['npx', '--yes', PACKAGE] : [installed];
  const flags = ['--quiet', '--output=json', '--chrome-flags=--headless=new --no-sandbox'];
  const ran = spawnSync(command ?? '', [...words, address, ...flags], {
    env: { ...process.env, CHROME_PATH: findBrowser() },
    encoding: 'utf8',
    maxBuffer: REPORT_BYTES_MAX,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (ran.status !== 0)
    throw new Error(
      `expected ${command} to print a report, found exit code ${ran.status}: check the network, or name an installed Lighthouse in BROWNOUT_LIGHTHOUSE`,
    );
  return report.parse(JSON.parse(ran.stdout));
}

/** The audits that cost points, the heaviest first. */
function losses({ categories, audits }: Report): string[] {
  return CATEGORIES.flatMap((name) => {
    const refs = (categories[name]?.auditRefs ?? []).toSorted((a, b) => b.weight - a.weight);
    return refs.flatMap(({ id, weight }) => {
      const audit = audits[id];
      if (weight === 0 || audit === undefined || audit.score === null || audit.score >= 1) return [];
      const value = audit.displayValue === undefined ? '' : ` (${audit.displayValue})`;
      return [`  ${name}: ${audit.title}${value}, ${Math.round(audit.score * 100)} at weight ${weight}`];
    });
  });
}

if (!existsSync(resolve(import.meta.dirname, '../dist/index.html'))) {
  console.error('Expected a built site in dist/, found none: run `npm run build` first.');
  process.exit(1);
}
const port = await freePort();
const server = spawn(process.execPath, [resolve(import.meta.dirname, 'serve.ts'), String(port)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(server.stdout, 'data');
try {
  console.log(`${'page'.padEnd(28)}${CATEGORIES.map((name) => name.padStart(16)).join('')}`);
  const lost: string[] = [];
  for (const page of PAGES) {
    const found = reportOf(`http://localhost:${port}${page}`);
    const marks = CATEGORIES.map((name) => Math.round((found.categories[name]?.score ?? 0) * 100));
    console.log(`${page.padEnd(28)}${marks.map((mark) => String(mark).padStart(16)).join('')}`);
    const why = losses(found);
    if (why.length > 0) lost.push(`${page}`, ...why);
  }
  if (lost.length > 0) console.log(`\nWhat costs points:\n${lost.join('\n')}`);
} catch (error) {
  console.error(`lighthouse: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  server.kill();
}
