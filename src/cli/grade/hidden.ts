// Hidden checks of exercises, as texts: sandboxes/*/exercises/*/hidden/check.ts, each bundled into a module that imports nothing, so
// that the process which runs it needs no folder of the course. Their seeds count on from the page's. Imports none of them
// itself. Called by content.ts and key.ts.
import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { inRepository } from '../../build/root.ts';
import type { HiddenCheck } from '../../teaching/key.ts';

/** `pageSeeds` as exercise.yml has them. */
export async function hiddenCheckOf(name: string, pageSeeds: number): Promise<HiddenCheck> {
  const [sandbox = '', exercise = ''] = name.split('/');
  const file = inRepository('sandboxes', sandbox, 'exercises', exercise, 'hidden/check.ts');
  if (!existsSync(file)) return { seeds: [], check: '' };
  const check = await moduleText(file);
  const seeds = await seedsOf(check);
  return { seeds: Array.from({ length: seeds }, (_, index) => pageSeeds + index + 1), check };
}

/** A check as one module. The course's own code: students' is never bundled. */
export async function moduleText(file: string): Promise<string> {
  const options = { bundle: true, format: 'esm', platform: 'neutral', target: 'node24' } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [file], write: false, logLevel: 'silent' });
  return outputFiles[0]?.text ?? '';
}

export function asAddress(module: string): string {
  return `data:text/javascript;base64,${Buffer.from(module).toString('base64')}`;
}

async function seedsOf(check: string): Promise<number> {
  const module = (await import(asAddress(check))) as { readonly check: { readonly seeds: number } };
  return module.check.seeds;
}
