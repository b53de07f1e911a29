// Bundles the supervisor of real processes and the probe that it loads into programs: one file of plain JavaScript for
// Node 18 and newer, readable, without packages. Called by engine.ts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from './engine-script.ts';

function bundle(file: string, format: 'cjs' | 'esm', define: Record<string, string>): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(ROOT, 'src/runtime/supervisor', file)],
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node18',
    format,
    define,
    logLevel: 'warning',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

export function makeSupervisor(): void {
  const probe = bundle('probe.ts', 'cjs', {});
  const text = bundle('main.ts', 'esm', { PROBE: JSON.stringify(probe) });
  writeFileSync(join(ROOT, '.generated/supervisor.mjs'), text);
}
