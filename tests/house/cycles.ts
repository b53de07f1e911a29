// Finds circles of imports. `import type` is left out: it is gone when the program runs, and a part may well name the
// whole that it belongs to. Pure. Used by layers.test.ts.
import { importsOf, type SourceFile } from './repository.ts';

/** One sentence for each circle, begun at its first file by name. */
export function cycles(files: readonly SourceFile[]): string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const path: string[] = [];
  const found: string[] = [];
  const visit = (name: string): void => {
    const file = known.get(name);
    if (file === undefined || done.has(name)) return;
    const begun = path.indexOf(name);
    if (begun >= 0) {
      const circle = [...path.slice(begun), name].join(' → ');
      found.push(`${circle}: break the circle by moving what both need into a third file.`);
      return;
    }
    path.push(name);
    for (const { target, typeOnly } of importsOf(file)) if (target !== undefined && !typeOnly) visit(target);
    path.pop();
    done.add(name);
  };
  for (const file of files) visit(file.path);
  return found;
}
