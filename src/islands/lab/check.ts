// Checks a reader's version: fetches the exercise's check and loads it as a module of its own, apart from the code that it judges
// (which runs in the runtime's worker). Its own chunk, loaded at the first check.
// Refuses a check that exports no `check`. Called by mount.tsx.
import type { Check } from '../../runtime/exercise.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import { siteRoot } from '../../runtime/site-root.ts';
import { judge } from './check-run.ts';
import type { Checker, Verdict } from './checker.ts';
import type { LabData } from './data.ts';

export async function checkExercise(
  data: LabData,
  runtime: Runtime,
  request: Parameters<Checker>[0],
): Promise<Verdict> {
  const { name } = request.exercise;
  return judge(data, runtime, await loadCheck(name, await fetchCheck(data.sandbox, name)), request);
}

async function fetchCheck(sandbox: string, name: string): Promise<string> {
  const address = `${siteRoot()}/labs/${sandbox}/checks.json`;
  const answer = await fetch(address);
  const checks = answer.ok ? ((await answer.json()) as Readonly<Record<string, string>>) : {};
  const found = checks[name];
  if (found === undefined)
    throw new Error(
      `expected the check of ${name} at ${address}, found status ${answer.status}: check the connection and try again.`,
    );
  return found;
}

/** The course's own code, never a reader's: it may run in the page. */
async function loadCheck(name: string, source: string): Promise<Check> {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const module: { readonly check?: Check } = await import(/* @vite-ignore */ url);
    if (module.check === undefined) {
      throw new Error(
        `expected exercises/${name}/check.ts to export \`check\`, found no such export: add it.`,
      );
    }
    return module.check;
  } finally {
    URL.revokeObjectURL(url);
  }
}
